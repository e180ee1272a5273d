"""``dvk rules score``: a table of facts scored without a register, by whichever engine suits it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.errors import RegistryError
from scoring.rules import Pack
from scoring.sheet import Facts
from tui.commands import say
from tui.commands.files import write_whole
from tui.commands.rules.basic import Folder
from tui.commands.rules.facts_files import (
    MANY,
    NeedsPolars,
    all_cores,
    has_polars,
    is_long,
    season_of_file,
    table_of_file,
)
from tui.commands.rules.reading import day_words, pack_of

if TYPE_CHECKING:
    from scoring.columns.table import Table


class Engine(StrEnum):
    AUTO = "auto"
    EXACT = "exact"
    COLUMNS = "columns"


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
    entries, result = _results(pack, facts, engine)
    write_whole(out, result)
    say.note(f"Đã chấm {entries} hồ sơ{day_words(pack)}, ghi {out}.")


def _results(pack: Pack, facts: Path, engine: Engine) -> tuple[int, bytes]:
    """How many entries, and their results as CSV."""
    if engine is Engine.EXACT:
        season = season_of_file(pack, facts)
        return len(season), _exactly(pack, season)
    if is_long(facts):
        table = table_of_file(pack, facts)
        if (found := _by_columns(pack, table, engine)) is not None:
            return table.rows, found
    season = season_of_file(pack, facts)
    if engine is Engine.COLUMNS or len(season) >= MANY:
        from scoring.columns.table import table_of

        if (found := _by_columns(pack, table_of(pack, season), engine)) is not None:
            return len(season), found
    return len(season), _exactly(pack, season)


def _by_columns(pack: Pack, table: Table, engine: Engine) -> bytes | None:
    """The results as CSV; None when only the interpreter can work them out.

    Raises NeedsPolars, ColumnsRefused when columns were asked for.
    """
    from scoring.columns.program import NoColumns

    if not has_polars():
        if engine is Engine.COLUMNS:
            raise NeedsPolars("Chấm theo cột")
        return None
    from registry.frames.writing import long_results_csv
    from scoring.columns.season import score_columns

    try:
        with all_cores() as map_:
            found = score_columns(pack, table, map_=map_)
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
