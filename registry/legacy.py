"""Old Vietnamese encodings (bảng mã cũ): TCVN3 and VNI to Unicode, and how to recognise them.

Both keep Vietnamese letters where Latin-1 has others, so the text looks broken without its font:
``.VnTime`` and its kin for TCVN3, ``VNI-Times`` and its kin for VNI. Decode before anything is
cleaned away: in TCVN3 ``ư`` is U+00AD, which Unicode calls an invisible hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from registry.vietnamese import nfc, toneless

TCVN3, TCVN3_UPPER, VNI, UNICODE = "tcvn3", "tcvn3-hoa", "vni", "unicode"
ENCODING_LABELS = {TCVN3: "TCVN3 (.VnTime)", TCVN3_UPPER: "TCVN3 (.VnTimeH)", VNI: "VNI"}

# TCVN 5712:1993, VN3: code points in order and the letters that stand there.
_TCVN3_CODES = (
    "A1A2A3A4A5A6A7A8A9AAABACADAEB5B6B7B8B9BBBCBDBEC6C7C8C9CACBCCCECFD0D1D2D3D4D5D6D7D8DC"
    "DDDEDFE1E2E3E4E5E6E7E8E9EAEBECEDEEEFF1F2F3F4F5F6F7F8F9FAFBFCFDFE"
)
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = dict(zip(bytes.fromhex(_TCVN3_CODES), _TCVN3_LETTERS, strict=True))

_SAC, _HUYEN, _HOI, _NGA, _NANG = "\u0301\u0300\u0309\u0303\u0323"
_TONES = (_SAC, _HUYEN, _HOI, _NGA, _NANG)


def _vni_lower() -> dict[str, str]:
    """VNI-Windows: a base letter, and the mark behind it as a letter of its own."""
    pairs = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    pairs |= {"ñ": "đ", "aê": "ă"}
    for base in ("a", "e", "o", "u", "y", "ô", "ö"):
        for mark, tone in zip("ùøûõï", _TONES, strict=True):
            pairs[base + mark] = nfc(pairs.get(base, base) + tone)
    for base in "aeo":
        for mark, tone in zip(("â", *"áàåãä"), ("", *_TONES), strict=True):
            pairs[base + mark] = nfc(base + "\u0302" + tone)
    for mark, tone in zip("éèúüë", _TONES, strict=True):
        pairs["a" + mark] = nfc("ă" + tone)
    return pairs


def _in_capitals(pairs: dict[str, str]) -> dict[str, str]:
    capitals = {key.upper(): letter.upper() for key, letter in pairs.items()}
    mixed = {key[0].upper() + key[1:]: letter.upper() for key, letter in pairs.items()}
    return pairs | mixed | capitals


_VNI = _in_capitals(_vni_lower())
_VNI_PIECE = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    "(b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    "(a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oai|oao|oay|oă|oe|oeo|oi|oo|"
    "ôi|ơi|ua|uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu|iêu|yê|yêu)"
    "(c|ch|m|n|ng|nh|p|t)?"
)
_CERTAIN = 0.85
_BROKEN = 0.75
_EVIDENCE = 3
"""So many different words say what a column is; one odd letter says nothing."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Which old encoding a text without a font is probably in (bảng mã phỏng đoán)."""

    encoding: str
    score: float
    """The share of its words that are Vietnamese syllables once decoded."""


def encoding_of_font(font: str) -> str:
    """The encoding that a font's name stands for; ``unicode`` for every other font."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return TCVN3_UPPER if name.endswith("h") else TCVN3
    return VNI if name.startswith("vni") else UNICODE


def decode(text: str, encoding: str) -> str:
    """*text* in Unicode, every letter in one piece. Nothing else is cleaned."""
    if encoding == VNI:
        return nfc(_VNI_PIECE.sub(lambda found: _VNI[found[0]], text))
    if encoding in (TCVN3, TCVN3_UPPER):
        letters = text.translate(_TCVN3)
        # The H fonts draw small letters as capitals. The others have no capital with a tone, so
        # a line of capitals comes with small ones among them.
        capital = encoding == TCVN3_UPPER or _is_in_capitals(letters)
        return nfc(letters.upper() if capital else letters)
    return text


def _is_in_capitals(letters: str) -> bool:
    plain = [letter for letter in letters if letter.isascii() and letter.isalpha()]
    return len(plain) > 3 and all(map(str.isupper, plain))


def guess_encoding(texts: Iterable[str]) -> Guess | None:
    """The old encoding of a column of *texts* without a font, None when it reads as Unicode."""
    text = "\n".join(texts)
    if text.isascii() or is_unicode("".join(set(text))):
        return None
    if not is_evidence(text):
        return None
    as_it_stands = vietnamese_share(text)
    guesses = [Guess(each, vietnamese_share(decode(text, each))) for each in (TCVN3, VNI)]
    best = max(guesses, key=lambda guess: guess.score)
    clear = best.score >= _CERTAIN and as_it_stands <= min(_BROKEN, best.score - 0.15)
    return best if clear else None


def is_evidence(text: str) -> bool:
    """Whether *text* has words enough to tell its encoding by."""
    return len({word for word in _WORD.findall(text) if not word.isascii()}) >= _EVIDENCE


def vietnamese_share(text: str) -> float:
    """The share of the words in *text* that are Vietnamese syllables, words of ASCII left out."""
    words = [word for word in _WORD.findall(text.replace("\xad", "")) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def is_unicode(text: str) -> bool:
    """Whether *text* holds a letter that neither of the old encodings could have written."""
    return not text.isascii() and any(
        char in "ăđơưĂĐƠƯĩũĨŨ" or (ord(char) > 0x2FF and not 0x2000 <= ord(char) < 0x2200)
        for char in text
    )


def _is_syllable(word: str) -> bool:
    letters = toneless(word.lower())
    return letters is not None and _SYLLABLE.fullmatch(letters) is not None
