"""Counting from the register: which entries of which seasons belong to an entry, and which count."""

import pytest

from registry.counting import Found, PastEntry, found_for, is_counted
from registry.entry import Entry
from registry.rulebook import RULES_DIR, read_pack_files
from registry.season import Season
from scoring.pack import parse_pack

FILES = read_pack_files(RULES_DIR / "can-tho-2579-2025")
WRITTEN = "{whose: unit, seasons: same-year, selection: cong-nhan}"
NOW = Season(id="ct-2026", title="A", year=2026)


def pack(register, *, type_="integer"):
    text = FILES["pack.yaml"]
    assert text.count(WRITTEN) == 1
    extra = f"  dem: {{type: {type_}, label: Đếm, register: {{{register}}}}}\n"
    return parse_pack(
        {**FILES, "pack.yaml": text.replace("facts:\n", f"facts:\n{extra}", 1)}, name="p"
    )


def entry(code, *, unit="Phường A", name="", season="ct-2026", **more):
    told = {"field": "kinh-te", "level": "tinh", "kind": "tap-the"} | more
    return Entry(code=code, season=season, name=name or code, unit=unit, **told)


def past(code, *, year=2026, grade="tot", chosen=("cong-nhan",), **more):
    one = entry(code, season=f"dvk-{year}", **more)
    return PastEntry(entry=one, year=year, grade=grade, chosen=frozenset(chosen))


def counted(register, mine, standing, *, unscored=(), type_="integer"):
    found = found_for(pack(register, type_=type_), NOW, [mine], standing, unscored)
    return found[mine.code].get("dem")


STANDING = (
    past("B"),
    past("A", unit="phuong  a"),
    past("C", unit="Phường B"),
    past("D", chosen=(), grade=None),
    past("E", year=2025, level="thi-xa"),
    past("F", year=2024, grade="dat", field="van-hoa", kind="ca-nhan"),
)


@pytest.mark.parametrize(
    ("register", "codes"),
    [
        ("whose: unit, seasons: same-year", "ABD"),
        ("whose: unit, seasons: same-year, selection: cong-nhan", "AB"),
        ("whose: unit, seasons: same-year, selection: bieu-duong", ""),
        ("whose: unit, seasons: previous-year", "E"),
        ("whose: unit, seasons: earlier", "FE"),
        ("whose: unit, seasons: earlier, level: [thi-xa]", "E"),
        ("whose: unit, seasons: earlier, grade: [dat]", "F"),
        ("whose: unit, seasons: earlier, grade: [dat, tot]", "FE"),
        ("whose: unit, seasons: earlier, field: [van-hoa]", "F"),
        ("whose: unit, seasons: earlier, kind: [tap-the]", "E"),
    ],
)
def test_entries_of_the_unit_are_counted_by_year_and_by_what_they_are(register, codes):
    found = counted(register, entry("CT-1"), STANDING)

    assert found == Found(str(len(codes)), tuple(codes))


def test_members_are_entries_whose_unit_is_this_entry():
    mine = entry("CT-1", name="Phường B", unit="Thành phố")

    assert counted("whose: members, seasons: same-year", mine, STANDING) == Found("1", ("C",))


SELF = "whose: self, seasons: earlier"
MINE = entry("CT-1", name="Đường hoa")
SAME = (
    past("X", year=2024, name="ĐƯỜNG HOA", grade="dat"),
    past("Y", year=2025, name="Đường hoa", grade="tot"),
    past("Z", year=2025, name="Đường hoa", unit="Phường B", grade="kem"),
    past("W", year=2023, name="Đường cờ", grade="kem"),
)


def test_earlier_years_of_the_same_model_are_those_of_its_name_and_unit():
    assert counted(SELF, MINE, SAME) == Found("2", ("X", "Y"))


def test_grade_is_the_last_one_the_same_model_got():
    choices = "choice, choices: {tot: Tốt, dat: Đạt, kem: Kém}"
    asked = f"take: grade, {SELF}"

    assert counted(asked, MINE, SAME, type_=choices) == Found("tot", ("Y",))
    assert counted(asked, MINE, SAME[:1], type_=choices) == Found("dat", ("X",))
    assert counted(asked, MINE, (), type_=choices) == Found("", ())


def test_nothing_registered_is_none_and_nothing_scored_is_not_known():
    ask = "whose: unit, seasons: same-year"
    unscored = Season(id="dvk-2026", title="B", year=2026)
    earlier = Season(id="dvk-2025", title="B", year=2025)

    assert counted(ask, entry("CT-1"), ()) == Found("0", ())
    assert counted(ask, entry("CT-1"), (), unscored=[unscored]) is None
    assert counted(ask, entry("CT-1"), (), unscored=[earlier]) == Found("0", ())
    assert counted(ask, entry("CT-1"), STANDING, unscored=[unscored]) == Found("3", ("A", "B", "D"))


def test_order_of_what_stands_does_not_matter():
    ask = "whose: unit, seasons: earlier"

    assert counted(ask, entry("CT-1"), STANDING) == counted(ask, entry("CT-1"), STANDING[::-1])


def test_only_seasons_a_pack_asks_about_are_looked_at():
    found = [
        is_counted(pack("whose: unit, seasons: earlier"), NOW, Season(id="x", title="x", year=year))
        for year in (2024, 2025, 2026, 2027)
    ]

    assert found == [True, True, True, False]
