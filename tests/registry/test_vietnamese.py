"""Vietnamese text: composed, cleaned, folded, ordered."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.vietnamese import fold, name_key, nfc, slug, sort_key, tidy

LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
)
WORDS = st.text(alphabet=LETTERS + LETTERS.upper() + " -0123456789,.", max_size=30)


def test_nfc_composes_and_keeps_layout():
    assert nfc(unicodedata.normalize("NFD", " Đối thoại\n\tvới dân ")) == " Đối thoại\n\tvới dân "


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Đường   hoa\u00a0phụ\tnữ \n", "Đường hoa phụ nữ"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hường"), "Nguyễn Thị Hường"),
        ("Thuận\u200b Lộc\ufeff", "Thuận Lộc"),
        ("\u202eLộc\u202c \u2066Thuận\u2069", "Lộc Thuận"),
        ("\x1b[31mđỏ\x1b[0m\x07", "[31mđỏ[0m"),
        ("dòng\u2028dưới", "dòng dưới"),
        ("nửa\ud83d cặp", "nửa cặp"),
        ("a\u034f\u0301", "á"),
        ("mềm\u00admại", "mềmmại"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_tidy_keeps_only_what_a_reader_sees(raw, clean):
    assert tidy(raw) == clean


@given(st.text())
def test_tidy_twice_is_tidy_once(text):
    assert tidy(tidy(text)) == tidy(text)


@given(WORDS)
def test_tidy_does_not_depend_on_how_letters_are_composed(text):
    assert tidy(unicodedata.normalize("NFD", text)) == tidy(text)


@given(st.text())
def test_tidy_text_can_be_stored_as_utf8_and_holds_no_control_character(text):
    clean = tidy(text)

    assert clean.encode().decode() == clean
    assert not {unicodedata.category(char) for char in clean} & {"Cc", "Cf", "Cs"}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Lâm", "duong lam"),
        ("XÃ THUẬN LỘC", "xa thuan loc"),
        ("Ủy viên", "uy vien"),
        ("Ðậu Liêu", "dau lieu"),
        (unicodedata.normalize("NFD", "Ẵm Ỡ"), "am o"),
    ],
)
def test_fold_drops_accents_and_capitals(text, folded):
    assert fold(text) == folded


@given(st.text(alphabet=LETTERS + LETTERS.upper() + " "))
def test_fold_of_vietnamese_is_plain_ascii(text):
    assert fold(text).isascii()


@pytest.mark.parametrize(
    "text",
    ["Văn hóa – xã hội", "VĂN HOÁ - XÃ HỘI", " van hoa, xa hoi", "(Văn hóa) xã_hội"],
)
def test_slug_is_the_same_for_every_way_of_typing_a_label(text):
    assert slug(text) == "van-hoa-xa-hoi"


def test_sort_key_follows_the_alphabet_before_the_tones():
    ordered = [
        "An",
        "Án",
        "Anh",
        "Ăn",
        "Ân",
        "Ấn",
        "Bảo",
        "Dào",
        "Đào",
        "Em",
        "Êm",
        "On",
        "Ôn",
        "Ơn",
    ]
    backwards = ordered[::-1]

    assert sorted(backwards, key=sort_key) == ordered


def test_sort_key_orders_tones_as_the_dictionaries_do():
    ordered = ["ma", "mà", "mả", "mã", "má", "mạ"]
    backwards = ordered[::-1]

    assert sorted(backwards, key=sort_key) == ordered


def test_sort_key_compares_all_letters_of_a_phrase_before_any_tone():
    ordered = ["Hoa An", "Hòa An", "Hoa Ba"]
    backwards = ordered[::-1]

    assert sorted(backwards, key=sort_key) == ordered


def test_sort_key_puts_small_letters_before_capitals_and_foreign_marks_last():
    ordered = ["cafe", "Cafe", "café", "cafe\u0308"]
    backwards = ordered[::-1]

    assert sorted(backwards, key=sort_key) == ordered


@given(WORDS, WORDS)
def test_sort_key_is_equal_for_equal_text_only(one, other):
    assert (sort_key(one) == sort_key(other)) is (tidy(one) == tidy(other))


@given(st.text(max_size=20))
def test_sort_key_can_be_stored(text):
    assert "\x00" not in sort_key(text)
    assert sort_key(text).encode()


def test_name_key_orders_by_given_then_family_then_middle_name():
    ordered = [
        "Trần Văn An",
        "Lê Ân",
        "Nguyễn Văn Bình",
        "Trần Thị Bình",
        "Trần Văn Bình",
        "Đỗ Đạt",
    ]
    backwards = ordered[::-1]

    assert sorted(backwards, key=name_key) == ordered


def test_name_key_puts_a_bare_given_name_first():
    assert sorted(["Lê Bình", "Bình"], key=name_key) == ["Bình", "Lê Bình"]
