"""Reads a list in a process of its own: the file on stdin, its cells as JSON on stdout.

A file is a stranger's program for our parsers. This module is run by ``sheets.py`` as a script
and may be killed at any time: what it takes is bounded by ``limits.py``, by the memory limit it
sets itself, and by the clock of the one who started it. On stderr it tells how far it is.
"""

from __future__ import annotations

import gc
import io
import json
import sys
import warnings
import zipfile
from typing import Any

from registry.intake.csv_cells import read_csv_cells
from registry.intake.docx_cells import read_docx
from registry.intake.limits import DAMAGE, Refused
from registry.intake.old_letters import decode_sheets
from registry.intake.xls_cells import read_xls
from registry.intake.xlsx_cells import read_xlsx

MEMORY = 3 << 29
SECONDS = 120

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CSV_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})


def main(suffix: str = "", encoding: str = "") -> None:
    _limit_memory()
    # Nothing here lives in circles, and looking for them doubles the time of a long sheet.
    gc.disable()
    warnings.simplefilter("ignore")
    try:
        sheets = read(sys.stdin.buffer.read(), suffix)
        answer: dict[str, Any] = {"sheets": decode_sheets(sheets, encoding)}
    except Refused as refusal:
        answer = refusal.answer
    except MemoryError:
        answer = Refused("memory").answer
    for sheet in answer.get("sheets", ()):
        # Four long lists are read in a third of the time that a million short ones take.
        sheet["cells"] = list(zip(*sheet["cells"], strict=True))
    sys.stdout.buffer.write(json.dumps(answer, separators=(",", ":")).encode("ascii"))


def read(data: bytes, suffix: str) -> list[dict[str, Any]]:
    """Every sheet with its title and its cells that hold something. Raises Refused.

    What the file is, its first bytes say; only CSV has none, and goes by the *suffix*.
    """
    try:
        if suffix in CSV_SUFFIXES:
            return read_csv_cells(data)
        if data.startswith(_OLE):
            return read_xls(data)
        if not data.startswith(_ZIP):
            raise Refused("not-a-workbook")
        return _read_zip(data)
    except DAMAGE as error:
        # zlib's word for "no memory left".
        code = "memory" if "Error -4" in str(error) else "not-a-workbook"
        raise Refused(code, detail=str(error)[:200]) from error


def _read_zip(data: bytes) -> list[dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        is_word = "word/document.xml" in parts.namelist()
    if is_word:
        return read_docx(data)
    return read_xlsx(data, _told)


def _told(done: int, total: int) -> None:
    sys.stderr.write(f"{done} {total}\n")
    sys.stderr.flush()


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415  not on Windows, where the sizes above are all there is
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    main(*sys.argv[1:3])
