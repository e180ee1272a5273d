"""``dvk rules score``: a table of facts scored without a register, by whichever engine suits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
from tui.commands.season import AsJson

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
    as_json: AsJson = False,
) -> None:
    """Chấm một bảng số liệu theo bộ quy tắc, không cần sổ đăng ký.

    Ví dụ:
    dvk rules score rules/dan-van-kheo-minh-hoa SO-LIEU.csv --out KET-QUA.csv
    """
    pack = pack_of(context.obj, folder)
    found = _scored(pack, facts, engine)
    write_whole(out, found.csv)
    if as_json:
        told = {"entries": found.entries, "engine": found.engine.value, "out": str(out)}
        say.out_json({"pack": f"{pack.id} {pack.version}", "at": pack.on, **told})
    say.note(f"Đã chấm {found.entries} hồ sơ{day_words(pack)}, ghi {out}.")


@dataclass(frozen=True, slots=True)
class _Results:
    entries: int
    engine: Engine
    csv: bytes


def _scored(pack: Pack, facts: Path, engine: Engine) -> _Results:
    """The results, by the engine asked for or the one that suits the file."""
    if engine is not Engine.EXACT and is_long(facts):
        table = table_of_file(pack, facts)
        if (csv := _by_columns(pack, table, engine)) is not None:
            return _Results(table.rows, Engine.COLUMNS, csv)
    season = season_of_file(pack, facts)
    if engine is Engine.COLUMNS or (engine is Engine.AUTO and len(season) >= MANY):
        from scoring.columns.table import table_of

        if (csv := _by_columns(pack, table_of(pack, season), engine)) is not None:
            return _Results(len(season), Engine.COLUMNS, csv)
    return _Results(len(season), Engine.EXACT, _exactly(pack, season))


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
