"""What a stranger's file may cost (giới hạn khi đọc tệp), and how its reader refuses it."""

from __future__ import annotations

import struct
import zipfile
import zlib

MOST_PARTS = 2_000
MOST_UNPACKED = 400 << 20
MOST_OUTSIDE_SHEETS = 16 << 20
RATIO_FREE = 20 << 20
"""Up to this size the ratio says nothing: a small sheet of zeros packs as well as a bomb."""
MOST_RATIO = 150
MOST_KEPT = 160 << 20
MOST_ROW = 4 << 20
MOST_COLUMNS = 256
MOST_ROWS = 200_000
MOST_CELLS = 1_500_000
MOST_LINES = 200_000
"""Of a CSV file: more than any season has entries; a million empty lines cost half a gigabyte."""
MOST_MERGED = 20_000

DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl, xlrd, expat and zlib raise on parts that are not what they should be."""


class Refused(Exception):
    """The file is not taken: a code that ``sheets.py`` has the words for, and where."""

    def __init__(self, code: str, where: str = "", detail: str = "") -> None:
        self.answer = {"refused": code, "where": where, "detail": detail}
        super().__init__(code)


def check_parts(parts: list[zipfile.ZipInfo], *, packed: int, outside: int) -> None:
    """Refuse a zip file that would unpack to more than anybody's list; *outside* its tables."""
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        raise Refused("parts", detail=str(len(parts)))
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise Refused("not-a-workbook", detail="two parts of one name")
    if unpacked > MOST_UNPACKED or outside > MOST_OUTSIDE_SHEETS:
        raise Refused("unpacked", detail=str(unpacked >> 20))
    if unpacked > RATIO_FREE and unpacked > MOST_RATIO * packed:
        raise Refused("ratio", detail=str(unpacked // packed))


def refuse_declarations(content: bytes) -> None:
    """No office program declares entities; whoever does means harm."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused("entities")
