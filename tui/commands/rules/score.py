"""``dvk rules score``: a table of facts scored without a register, by whichever engine suits it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.errors import RegistryError
from scoring.problems import Problem
from scoring.rules import Pack
from scoring.sheet import Facts
from tui.commands import say
from tui.commands.files import read_whole, write_whole
from tui.commands.rules.basic import Folder
from tui.commands.rules.reading import day_words, pack_of

if TYPE_CHECKING:
    from scoring.columns.table import Table

LONG = 4 << 20
"""A CSV of more bytes is read a column at a time."""
MANY = 1_000
"""From so many entries on the columns are faster, compiling included."""
COLUMNAR = (".parquet", ".arrow", ".feather", ".ipc")


class Engine(StrEnum):
    AUTO = "auto"
    EXACT = "exact"
    COLUMNS = "columns"


class NeedsPolars(RegistryError):
    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} cần gói polars, máy này chưa có.",
            hint="Cài thêm: pip install 'dan-van-kheo[bulk]', hoặc dùng tệp CSV và --engine exact.",
        )


class ColumnsRefused(RegistryError):
    def __init__(self, why: str) -> None:
        super().__init__(
            f"Bộ quy tắc này không chấm theo cột được: {why}.", hint="Dùng --engine exact."
        )


def score(
    context: typer.Context,
    folder: Folder,
    facts: Annotated[
        Path,
        typer.Argument(
            metavar="SỐ_LIỆU",
            help="CSV, xlsx, Parquet hay Arrow; một hàng một hồ sơ, cột code và các số liệu.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Tệp CSV kết quả.", metavar="TỆP")],
    engine: Annotated[
        Engine,
        typer.Option(
            "--engine",
            help="exact: từng hồ sơ; columns: cả cột; auto: tự chọn. Kết quả như nhau từng chữ số.",
            metavar="CÁCH",
        ),
    ] = Engine.AUTO,
) -> None:
    """Chấm một bảng số liệu theo bộ quy tắc, không cần sổ đăng ký."""
    pack = pack_of(context.obj, folder)
    if _is_long(facts):
        entries, result = _score_long(pack, facts, engine)
    else:
        entries, result = _score_short(pack, facts, engine)
    write_whole(out, result)
    say.note(f"Đã chấm {entries} hồ sơ{day_words(pack)}, ghi {out}.")


def _is_long(facts: Path) -> bool:
    """Whether the file is read a column at a time."""
    suffix = facts.suffix.lower()
    if suffix in COLUMNAR:
        if find_spec("polars") is None:
            raise NeedsPolars(f"Đọc tệp {suffix}")
        return True
    is_text = suffix in (".csv", ".txt")
    return is_text and len(read_whole(facts)) > LONG and find_spec("polars") is not None


def _score_short(pack: Pack, facts: Path, engine: Engine) -> tuple[int, bytes]:
    """How many entries, and their results as CSV."""
    season = _season_from(pack, facts)
    if engine is Engine.COLUMNS or (engine is Engine.AUTO and len(season) >= MANY):
        from scoring.columns.table import table_of

        if (found := _by_columns(pack, table_of(pack, season), engine)) is not None:
            return len(season), found
    return len(season), _exactly(pack, season)


def _season_from(pack: Pack, facts: Path) -> Mapping[str, Facts]:
    from registry.intake.facts_csv import read_facts_csv
    from registry.intake.sheets import read_workbook

    sheets = read_workbook(read_whole(facts), file=facts.name)
    table = read_facts_csv(sheets[0], pack)
    _tell(table.notices)
    return table.season


def _score_long(pack: Pack, facts: Path, engine: Engine) -> tuple[int, bytes]:
    from scoring.columns.table import facts_at

    table = table_from(pack, facts)
    if engine is not Engine.EXACT and (csv := _by_columns(pack, table, engine)) is not None:
        return table.rows, csv
    season = {code: facts_at(pack, table, row) for row, code in enumerate(table.codes)}
    return table.rows, _exactly(pack, season)


def table_from(pack: Pack, facts: Path) -> Table:
    """The facts in the file *facts* as columns. Raises IntakeRefused, FileNotRead."""
    if not _is_long(facts):
        from scoring.columns.table import table_of

        return table_of(pack, _season_from(pack, facts))
    from registry.frames.reading import read_long

    found = read_long(read_whole(facts), pack, file=facts.name)
    _tell(found.notices)
    return found.table


def _tell(notices: Iterable[Problem]) -> None:
    for notice in notices:
        say.note(f"Lưu ý {notice}")


def _by_columns(pack: Pack, table: Table, engine: Engine) -> bytes | None:
    """The results as CSV; None when only the interpreter can work them out.

    Raises NeedsPolars, ColumnsRefused when columns were asked for.
    """
    from scoring.columns.program import NoColumns

    if find_spec("polars") is None:
        if engine is Engine.COLUMNS:
            raise NeedsPolars("Chấm theo cột")
        return None
    from registry.frames.writing import long_results_csv
    from scoring.columns.season import score_columns

    try:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            found = score_columns(pack, table, map_=threads.map)
    except NoColumns as no_columns:
        if engine is Engine.COLUMNS:
            raise ColumnsRefused(str(no_columns)) from None
        return None
    return long_results_csv(found)


def _exactly(pack: Pack, season: Mapping[str, Facts]) -> bytes:
    from scoring.results_csv import results_csv
    from scoring.score import score_season

    result = score_season(pack, season, progress=say.progress("Chấm điểm"))
    return results_csv(pack, result).encode()
