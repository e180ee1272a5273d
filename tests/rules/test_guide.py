"""The author's guide is true: every piece of YAML it shows is read by the program."""

import re

import pytest

from registry.rulebook import RULES_DIR, read_pack_files
from scoring.accepted import parse_accepted
from scoring.case_runs import run_case
from scoring.cases import parse_cases
from scoring.functions import FUNCTIONS
from scoring.pack import parse_pack
from scoring.schema import SHAPES
from tui.commands.rules import app

GUIDE = (RULES_DIR / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml (\w+)\n(.*?)```", GUIDE, flags=re.DOTALL)
PACK = read_pack_files(RULES_DIR / "dan-van-kheo-minh-hoa")


def blocks(kind):
    return [text for name, text in BLOCKS if name == kind]


def test_every_shape_has_an_example():
    shown = "".join(blocks("criterion"))

    assert [shape for shape in SHAPES if f"  {shape}:" not in shown] == []


@pytest.mark.parametrize("example", blocks("criterion"))
def test_criterion_of_the_guide_is_read(example):
    pack = parse_pack({**PACK, "criteria/99-guide.yaml": f"criteria:\n{example}"}, name="guide")

    assert pack.leaves()[-1].id.startswith("A.")


def test_facts_constants_and_derived_values_of_the_guide_are_read():
    facts = "".join(f"  {line}\n" for line in blocks("facts")[0].splitlines())
    [derived] = blocks("derived")
    text = (
        "id: x\nversion: 1.0.0\ntitle: X\nbasis: [{document: Văn bản}]\n"
        "effective: {from: 2018-01-01}\n"
        f"facts:\n{facts}  ngay_bat_dau: {{type: date, label: Ngày bắt đầu}}\n{derived}"
        "criteria: [{id: I, label: Một, max: 1, points: 1}]\n"
        "grades: [{id: dat, label: Đạt}]\nranking: {among: [dat], order: [total]}\n"
    )

    pack = parse_pack({"pack.yaml": text}, name="guide")

    assert list(pack.facts) == [
        "so_ho_tham_gia",
        "cap_dua_tin",
        "phieu_iii_3",
        "linh_vuc",
        "ngay_bat_dau",
    ]
    assert list(pack.derived) == ["so_thang_duy_tri"]


def test_facts_counted_from_the_register_in_the_guide_are_read():
    shown = "".join(f"  {line}\n" for line in blocks("facts")[1].splitlines())
    text = PACK["pack.yaml"].replace("\nfacts:\n", f"\nfacts:\n{shown}", 1)

    facts = parse_pack({**PACK, "pack.yaml": text}, name="guide").facts

    assert [one.id for one in facts.values() if one.register] == [
        *("so_mo_hinh", "so_chi_bo_tot", "muc_nam_truoc")
    ]


def test_peers_of_the_guide_are_read():
    [shown] = blocks("peers")
    text = PACK["pack.yaml"].replace("\ngates:\n", f"\n{shown}\ngates:\n", 1)

    assert list(parse_pack({**PACK, "pack.yaml": text}, name="guide").peers) == ["trung_binh_cum"]


def test_ranking_and_selections_of_the_guide_are_read():
    [shown] = blocks("selections")
    before = PACK["pack.yaml"].partition("ranking:\n")[0]

    pack = parse_pack({**PACK, "pack.yaml": before + shown}, name="guide")

    assert [one.id for one in pack.selections] == ["cong-nhan", "bieu-duong"]
    assert [quota.most.text for quota in pack.selections[1].quotas] == ["8", "2", "4"]


def test_accepted_change_of_the_guide_is_read():
    (one,) = parse_accepted({"tests/99-guide.yaml": blocks("accepted")[0]}, name="guide")

    assert one.change.startswith("I.1: ")
    assert one.because.startswith("Bình phương")


def test_cases_of_the_guide_pass():
    base = PACK["tests/00-base.yaml"].partition("\ncases:")[0]
    files = {**PACK, "tests/00-base.yaml": base, "tests/99-guide.yaml": blocks("cases")[0]}
    pack = parse_pack(files, name="guide")
    cases = parse_cases(files, pack, name="guide")
    shown = [case for case in cases if "99-guide" in case.place.file]

    assert len(shown) == 4
    assert [run_case(pack, case) for case in shown] == [(), (), (), ()]


def test_every_function_of_the_language_is_in_the_guide():
    assert [name for name in FUNCTIONS if f"{name}(" not in GUIDE] == []


def test_guide_names_only_commands_that_exist():
    commands = set(re.findall(r"dvk rules (\w+)", GUIDE))
    known = {one.name for one in (*app.registered_commands, *app.registered_groups)}

    assert commands - known == set()
