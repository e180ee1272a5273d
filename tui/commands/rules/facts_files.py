"""Files of facts that commands take (tệp số liệu): small ones by row, long ones by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry.errors import RegistryError
from registry.frames import COLUMNAR
from scoring.problems import Problem
from scoring.rules import Pack
from scoring.sheet import Facts
from tui.commands import say
from tui.commands.files import read_whole

if TYPE_CHECKING:
    from scoring.columns.table import Table

LONG = 4 << 20
"""A CSV of more bytes is read a column at a time."""
MANY = 1_000
"""From so many entries on the columns are faster, compiling included."""


class NeedsPolars(RegistryError):
    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} cần gói polars, máy này chưa có.",
            hint="Cài thêm: pip install 'dan-van-kheo[bulk]', hoặc dùng tệp CSV và --engine exact.",
        )


def has_polars() -> bool:
    return find_spec("polars") is not None


def is_long(path: Path) -> bool:
    """Whether *path* is read a column at a time. Raises NeedsPolars."""
    suffix = path.suffix.lower()
    if suffix in COLUMNAR:
        if not has_polars():
            raise NeedsPolars(f"Đọc tệp {suffix}")
        return True
    is_big = suffix in (".csv", ".txt") and path.is_file() and path.stat().st_size > LONG
    return is_big and has_polars()


def season_of_file(pack: Pack, path: Path) -> Mapping[str, Facts]:
    """The facts in *path* by code. Raises IntakeRefused, FileNotRead, NeedsPolars."""
    if is_long(path):
        from scoring.columns.table import facts_at

        table = table_of_file(pack, path)
        return {code: facts_at(pack, table, row) for row, code in enumerate(table.codes)}
    from registry.intake.facts_csv import read_facts_csv
    from registry.intake.sheets import read_workbook

    found = read_facts_csv(read_workbook(read_whole(path), file=path.name)[0], pack)
    _tell(found.notices)
    return found.season


def table_of_file(pack: Pack, path: Path) -> Table:
    """The facts in *path* as columns. Raises IntakeRefused, FileNotRead, NeedsPolars."""
    if not is_long(path):
        from scoring.columns.table import table_of

        return table_of(pack, season_of_file(pack, path))
    from registry.frames.reading import read_long

    source = path if path.suffix.lower() in COLUMNAR else read_whole(path)
    with all_cores() as map_:
        found = read_long(source, pack, file=path.name, map_=map_)
    _tell(found.notices)
    return found.table


def _tell(notices: Iterable[Problem]) -> None:
    for notice in notices:
        say.note(f"Lưu ý {notice}")


@contextmanager
def all_cores() -> Iterator[Callable[..., Any]]:
    """A ``map`` over every core."""
    with ThreadPoolExecutor(cpu_count()) as threads:
        yield threads.map
