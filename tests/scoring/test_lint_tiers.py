"""Any sound table of tiers is left alone; one end moved is exactly one finding."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.lint.linting import lint_pack

PACK = """\
id: bac
version: 1.0.0
title: Một bảng bậc
basis: [{{document: Văn bản}}]
effective: {{from: 2018-01-01}}
facts:
  do: {{type: {kind}, label: Giá trị đo, min: 0{most}}}
criteria:
  - id: I
    label: Một
    max: {maximum}
    basis: Điều 1
    tiers:
      of: do
      bands:
{bands}
grades: [{{id: dat, label: Đạt, basis: Điều 2}}]
ranking: {{among: [dat], order: [total], then: vote, basis: Điều 3}}
"""
FIRST_BAND = 16


def findings(bands, *, kind, top):
    """``(line of the band from 0, code)`` of what is doubtful in a table of *bands*.

    Drawn ends may happen to look like a number with a footnote's digit: 102 among 6, 9 and 12.
    """
    lines = "\n".join(
        "        - {" + ", ".join(f"{key}: {end}" for key, end in band.items()) + "}"
        for band in bands
    )
    maximum = max(band["points"] for band in bands)
    most = f", max: {top}" if top else ""
    text = PACK.format(kind=kind, most=most, maximum=maximum, bands=lines)
    assert text.splitlines()[FIRST_BAND - 1] == lines.splitlines()[0]
    found = lint_pack({"pack.yaml": text}, name="bac")
    found = tuple(one for one in found if one.code != "footnote")
    return [(one.place.line - FIRST_BAND, one.code) for one in found], found


@st.composite
def tables(draw):
    """Bands from the highest down, without overlap or gap, over 0 … top or 0 … endless."""
    kind = draw(st.sampled_from(["integer", "decimal"]))
    ends = draw(st.lists(st.integers(2, 60), min_size=1, max_size=6, unique=True))
    cuts = sorted({end * 3 for end in ends}, reverse=True)
    if kind == "decimal" and draw(st.booleans()):
        cuts = [Decimal(cut) / 4 for cut in cuts]
    closed = [draw(st.booleans()) for _ in cuts]
    bands = []
    for at in range(len(cuts) + 1):
        band = {}
        if at < len(cuts):
            band["from" if closed[at] else "above"] = cuts[at]
        if at > 0:
            band["below" if closed[at - 1] else "to"] = cuts[at - 1]
        bands.append({**band, "points": len(cuts) - at})
    if kind == "integer" and draw(st.booleans()):
        bands = [as_whole(band) for band in bands]
    top = draw(st.sampled_from([None, 400]))
    if top and draw(st.booleans()):
        bands[0] = {**bands[0], "to": top}
    if draw(st.booleans()):
        bands[-1] = {"from": 0, **bands[-1]}
    return bands, kind, top


def as_whole(band):
    """``below: 9`` written ``to: 8``, as tables of whole numbers are."""
    return {
        "to" if key == "below" else key: end - 1 if key == "below" else end
        for key, end in band.items()
    }


@settings(max_examples=80, deadline=None)
@given(tables(), st.booleans())
def test_sound_table_is_left_alone(table, turned):
    bands, kind, top = table
    found, told = findings(bands[::-1] if turned else bands, kind=kind, top=top)
    assert found == [], told


@settings(max_examples=80, deadline=None)
@given(tables(), st.data())
def test_one_moved_end_is_exactly_one_finding(table, data):
    bands, kind, top = table
    at = data.draw(st.integers(1, len(bands) - 1), label="band whose upper end moves")
    by = data.draw(st.sampled_from([-2, 2]), label="how far")
    key = "below" if "below" in bands[at] else "to"
    bands[at] = {**bands[at], key: bands[at][key] + by}
    moved = findings(bands, kind=kind, top=top)
    lowest = next((bands[at][end] for end in ("from", "above") if end in bands[at]), 0)
    if bands[at][key] - lowest <= 2:
        return  # nothing is left of so narrow a band: that is another fault
    assert moved[0] == [(at, "tier-overlap" if by > 0 else "tier-gap")], moved[1]


@settings(max_examples=40, deadline=None)
@given(tables(), st.data())
def test_bands_out_of_order_are_told_and_nothing_else(table, data):
    bands, kind, top = table
    shuffled = data.draw(st.permutations(bands))
    found, told = findings(shuffled, kind=kind, top=top)
    is_sorted = shuffled in (bands, bands[::-1])
    assert [code for _, code in found] == ([] if is_sorted else ["tier-order"]), told


def test_real_table_with_overlapping_ends_waits_for_its_author():
    """“88–90 % 2 điểm; 90–95 % 3 điểm; 95 – dưới 100 % 4 điểm; 100 % 5 điểm”, as once issued."""
    bands = [
        {"below": 88, "points": 0},
        {"from": 88, "to": 90, "points": 2},
        {"from": 90, "to": 95, "points": 3},
        {"from": 95, "below": 100, "points": 4},
        {"from": 100, "points": 5},
    ]
    found, told = findings(bands, kind="decimal", top=None)
    assert found == [(2, "tier-overlap"), (3, "tier-overlap")]
    assert [one.message.partition(":")[0] for one in told] == [
        "Từ 90 đến 90 thuộc hai bậc",
        "Từ 95 đến 95 thuộc hai bậc",
    ]

    decided = [
        bands[0],
        {**bands[1], "to": 90},
        {"above": 90, "below": 95, "points": 3},
        *bands[3:],
    ]
    assert findings(decided, kind="decimal", top=None)[0] == []
