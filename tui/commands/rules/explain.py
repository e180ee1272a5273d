"""``dvk rules explain``: the whole tree of one entry, with thresholds and near misses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.errors import RegistryError
from scoring.explain import sources_of, verdict_sentences
from scoring.nearness.misses import NearMiss, Target
from scoring.nearness.ways import Direction
from scoring.numbers import format_points
from scoring.rules import Pack
from scoring.sheet import Facts, Line, Placing, ScoreSheet, SeasonResult
from tui.commands import say
from tui.commands.context import Context
from tui.commands.rules.facts_files import season_of_file
from tui.commands.rules.impact import Db, say_lacking, with_db
from tui.commands.rules.reading import day_words, pack_of
from tui.commands.season import AsJson

if TYPE_CHECKING:
    from registry.desk.trial import Trial


class EntryNotNamed(RegistryError):
    def __init__(self, table: str, codes: Iterable[str]) -> None:
        shown = [*codes]
        more = " …" if len(shown) > 5 else ""
        listed = ", ".join(shown[:5]) + more
        super().__init__(
            f"{table} có {len(shown)} hồ sơ, chưa rõ xem hồ sơ nào.",
            hint=f"Thêm --entry MÃ. Trong bảng có: {listed or 'không hồ sơ nào'}.",
        )


class EntryNotThere(RegistryError):
    def __init__(self, code: str, where: str, codes: Iterable[str]) -> None:
        import difflib

        shown = [*codes]
        near = difflib.get_close_matches(code, shown, n=3)
        hint = f"Ý bạn là {' hay '.join(near)}?" if near else f"Có: {', '.join(shown[:5])}."
        super().__init__(f"Không có hồ sơ “{code}” trong {where}.", hint=hint)


def explain(
    context: typer.Context,
    pack: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục chứa pack.yaml.")],
    given: Annotated[
        str, typer.Argument(metavar="FACTS.csv|MÃ", help="Bảng số liệu, hoặc mã hồ sơ trong sổ.")
    ],
    entry: Annotated[
        str | None, typer.Option("--entry", metavar="MÃ", help="Hồ sơ nào trong bảng số liệu.")
    ] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Vì sao một hồ sơ được chừng ấy điểm, và còn thiếu gì để được hơn.

    Cả cây: điều kiện, tiêu chí, số liệu, bậc (▸ là bậc đang ở), điểm, điều khoản, xếp loại. Dòng
    ↗ là thay đổi nhỏ nhất của một số liệu để thêm điểm, lên mức hay đạt điều kiện; đã chấm lại
    đúng như thế. --json ghi mọi cách, kể cả những cách thêm rất ít. Ví dụ:
    dvk rules explain rules/dan-van-kheo-minh-hoa FACTS.csv --entry HL-2018-047
    dvk --db so.db rules explain rules/dan-van-kheo-minh-hoa HL-2018-047
    """
    from registry.assess import with_sources
    from scoring.nearness.near_misses import near_misses
    from scoring.score import score_season

    rules = pack_of(context.obj, pack)
    path = Path(given)
    if path.suffix.lower() == ".csv" or path.is_file():
        season, code = _from_table(rules, path, entry)
        sources: Mapping[str, tuple[str, ...]] = {}
    else:
        trial, code = _from_register(with_db(context.obj, db), rules, given)
        rules, season, sources = trial.draft, trial.read, trial.sources.get(code, {})
    result = score_season(rules, season)
    sheet = with_sources(result.sheets[code], sources)
    result = replace(result, sheets={**result.sheets, code: sheet})
    misses = near_misses(rules, season[code], code=code, season=season)
    placing = next(one for one in result.placings if one.code == code)
    if as_json:
        awards = [one for one in result.awards if one.code == code]
        say.out_json(
            {
                "pack": f"{rules.id} {rules.version}",
                "at": rules.on,
                "sheet": result.sheets[code],
                "rank": placing.rank,
                "awards": awards,
                "thresholds": _thresholds(rules, season, code),
                "near_misses": misses,
            }
        )
        return
    say.out(
        _text(rules, result, placing, _thresholds(rules, season, code), misses, len(season) > 1)
    )


def _from_table(pack: Pack, path: Path, entry: str | None) -> tuple[Mapping[str, Facts], str]:
    season = season_of_file(pack, path)
    codes = [*season]
    if entry is None and len(codes) != 1:
        raise EntryNotNamed(path.name, codes)
    code = entry or codes[0]
    if code not in season:
        raise EntryNotThere(code, path.name, codes)
    return season, code


def _from_register(context: Context, pack: Pack, code: str) -> tuple[Trial, str]:
    desk = context.desk()
    entry = desk.entry_sheet(code).entry
    trial = desk.trial(entry.season, pack)
    say_lacking(trial)
    if entry.code not in trial.read:
        raise EntryNotThere(entry.code, f"lượt chấm {trial.run}", trial.read)
    return trial, entry.code


