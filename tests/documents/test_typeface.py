import pytest
from reportlab.pdfbase.ttfonts import TTFont

from documents.typeface import FONTS, Face, GlyphMissing, ink, load_faces, width

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"


@pytest.mark.parametrize("face", Face)
def test_face_is_liberation_serif_2_1_5(face):
    data = (FONTS / f"{face}.ttf").read_bytes()

    assert "Version 2.1.5".encode("utf-16-be") in data


@pytest.mark.parametrize("face", Face)
def test_face_has_every_vietnamese_letter(face):
    shown = TTFont("probe", str(FONTS / f"{face}.ttf")).face.charToGlyph

    assert [letter for letter in VOWELS + VOWELS.upper() if ord(letter) not in shown] == []


def test_licence_stands_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_faces_come_from_the_shipped_files():
    assert [font.face.filename for font in load_faces()] == [
        str(FONTS / f"{face}.ttf") for face in Face
    ]


def test_ink_composes_decomposed_letters():
    assert ink("Đu\u031bo\u031b\u0300ng  hoa", record="HL-2018-001") == "Đường hoa"


def test_ink_drops_what_nobody_sees():
    assert ink("A\x00B\u202eC\u200bD\r\nE\tF", record="HL-2018-001") == "ABCD E F"


@pytest.mark.parametrize(
    ("text", "letter", "code"),
    [
        ("Đường hoa 🌸", "🌸", "U+1F338"),
        ("Mô hình 和 hợp", "和", "U+548C"),
        ("Dấu rời x\u0301", "\u0301", "U+0301"),
        ("Chữ שלום", "ש", "U+05E9"),
    ],
)
def test_missing_glyph_names_the_record_and_the_letter(text, letter, code):
    with pytest.raises(GlyphMissing) as refusal:
        ink(text, record="HL-2018-047 (số thứ tự 3)")

    assert refusal.value.letter == letter
    assert refusal.value.message == (
        f"Không in được HL-2018-047 (số thứ tự 3): phông chữ không có ký tự “{letter}” "
        f"({code}) trong “{text}”."
    )
    assert refusal.value.hint


def test_widths_are_those_of_times():
    assert [round(width(letter, Face.REGULAR, 1000)) for letter in "Dan 0"] == [
        722,
        444,
        500,
        250,
        500,
    ]
