"""What an editor asks of half-typed text: words and their paths, names, meanings, offers."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.rulebook import read_pack_files
from scoring.authoring.key_words import KEY_WORDS
from scoring.editing.diagnose import diagnose, span_of
from scoring.editing.names import Names, read_names
from scoring.editing.occurrences import declaration, occurrences, outline
from scoring.editing.seen import seen_in
from scoring.editing.sight import Page, Span, sight_at, sights_of
from scoring.editing.slots import slot_at
from scoring.editing.suggest import suggest
from scoring.editing.tokens import read_tokens
from scoring.pack import parse_pack
from scoring.problems import Place
from scoring.source import read_source

RULES = Path(__file__).parents[2] / "rules"
HOUSE = "dan-van-kheo-minh-hoa"
FILES = read_pack_files(RULES / HOUSE)


def shipped():
    return [
        (folder.name, file, text)
        for folder in sorted(RULES.glob("*/"))
        if (folder / "pack.yaml").is_file()
        for file, text in read_pack_files(folder).items()
    ]


@pytest.mark.parametrize(("folder", "file", "text"), shipped(), ids=lambda one: one[:40])
def test_words_of_a_whole_file_stand_where_yaml_says(folder, file, text):
    source = read_source(text, file=file)
    tokens = read_tokens(text)

    keys = {(*one.path, one.text.strip("\"'")): _place(file, one) for one in tokens if one.is_key}
    values = {one.path: _place(file, one) for one in tokens if not one.is_key}
    blocks = {path for path, one in source.written.items() if one.style in ("|", ">")}

    assert keys == source.keys
    assert {
        path: place
        for path, place in source.places.items()
        if not isinstance(_value(source.value, path), dict | list) and path not in blocks
    }.items() <= values.items() | {
        (path, place) for path, place in source.places.items() if _value(source.value, path) is None
    }


def _place(file, token):
    return Place(file, token.pieces[0].row + 1, token.pieces[0].start + 1)


def _value(value, path):
    for step in path:
        value = value[step]
    return value


def test_words_of_half_typed_text_keep_their_paths():
    text = (
        'facts:\n  a: {type: choice, choices: {x: "X\n  b:\n    la\ngates:\n- {id: G, require: [a\n'
    )

    assert [("key" if one.is_key else "", one.path, one.text) for one in read_tokens(text)] == [
        ("key", (), "facts"),
        ("key", ("facts",), "a"),
        ("key", ("facts", "a"), "type"),
        ("", ("facts", "a", "type"), "choice"),
        ("key", ("facts", "a"), "choices"),
        ("key", ("facts", "a", "choices"), "x"),
        ("", ("facts", "a", "choices", "x"), '"X'),
        ("key", ("facts",), "b"),
        ("", ("facts", "b"), "la"),
        ("key", (), "gates"),
        ("key", ("gates", 0), "id"),
        ("", ("gates", 0, "id"), "G"),
        ("key", ("gates", 0), "require"),
        ("", ("gates", 0, "require", 0), "a"),
    ]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_cut_or_slip_of_the_hand_raises(data):
    file = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[file]
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, min(len(text), at + 200)))
    text = text[:at] + data.draw(st.text("{}[]:,-#\"'|>&*! \n\tđ😀x.0", max_size=12)) + text[end:]
    row = text.count("\n", 0, at)
    column = at - (text.rfind("\n", 0, at) + 1)
    files = {**FILES, file: text}
    names = read_names(files)

    sight_at(file, text, row, column, names)
    suggest(file, text, row, column, names)
    outline(file, text, names)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_every_fault_of_mangled_text_has_a_word_inside_the_text(data):
    file = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[file]
    at = data.draw(st.integers(0, len(text)))
    text = (
        text[:at]
        + data.draw(st.text("{}[]:,-#\"' \n\t\u2028đ😀x", min_size=1, max_size=4))
        + text[at:]
    )
    files = {**FILES, file: text}

    for one in diagnose(files, name=HOUSE):
        lines = files[one.file].split("\n")
        assert one.span.row < len(lines)
        assert 0 <= one.span.start <= one.span.end <= len(lines[one.span.row])


UNUSED = (
    ("", "pack.yaml", "constants:\n  a:\n    values:\n      - {from: 2026-07-01, value: 1}\n"),
    ("", "tests/a.yaml", "accepted:\n  - {change: a, because: b}\n"),
)
"""Parts of the format that no shipped pack needs."""


def test_every_part_of_the_format_is_explained_where_it_stands():
    said = {
        sight.key[0]
        for _, file, text in (*shipped(), *UNUSED)
        for page in [Page(file, read_tokens(text))]
        for token in page.tokens
        if token.is_key
        for sight in sights_of(page, token, Names())
    }

    assert said == set(KEY_WORDS)


def test_names_of_a_file_that_does_not_parse_are_those_it_had():
    before = read_names(FILES)
    broken = {**FILES, "pack.yaml": FILES["pack.yaml"].replace("facts:", "facts: [", 1)}

    assert read_names(broken, before).all == before.all


def test_names_of_a_file_never_seen_whole_are_those_of_its_sound_sections():
    text = FILES["pack.yaml"].replace("gates:\n", "gates: [\n", 1)
    found = read_names({"pack.yaml": text})
    whole = read_names({"pack.yaml": FILES["pack.yaml"]})

    assert found.of("gate") == ()
    assert found.of("fact") == whole.of("fact")
    assert found.of("grade") == whole.of("grade")


def test_every_use_of_a_fact_is_found():
    names = read_names(FILES)
    found = occurrences(FILES, names.find("fact", "so_ho_tham_gia"), names)
    words = {
        FILES[one.file].split("\n")[one.span.row][one.span.start : one.span.end] for one in found
    }

    assert words == {"so_ho_tham_gia"}
    assert len(found) == sum(
        line.split("#")[0].count("so_ho_tham_gia")
        for text in FILES.values()
        for line in text.split("\n")
    )


def test_a_criterion_is_found_by_its_id_and_by_its_name_in_expressions():
    names = read_names(FILES)
    found = occurrences(FILES, names.find("criterion", "III"), names)
    said = {(one.file.split("/")[0], _cut(one)) for one in found}

    assert {("criteria", "III"), ("pack.yaml", "III")} <= said


def _cut(one):
    return FILES[one.file].split("\n")[one.span.row][one.span.start : one.span.end]


def test_a_value_compared_with_a_choice_leads_to_its_fact():
    text = 'facts:\n  a: {type: choice, label: A, choices: {x: X}}\ngates:\n  - {id: G, require: \'(a ?? "x") in ["x"]\'}\n'
    names = read_names({"pack.yaml": text})
    sight = sight_at("pack.yaml", text, 3, text.split("\n")[3].rindex("x"), names)

    assert sight.choice == (names.find("fact", "a"), "x")
    assert declaration(sight) == names.find("fact", "a")


@pytest.mark.parametrize(
    ("place", "span"),
    [
        (Place("f", 1, 5), Span(0, 4, 11)),
        (Place("f", 1, 13), Span(0, 12, 14)),
        (Place("f", 2, 4), Span(1, 3, 8)),
        (Place("f", 2, 99), Span(1, 7, 8)),
        (Place("f", 9, 9), Span(2, 0, 0)),
    ],
)
def test_the_word_under_a_place(place, span):
    assert span_of('a: (so_ngay <= 10\nb: "x y"\n', place) == span


def test_lines_that_only_yaml_ends_are_not_lines_of_the_editor():
    assert span_of("a: b # \u2028so: 😀 x\n", Place("f", 2, 5)) == Span(0, 12, 13)


def test_keys_of_an_item_not_begun_come_with_its_dash():
    names = read_names(FILES)
    found = suggest("pack.yaml", "gates:\n  ", 1, 2, names)

    assert [one.text for one in found.all] == ["- id: ", "- label: ", "- require: ", "- basis: "]


def test_facts_not_given_yet_are_offered_in_a_case():
    text = "cases:\n  - name: a\n    given: {so_ho_dia_ban: 3, \n"
    found = suggest("tests/00.yaml", text, 2, 31, read_names(FILES))
    offered = [one.text for one in found.all]

    assert "so_ho_tham_gia: " in offered
    assert "so_ho_dia_ban: " not in offered


def test_the_cursor_in_a_comment_or_a_label_is_offered_nothing():
    names = read_names(FILES)

    assert suggest("pack.yaml", "id: x # so_", 0, 11, names).all == ()
    assert suggest("pack.yaml", "title: so_", 0, 10, names).all == ()


def test_only_sections_about_results_read_scores():
    assert slot_at("pack.yaml", ("grades", 0, "when")).reads_scores
    assert not slot_at("pack.yaml", ("gates", 0, "require")).reads_scores
    assert not slot_at("criteria/1.yaml", ("criteria", 0, "points")).reads_scores


def test_a_season_is_summed_up_fact_by_fact():
    pack = parse_pack(FILES, name=HOUSE)

    assert (
        seen_in(pack, "hl", {"A": {"dan_ban": True}, "B": {"dan_ban": False}, "C": {}})["dan_ban"]
        == "Đợt hl: 2/3 hồ sơ có; Có 1, Không 1"
    )
    assert seen_in(pack, "hl", {"A": {}})["so_thang_duy_tri"] == "Đợt hl: 0/1 hồ sơ có"