def _thresholds(
    pack: Pack, season: Mapping[str, Facts], code: str
) -> dict[str, tuple[Mapping[str, object], ...]]:
    from scoring.nearness.thresholds import thresholds_of
    from scoring.peers import peer_values
    from scoring.scope import scope_of

    scope = scope_of(pack, season[code], peer_values(pack, season)[code])
    tops = (*pack.criteria, pack.bonus, pack.penalty)
    return {
        leaf.id: tuple(
            {"text": one.text, "taken": one.taken} for one in thresholds_of(leaf, pack, scope)
        )
        for top in tops
        for leaf in top.leaves()
    }


def _text(
    pack: Pack,
    result: SeasonResult,
    placing: Placing,
    thresholds: Mapping[str, tuple[Mapping[str, object], ...]],
    misses: tuple[NearMiss, ...],
    is_season: bool,
) -> str:
    sheet = result.sheets[placing.code]
    shown = worth_saying(pack, misses)
    lines = [f"{sheet.code}  theo {pack.title} ({pack.id} {pack.version}){day_words(pack)}"]
    if sheet.gates:
        lines += ["", "ĐIỀU KIỆN XÉT", *_gates(sheet, shown)]
    lines += ["", "TIÊU CHÍ"]
    for line in sheet.lines:
        lines += _tree(line, 1, thresholds, shown)
    for block in (sheet.bonus, sheet.penalty):
        if block.parts:
            lines += ["", *_tree(block, 0, thresholds, shown)]
    bonus, penalty = (format_points(one.points or 0) for one in (sheet.bonus, sheet.penalty))
    added = f"{format_points(sheet.base)} + {bonus} − {penalty}"
    lines += ["", f"TỔNG  {added} = {format_points(sheet.total)} điểm"]
    grade = pack.grade(sheet.grade)
    rank = f", hạng {placing.rank}" if is_season and placing.rank is not None else ""
    lines.append(f"XẾP LOẠI  {grade.label if grade else 'không xét'}{rank}")
    lines += [f"  {one}" for one in verdict_sentences(sheet)]
    lines += [f"  ↗ {one.text}" for one in shown if one.target is Target.GRADE]
    if is_season:
        labels = {one.id: one.label for one in pack.selections}
        lines += [
            f"  {labels[one.selection]}: {one.reason} ({one.basis})"
            for one in result.awards
            if one.code == sheet.code
        ]
    return "\n".join(lines)


def _gates(sheet: ScoreSheet, misses: tuple[NearMiss, ...]) -> list[str]:
    lines = []
    for gate in sheet.gates:
        state = "đạt      " if gate.holds else "KHÔNG ĐẠT"
        lines.append(f"  {state}  {gate.id}  {gate.label} ({gate.basis})")
        lines += [f"             {one}" for one in (gate.reason, *sources_of(gate))]
        near = (one for one in misses if one.target is Target.GATE and one.id == gate.id)
        lines += [f"             ↗ {one.text}" for one in near]
    return lines


def _tree(
    line: Line,
    depth: int,
    thresholds: Mapping[str, tuple[Mapping[str, object], ...]],
    misses: tuple[NearMiss, ...],
) -> list[str]:
    indent = "  " * depth
    maximum = f"/{format_points(line.maximum)}" if line.maximum is not None else ""
    points = "chưa có điểm" if line.points is None else f"{format_points(line.points)}{maximum}"
    basis = f" ({line.basis})" if line.basis else ""
    name = f"{line.id}  {line.label}" if depth else line.label.upper()
    found = [f"{indent}{name}: {points}{basis}"]
    if line.is_leaf:
        found.append(f"{indent}    {line.reason}")
        found += [f"{indent}    {one}" for one in sources_of(line)]
        bands = thresholds.get(line.id, ())
        if len(bands) > 1:
            found += [f"{indent}    {'▸' if one['taken'] else '·'} {one['text']}" for one in bands]
        near = (one for one in misses if one.points is not None and one.id == line.id)
        found += [f"{indent}    ↗ {one.text}" for one in near]
    for part in line.parts:
        found += _tree(part, depth + 1, thresholds, misses)
    return found


def worth_saying(pack: Pack, misses: tuple[NearMiss, ...]) -> tuple[NearMiss, ...]:
    """The near misses for a reader: more of a good thing before less of what it is divided by,
    and no step of a few hundredths on the way to all the points."""
    rising = {_rule(one) for one in misses if one.direction is Direction.UP}
    full = {(one.id, one.fact) for one in misses if one.target is Target.FULL}
    maxima = {
        leaf.id: leaf.maximum
        for top in (*pack.criteria, pack.bonus, pack.penalty)
        for leaf in top.leaves()
    }
    kept = []
    for one in misses:
        if one.direction is Direction.DOWN and _rule(one) in rising:
            continue
        whole = maxima.get(one.id)
        if one.target is Target.POINTS and one.points and whole and (one.id, one.fact) in full:
            before, after = (points or Decimal(0) for points in one.points)
            if abs(after - before) * 20 < whole:
                continue
        kept.append(one)
    return tuple(kept)


def _rule(miss: NearMiss) -> tuple[str, bool]:
    return miss.id, miss.points is not None
