"""Files and folders named on a command line, as files that came in (tệp gửi đến)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from registry.errors import RegistryError
from tui.commands.files import read_whole

if TYPE_CHECKING:
    from registry.intake.batch import Incoming

_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".docx", ".csv", ".tsv", ".txt"})
_MOST_FILES = 2_000


class FolderEmpty(RegistryError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Thư mục {folder} không có tệp nào để nhập.",
            hint="Nhận tệp .xlsx, .xls, .docx, .csv; thư mục con thì nêu riêng.",
        )


class TooManyFiles(RegistryError):
    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} tệp một lần là quá nhiều.", hint=f"Nhập từng đợt tối đa {_MOST_FILES} tệp."
        )


def incoming_of(paths: list[Path]) -> tuple[Incoming, ...]:
    """Every file named, and those in every folder named; each once. Raises FileNotRead."""
    from registry.intake.batch import Incoming

    found = tuple(dict.fromkeys(one for path in paths for one in _files_of(path)))
    if len(found) > _MOST_FILES:
        raise TooManyFiles(len(found))
    names = Counter(path.name for path in found)
    return tuple(
        Incoming(file=path.name if names[path.name] == 1 else str(path), data=read_whole(path))
        for path in found
    )


def _files_of(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    files = sorted(one for one in path.iterdir() if one.suffix.lower() in _SUFFIXES)
    # "~$danh sách.xlsx" is the lock Office leaves beside a file that is open.
    files = [one for one in files if one.is_file() and not one.name.startswith(("~$", "."))]
    if not files:
        raise FolderEmpty(path)
    yield from files
