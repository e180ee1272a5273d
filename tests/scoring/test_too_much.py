"""Packs beyond any regulation: refused where they are read, with a place and a remedy, at once."""

import pytest
from small_pack import PACK, changed, place_of, problems_in

from registry.rulebook import MOST_BYTES, MOST_FILES, read_pack_files
from scoring.problems import MOST_PROBLEMS, PackError
from scoring.source import MOST_ITEMS

DERIVED = "derived:\n"


def _codes(files):
    return [code for _, code, _, _ in problems_in(files)]


def _chain(count, value):
    rows = [
        f"  d{n}: {{label: D, value: {value.replace('x', f'd{n - 1}')}}}" for n in range(1, count)
    ]
    return changed(DERIVED, DERIVED + "\n".join(["  d0: {label: D, value: so_ho}", *rows]) + "\n")


def test_list_of_too_many_items_is_refused_at_the_first_that_is_too_much():
    text = PACK + "overrides:\n" + "  - {}\n" * (MOST_ITEMS + 1)
    line = text.count("\n")

    assert [(place, code) for place, code, _, _ in problems_in(text)] == [
        (f"nho/pack.yaml:{line}:5", "too-many")
    ]


def test_derived_values_that_double_are_refused_where_they_become_too_much():
    text = _chain(40, "x * x")

    assert [(place, code) for place, code, _, _ in problems_in(text)] == [
        (place_of(text, "  d11: {", shift=7), "too-deep")
    ]


def test_long_chain_of_derived_values_is_refused_and_a_short_one_is_not():
    assert _codes(_chain(60, "x + 1")) == ["too-deep"]
    assert _codes(_chain(40, "x + 1")) == []


def test_expressions_longer_than_any_pack_has_are_refused():
    long = "so_ho" + " + so_ho" * 100
    rows = "".join(f"  d{n}: {{label: D, value: {long}}}\n" for n in range(100))

    assert _codes(changed(DERIVED, DERIVED + rows)) == ["too-many"]


def test_search_for_problems_ends_with_the_hundredth():
    rows = "".join(f"  d{n}: {{label: D, value: so_hoo}}\n" for n in range(300))
    found = _codes(changed(DERIVED, DERIVED + rows))

    assert found == ["name"] * MOST_PROBLEMS + ["too-many-problems"]


def test_empty_key_is_told():
    text = changed("penalty:\n", 'penalty:\n  "": 1\n')

    assert [(place, code) for place, code, _, _ in problems_in(text)] == [
        (place_of(text, '"": 1'), "unknown-key")
    ]


def _refused(folder):
    with pytest.raises(PackError) as caught:
        read_pack_files(folder)
    return [(str(one.place), one.code) for one in caught.value.problems]


def test_file_that_is_too_large_is_not_even_read(tmp_path):
    (tmp_path / "pack.yaml").write_bytes(b"#" * (MOST_BYTES + 1))

    assert _refused(tmp_path) == [(f"{tmp_path}/pack.yaml:1:1", "too-large")]


def test_too_many_files_are_not_read(tmp_path):
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    for number in range(MOST_FILES):
        (tmp_path / "tests" / f"{number}.yaml").touch()

    assert _refused(tmp_path) == [(f"{tmp_path}/pack.yaml:1:1", "too-many")]


def test_folder_named_like_a_file_is_told(tmp_path):
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "criteria" / "10.yaml").mkdir(parents=True)

    assert _refused(tmp_path) == [(f"{tmp_path}/criteria/10.yaml:1:1", "not-a-file")]
