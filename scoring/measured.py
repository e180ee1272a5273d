"""The shapes that measure one number: tiers, ratio, count, steps (bậc, tỷ lệ, đếm, bước)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from scoring.nodes import Arithmetic, Call, Compare, Kind, Literal, Logic, Name, Node
from scoring.numbers import format_number, with_unit
from scoring.pages import Pages
from scoring.rules import Branch, Rule
from scoring.shape_files import BandFile, CountFile, RatioFile, StepsFile, TiersFile
from scoring.source import Path

MEASURE = Name("measure")


@lru_cache(maxsize=4_096)
def points_node(value: Decimal | int) -> Literal:
    """*value* as a node: a table of bands has few different ones."""
    return Literal(Fraction(value))


def amount(value: Decimal | int, unit: str = "") -> str:
    """``95%``, ``20 triệu đồng``."""
    return with_unit(format_number(value), unit)


def _least(node: Node, cap: Decimal) -> Node:
    return Call("min", (node, points_node(cap)))


def read_tiers(file: TiersFile, path: Path, pages: Pages) -> Rule | None:
    measure = pages.expression((*path, "of"), file.of, Kind.NUMBER)
    branches = [
        _band(band, (*path, "bands", at), file.unit, pages) for at, band in enumerate(file.bands)
    ]
    if measure is None or None in branches:
        return None
    return Rule(
        shape="tiers",
        measure=measure,
        unit=file.unit,
        branches=tuple(branch for branch in branches if branch is not None),
    )


def _band(band: BandFile, path: Path, unit: str, pages: Pages) -> Branch | None:
    lows = [("từ", ">=", band.from_), ("trên", ">", band.above)]
    highs = [("dưới", "<", band.below), ("đến", "<=", band.to)]
    chosen = [[end for end in ends if end[2] is not None] for ends in (lows, highs)]
    if max(map(len, chosen)) > 1 or not any(chosen):
        pages.problem(
            path,
            "band",
            "Một bậc có một đầu dưới (from hoặc above) và một đầu trên (below hoặc to).",
            "from: từ, above: trên, below: dưới, to: đến. Bỏ một đầu nếu bậc để ngỏ.",
        )
        return None
    ends = [end for side in chosen for end in side]
    tests = [Compare(sign, MEASURE, points_node(end or 0)) for _, sign, end in ends]
    when = tests[0] if len(tests) == 1 else Logic("and", tests[0], tests[1])
    label = _band_label([(word, end or Decimal(0)) for word, _, end in ends], unit)
    return Branch(label=label, when=when, points=points_node(band.points))


def _band_label(ends: list[tuple[str, Decimal]], unit: str) -> str:
    """``từ 85 đến dưới 95%``, ``trên 15 ngày``."""
    if len(ends) == 1:
        return f"{ends[0][0]} {amount(ends[0][1], unit)}"
    (low, start), (high, end) = ends
    joined = "đến" if high == "đến" else f"đến {high}"
    return f"{low} {amount(start)} {joined} {amount(end, unit)}"


def read_ratio(file: RatioFile, path: Path, pages: Pages) -> Rule | None:
    measure = pages.expression((*path, "of"), file.of, Kind.NUMBER)
    if measure is None:
        return None
    share = Arithmetic(
        "/", Arithmetic("*", MEASURE, points_node(file.points)), points_node(file.full_at)
    )
    full = Branch(
        label=f"từ {amount(file.full_at, file.unit)}, đủ {amount(file.points)} điểm",
        when=Compare(">=", MEASURE, points_node(file.full_at)),
        points=points_node(file.points),
    )
    whole = file.full_at == (100 if file.unit == "%" else 1)
    of_full = "" if whole else f" : {amount(file.full_at, file.unit)}"
    some = Branch(label=f"tỷ lệ{of_full} × {amount(file.points)} điểm", when=None, points=share)
    if file.cut is None:
        return Rule(shape="ratio", measure=measure, unit=file.unit, branches=(full, some))
    none = Branch(
        label=f"dưới {amount(file.cut, file.unit)}, không có điểm",
        when=Compare("<", MEASURE, points_node(file.cut)),
        points=points_node(0),
    )
    return Rule(shape="ratio", measure=measure, unit=file.unit, branches=(none, full, some))


def read_count(file: CountFile, path: Path, pages: Pages) -> Rule | None:
    measure = pages.expression((*path, "of"), file.of, Kind.NUMBER)
    if measure is None:
        return None
    points: Node = Arithmetic("*", MEASURE, points_node(file.points))
    each = f"mỗi {file.unit or 'đơn vị'} {amount(file.points)} điểm"
    if file.cap is None:
        return Rule(
            shape="count",
            measure=measure,
            unit=file.unit,
            branches=(Branch(label=each, when=None, points=points),),
        )
    label = f"{each}, tối đa {amount(file.cap)}"
    capped = Branch(label=label, when=None, points=_least(points, file.cap))
    return Rule(shape="count", measure=measure, unit=file.unit, branches=(capped,))


def read_steps(file: StepsFile, path: Path, pages: Pages) -> Rule | None:
    measure = pages.expression((*path, "of"), file.of, Kind.NUMBER)
    if measure is None:
        return None
    start = points_node(file.from_)
    ends = (start, MEASURE) if file.falling else (MEASURE, start)
    steps: Node = Arithmetic("/", Arithmetic("-", *ends), points_node(file.per))
    if not file.partial:
        steps = Call("floor", (steps,))
    points = Arithmetic(
        "+", points_node(file.points), Arithmetic("*", steps, points_node(file.add))
    )
    before = Branch(
        label=f"{'trên' if file.falling else 'dưới'} {amount(file.from_, file.unit)}",
        when=Compare(">" if file.falling else "<", MEASURE, start),
        points=points_node(file.below),
    )
    return Rule(
        shape="steps",
        measure=measure,
        unit=file.unit,
        branches=(
            before,
            Branch(label=_steps_label(file), when=None, points=_least(points, file.cap)),
        ),
    )


def _steps_label(file: StepsFile) -> str:
    change = "giảm" if file.falling else "thêm"
    each = f"{change} mỗi" if file.partial else f"cứ {change} đủ"
    return (
        f"{'đến' if file.falling else 'từ'} {amount(file.from_, file.unit)} được "
        f"{amount(file.points)} điểm, {each} {amount(file.per, file.unit)} thêm "
        f"{amount(file.add)}, tối đa {amount(file.cap)}"
    )
