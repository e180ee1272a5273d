"""``dvk rules diff``: whether two packs say the same, count the same, or change results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.errors import RegistryError
from scoring.comparing.moves import Comparison
from scoring.sheet import Facts
from tui.commands import say
from tui.commands.context import Context
from tui.commands.rules.facts_files import is_long, season_of_file
from tui.commands.rules.impact import say_lacking, with_db
from tui.commands.rules.reading import pack_of
from tui.commands.season import AsJson

if TYPE_CHECKING:
    from scoring.rules import Pack
    from tui.commands.rules.long_diff import LongDiff


class SeasonsUnpaired(RegistryError):
    def __init__(self, seasons: int, files: int) -> None:
        super().__init__(
            f"Có {seasons} đợt mà {files} tệp sổ.",
            hint="Nêu một --db cho mọi đợt, hoặc mỗi --season một --db theo cùng thứ tự.",
        )


@dataclass(frozen=True, slots=True)
class _Data:
    """Entries to try both packs on, as each reads them."""

    name: str
    packs: tuple[Pack, Pack]
    """As they read on the day the entries are scored at."""
    first: Mapping[str, Facts]
    second: Mapping[str, Facts]


def diff(
    context: typer.Context,
    first: Annotated[Path, typer.Argument(metavar="A", help="Thư mục bộ quy tắc thứ nhất.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Thư mục bộ quy tắc thứ hai.")],
    season: Annotated[
        list[str] | None,
        typer.Option("--season", metavar="ĐỢT", help="Thử trên đợt này; nêu được nhiều lần."),
    ] = None,
    db: Annotated[
        list[Path] | None,
        typer.Option("--db", metavar="TỆP", help="Tệp sổ của đợt; nêu được nhiều lần."),
    ] = None,
    facts: Annotated[
        Path | None,
        typer.Option(
            "--facts",
            metavar="SỐ_LIỆU",
            help="Thử trên một bảng số liệu; bảng dài (Parquet, Arrow, CSV lớn) thì đếm theo cột.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hai bộ quy tắc khác nhau ở đâu: chỉ lời văn, quy tắc, hay cả kết quả.

    Không nêu đợt: so quy tắc với nhau, không cần sổ. Nêu đợt hay bảng số liệu: chấm theo cả hai
    bộ và đếm kết quả đổi. Mã thoát 0: như nhau; 1: khác nhau. Ví dụ:
    dvk rules diff rules/ban-cu rules/ban-moi
    dvk --db so.db rules diff rules/ban-cu rules/ban-moi --season hl-2018
    """
    from scoring.comparing.changes import Difference, difference_of, rule_changes
    from scoring.comparing.seasons import compare_seasons
    from tui.commands.rules import moving

    packs = pack_of(context.obj, first), pack_of(context.obj, second)
    changes = rule_changes(*packs)
    long = _long(packs, facts)
    if long is not None:
        facts = None
    found: dict[str, tuple[_Data, Comparison]] = {}
    for data in _data(context.obj, packs, season or [], db or [], facts):
        before, after = data.packs
        found[data.name] = data, compare_seasons(before, data.first, after, data.second)
    difference = difference_of(changes)
    moved = sum(len(one.moves) for _, one in found.values()) + (long.moved if long else 0)
    tried = bool(found) or long is not None
    verdict = {
        Difference.NONE: "Hai bộ quy tắc giống hệt nhau.",
        Difference.WORDING: "Chỉ khác lời văn: chấm mọi hồ sơ như nhau.",
        Difference.RULES: "Khác quy tắc; nêu --season hoặc --facts để biết ai đổi kết quả.",
    }[difference]
    if tried and difference is Difference.RULES:
        verdict = (
            f"Đổi {moved} kết quả."
            if moved
            else "Giống nhau trên mọi số liệu của các đợt này, dù quy tắc khác."
        )
    if as_json:
        say.out_json(
            {
                "difference": difference.value,
                "changed": moved,
                "rules": changes,
                "data": {
                    name: moving.comparison_json(one, data.first, data.packs[0])
                    for name, (data, one) in found.items()
                },
                **({"table": long.json()} if long else {}),
            }
        )
    else:
        say.out(verdict)
        for line in moving.change_lines(changes):
            say.out(line)
        for name, (data, one) in found.items():
            say.out(f"{name}: {moving.summary(one, data.packs[1])}")
            for line in moving.move_lines(one, *data.packs):
                say.out(line)
        for line in long.lines() if long else ():
            say.out(line)
    if moved or (difference is Difference.RULES and not tried):
        raise typer.Exit(1)


def _long(packs: tuple[Pack, Pack], table: Path | None) -> LongDiff | None:
    """Both packs on a long table, in columns; None when entries are compared one by one."""
    if table is None or not is_long(table):
        return None
    from scoring.columns.program import NoColumns
    from tui.commands.rules.long_diff import LongDiff

    try:
        return LongDiff(packs, table)
    except NoColumns:
        return None


def _data(
    context: Context,
    packs: tuple[Pack, Pack],
    seasons: list[str],
    files: list[Path],
    table: Path | None,
) -> Iterator[_Data]:
    if len(files) > 1 and len(files) != len(seasons):
        raise SeasonsUnpaired(len(seasons), len(files))
    for at, season in enumerate(seasons):
        chosen = files[min(at, len(files) - 1)] if files else None
        desk = with_db(context, chosen).desk()
        first, second = (desk.trial(season, pack) for pack in packs)
        say_lacking(second)
        name = f"{season} ({chosen})" if len(files) > 1 else season
        yield _Data(name, (first.draft, second.draft), first.read, second.read)
    if table is not None:
        read = [season_of_file(pack, table) for pack in packs]
        yield _Data(table.name, packs, read[0], read[1])
