"""Vietnamese text (chữ Việt): the only place that knows how it is composed, cleaned and ordered."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The letters in dictionary order, with f, j, w and z where foreign names expect them."""

TONE_ORDER = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""The order of the tones (thanh): ngang, huyền, hỏi, ngã, sắc, nặng, as dictionaries and CLDR do.

Some schools teach ngang, huyền, sắc, hỏi, ngã, nặng: to follow them, change this constant alone
and store the sort keys again.
"""

_LETTER_PLACE = {letter: chr(0x100 + place) for place, letter in enumerate(ALPHABET)}
_TONE_PLACE = {mark: str(place) for place, mark in enumerate(TONE_ORDER)}
_OTHER_MARK = str(len(TONE_ORDER))

# Look-alikes of đ that old keyboards and Icelandic fonts left in files.
_D_WITH_STROKE = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ"})
# Marks and letters without any shape, which Unicode does not class as format characters.
_SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")

_MARKS = re.compile("[\u0300-\u036f]+")
_ALPHANUMERIC = re.compile(r"[^\W_]+")

# Both sort below all that tidy text may hold; neither is NUL, at which databases cut.
_NEXT_PART, _NEXT_LEVEL = "\x01", "\x02"


def nfc(text: str) -> str:
    """*text* with every letter in one piece (Unicode NFC); layout untouched."""
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """*text* as it is stored and compared (chuẩn hóa).

    Composed, one space between words, none at the ends, and nothing a reader cannot see: no
    control, direction (bidi) or zero-width characters, no half of a surrogate pair.
    """
    visible = "".join(map(_visible, text)) if not text.isprintable() else text
    if not _SHAPELESS.isdisjoint(visible):
        visible = "".join(c for c in visible if c not in _SHAPELESS)
    return " ".join(nfc(visible).split())


def fold(text: str) -> str:
    """*text* as typed without accents (không dấu): ``Đường Lâm`` becomes ``duong lam``."""
    spread = unicodedata.normalize("NFD", text.translate(_D_WITH_STROKE).lower().replace("đ", "d"))
    bare = _MARKS.sub("", spread)
    if bare.isascii():
        return bare
    return "".join(char for char in bare if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 16)
def slug(text: str) -> str:
    """The folded words of *text*, joined by hyphens: ``Văn hóa – xã hội`` and ``van hoa xa hoi``
    are both ``van-hoa-xa-hoi``. Says whether two labels are the same but for their typing."""
    return "-".join(_ALPHANUMERIC.findall(fold(tidy(text))))


def toneless(word: str) -> str | None:
    """*word* without its tone (thanh), its letters kept; None when it bears more than one tone."""
    marks = unicodedata.normalize("NFD", word)
    if sum(mark in TONE_ORDER[1:] for mark in marks) > 1:
        return None
    return nfc("".join(mark for mark in marks if mark not in TONE_ORDER[1:]))


def spelling_key(text: str) -> str:
    """A text that is the same for two spellings of the same words (khóa đối chiếu).

    Capitals, spaces and the place of the tone do not matter (``hoà`` and ``hòa``, ``uỷ`` and
    ``ủy``); letters and tones do.
    """
    return " ".join(map(_tone_last, tidy(text).casefold().split()))


def _tone_last(word: str) -> str:
    marks = unicodedata.normalize("NFD", word)
    tones = "".join(sorted(mark for mark in marks if mark in _TONE_PLACE and mark))
    return "".join(mark for mark in marks if not (mark in _TONE_PLACE and mark)) + tones


def sort_key(text: str) -> str:
    """A text that sorts as *text* does in a dictionary: by letters, then tones, then capitals.

    Compares right by code point, so a database column may hold it.
    """
    letters, tones = [], []
    clean = tidy(text)
    for char in clean.translate(_D_WITH_STROKE).lower():
        letter, tone = _taken_apart(char)
        letters.append(_LETTER_PLACE.get(letter, letter))
        tones.append(tone)
    return _NEXT_LEVEL.join(("".join(letters), "".join(tones), clean.swapcase()))


def name_key(text: str) -> str:
    """A sort key for a person's name (họ tên): given name, then family name, then middle names."""
    words = tidy(text).split()
    given = words[-1:]
    family, middle = (words[:1], words[1:-1]) if len(words) > 1 else ([], [])
    return _NEXT_PART.join(sort_key(" ".join(part)) for part in (given, family, middle))


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in {"Cc", "Cf", "Cs"} else char


def _taken_apart(char: str) -> tuple[str, str]:
    """A lower-case character as its letter of the alphabet and the place of its tone."""
    if char in _LETTER_PLACE:
        return char, "0"
    marks = unicodedata.normalize("NFD", char)
    letter = nfc("".join(mark for mark in marks if not _TONE_PLACE.get(mark)))
    tone = max((_TONE_PLACE[mark] for mark in marks if mark in _TONE_PLACE), default="0")
    if letter in _LETTER_PLACE or marks[0] not in _LETTER_PLACE:
        return letter, tone
    return marks[0], _OTHER_MARK
