"""What is proved to change nothing, and what only looks so: each pair differs by one fact."""

from dataclasses import replace
from decimal import Decimal

import pytest
from small_pack import PACK, small_pack

from scoring.proving.equivalence import is_equivalent
from scoring.proving.ground import Ground
from scoring.proving.mutants import mutants_of


def proved(pack):
    """``owner: what`` of every mutant proved to change no result."""
    ground = Ground(pack)
    found = [one for one in mutants_of(pack) if is_equivalent(ground, one.pack, one.path)]
    return {f"{one.owner}: {one.what}" for one in found}


def small(*changes):
    text = PACK
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return small_pack(text)


# Maxima -----------------------------------------------------------------------------------------

HIGHER = ("I: điểm tối đa 20 → 21", "I.2: điểm tối đa 4 → 5", "II: điểm tối đa 10 → 11")


@pytest.mark.parametrize("what", HIGHER)
def test_maximum_nobody_reaches_may_as_well_be_higher(what):
    assert what in proved(small_pack())
    assert what.replace("→ 21", "→ 19").replace("→ 5", "→ 3").replace("→ 11", "→ 9") not in proved(
        small_pack()
    )


RULE = "        yes_no: {when: ro_viec, points: 4}\n"


def applies(how):
    return RULE, f'        applies: cap == "tinh"\n        not_applicable: {how}\n{RULE}'


def test_maximum_that_drops_out_with_its_criterion_is_seen_in_the_group():
    pack = small(applies("drop"))

    assert "I.2: điểm tối đa 4 → 5" not in proved(pack)
    assert "I: điểm tối đa 20 → 21" in proved(pack)


@pytest.mark.parametrize("how", ["full", "share"])
def test_maximum_given_in_full_or_shared_out_is_seen(how):
    pack = small(applies(how))

    assert "I.2: điểm tối đa 4 → 5" not in proved(pack)


def test_maximum_of_a_sibling_of_what_is_shared_out_is_seen():
    assert "I.3: điểm tối đa 6 → 7" in proved(small_pack())
    assert "I.3: điểm tối đa 6 → 7" not in proved(small(applies("share")))


def test_maximum_that_makes_the_scale_is_seen():
    pack = small(("bonus:\n", "rescale: {to: 100}\nbonus:\n"))

    assert "I: điểm tối đa 20 → 21" not in proved(pack)
    assert "I.2: điểm tối đa 4 → 5" in proved(pack)


def test_maximum_the_multiplied_points_reach_is_seen():
    pack = small((RULE, f'        scale: "ro_viec ? 2 : 1"\n{RULE}'))

    assert "I.2: điểm tối đa 4 → 5" not in proved(pack)


def test_maximum_points_without_a_precondition_reach_is_seen():
    needs = "        needs: {require: so_ho > 5, otherwise: 9}\n"

    assert "I.2: điểm tối đa 4 → 5" not in proved(small((RULE, needs + RULE)))


def test_minimum_of_a_part_keeps_the_group_from_being_bounded_by_its_parts():
    pack = small(applies("drop"))
    parts = pack.criteria[0].parts
    lifted = replace(parts[0], minimum=Decimal(1))
    group = replace(pack.criteria[0], parts=(lifted, *parts[1:]))
    changed_pack = replace(pack, criteria=(group, *pack.criteria[1:]))

    assert "I: điểm tối đa 20 → 21" not in proved(changed_pack)


# Vetoes and caps ----------------------------------------------------------------------------------

VETO = "when: not ro_viec, grade: khong-dat"


def test_veto_the_grades_already_ask_for_lowers_nobody():
    already = small((VETO, "when: total < 10, grade: khong-dat"))
    other = small((VETO, "when: total < 11, grade: khong-dat"))

    assert "LT.1: bỏ loại trừ" in proved(already)
    assert "LT.1: bỏ loại trừ" not in proved(other)


def test_step_of_a_veto_that_would_lower_somebody_is_seen():
    already = proved(small((VETO, "when: total < 10, grade: khong-dat")))

    assert "LT.1: điều kiện: tổng điểm < 10 → tổng điểm < 9" in already
    assert "LT.1: điều kiện: tổng điểm < 10 → tổng điểm ≤ 10" not in already


def test_cap_behind_a_gate_lowers_nobody():
    gate = "gates:\n  - {id: DK.0, label: Cấp, require: 'cap == \"tinh\"', basis: Điều 1}\n"

    assert "TR.1: bỏ trần xếp loại" in proved(small(("gates:\n", gate)))
    assert "TR.1: bỏ trần xếp loại" not in proved(small_pack())


# Orders, places, comparisons ----------------------------------------------------------------------

KEY = ("order: [total, I, tham_gia]", 'order: ["ro_viec ? 2 : (cap == \\"tinh\\" ? 1 : 0)"]')


def test_order_key_whose_values_keep_their_order_decides_alike():
    found = {one.rpartition(": ")[2] for one in proved(small(KEY)) if one.startswith("ranking")}

    assert len(found) == 2
    assert any("thì 3" in one for one in found)
    assert any("còn lại −1" in one for one in found)


def test_derived_value_read_elsewhere_is_no_mere_order():
    uses = ("derived:\n", 'derived:\n  hang: {label: Hạng, value: "ro_viec ? 1 : 0"}\n')
    order = ("order: [total, I, tham_gia]", "order: [hang]")
    read = ("require: thang >= 6", "require: thang >= 6 + hang")

    assert any(one.startswith("hang: ") for one in proved(small(uses, order)))
    assert not any(one.startswith("hang: ") for one in proved(small(uses, order, read)))


def test_no_places_and_less_than_none_are_alike():
    places = ("{most: 3, label", '{most: "ro_viec ? 3 : 0", label')
    found = [one for one in proved(small(places)) if one.startswith("khen")]

    assert [one.rpartition(" → ")[2] for one in found] == ["nếu Rõ việc thì 3, còn lại −1"]


def test_percentage_an_odd_number_rules_out_may_be_in_or_out():
    odd = "gates:\n  - {id: DK.0, label: Lẻ, require: 'so_ho - floor(so_ho / 2) * 2 == 1', basis: Điều 1}\n"
    require = (
        "    from: [tot, dat]\n    basis",
        "    from: [tot, dat]\n    require: ty_le > 50\n    basis",
    )
    what = "khen: điều kiện: Tỷ lệ > 50 → Tỷ lệ ≥ 50"

    assert what in proved(small(("gates:\n", odd), require))
    assert what not in proved(small(require))


# Points ---------------------------------------------------------------------------------------------


def test_ceiling_a_formula_cannot_pass_may_as_well_be_higher():
    tight = small((RULE, "        points: min(count_true(ro_viec, so_ho > 5) * 2, 4)\n"))
    loose = small((RULE, "        points: min(so_ho * 2, 4)\n"))
    loose = replace(
        loose, criteria=(replace_part(loose.criteria[0], maximum=None), *loose.criteria[1:])
    )

    assert any("; 5)" in one for one in proved(tight))
    assert not any("; 5)" in one for one in proved(loose))


def replace_part(group, **fields):
    parts = group.parts
    return replace(group, parts=(parts[0], replace(parts[1], **fields), *parts[2:]))


def test_nothing_added_is_nothing_taken_away():
    pack = small((RULE, "        points: floor((tham_gia - 0) / 100)\n"))
    other = small((RULE, "        points: floor((tham_gia - 1) / 100)\n"))

    assert any("− 0 → " in one or " + 0" in one for one in proved(pack))
    assert not any(" + 1" in one for one in proved(other))
