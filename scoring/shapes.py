"""The shapes of leaf criteria (dạng tiêu chí) and the one meaning each has as branches.

Shape: every shape becomes a measure and branches over it (``scoring.rules.Rule``), so linting,
interpreting and explaining know branches only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Protocol

from scoring.facts import FactType
from scoring.language import meant
from scoring.nodes import (
    Arithmetic,
    Call,
    Compare,
    Expression,
    If,
    Kind,
    Literal,
    Logic,
    Name,
    Node,
)
from scoring.numbers import format_number
from scoring.rules import Branch, Rule
from scoring.schema import (
    BandFile,
    BranchFile,
    ChoicePointsFile,
    CountFile,
    EachYesFile,
    JudgedFile,
    RatioFile,
    StepsFile,
    TiersFile,
    YesNoFile,
)
from scoring.source import Path

MEASURE = Name("measure")


class Pages(Protocol):
    """What a shape needs of the pack being read: checked expressions, facts, a list of faults."""

    def expression(
        self, path: Path, text: str, wanted: Kind, *, measured: bool = False
    ) -> Expression | None: ...

    def fact_of_type(self, path: Path, name: str, wanted: FactType) -> Any: ...

    def problem(self, path: Path, code: str, message: str, hint: str = "") -> None: ...


def _number(value: Decimal | int) -> Literal:
    return Literal(Fraction(value))


def _worded(value: Decimal | int, unit: str = "") -> str:
    return format_number(value) + (unit if unit == "%" else f" {unit}" if unit else "")


def _least(node: Node, cap: Decimal) -> Node:
    return Call("min", (node, _number(cap)))


def _yes_no(file: YesNoFile, path: Path, pages: Pages) -> Rule | None:
    when = pages.expression((*path, "when"), file.when, Kind.TRUTH)
    if when is None:
        return None
    yes = Branch(label="đạt", when=when.node, points=_number(file.points))
    no = Branch(label="không đạt", when=None, points=_number(file.otherwise))
    return Rule(shape="yes_no", branches=(yes, no))


def _each_yes(file: EachYesFile, path: Path, pages: Pages) -> Rule | None:
    found = [
        pages.expression((*path, "of", at), text, Kind.TRUTH) for at, text in enumerate(file.of)
    ]
    nodes = tuple(one.node for one in found if one is not None)
    if len(nodes) < len(found):
        return None
    measure = Expression(" + ".join(file.of), Call("count_true", nodes), Kind.NUMBER)
    points = Arithmetic("*", MEASURE, _number(file.points))
    label = f"mỗi ý đạt {_worded(file.points)} điểm"
    return Rule(
        shape="each_yes",
        measure=measure,
        unit="ý",
        branches=(Branch(label=label, when=None, points=points),),
    )


def _tiers(file: TiersFile, path: Path, pages: Pages) -> Rule | None:
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
    tests = [Compare(sign, MEASURE, _number(end or 0)) for _, sign, end in ends]
    when = tests[0] if len(tests) == 1 else Logic("and", tests[0], tests[1])
    label = _band_label([(word, end or Decimal(0)) for word, _, end in ends], unit)
    return Branch(label=label, when=when, points=_number(band.points))


def _band_label(ends: list[tuple[str, Decimal]], unit: str) -> str:
    """``từ 85 đến dưới 95%``, ``trên 15 ngày``."""
    if len(ends) == 1:
        return f"{ends[0][0]} {_worded(ends[0][1], unit)}"
    (low, start), (high, end) = ends
    joined = "đến" if high == "đến" else f"đến {high}"
    return f"{low} {_worded(start)} {joined} {_worded(end, unit)}"


def _ratio(file: RatioFile, path: Path, pages: Pages) -> Rule | None:
    measure = pages.expression((*path, "of"), file.of, Kind.NUMBER)
    if measure is None:
        return None
    share = Arithmetic("/", Arithmetic("*", MEASURE, _number(file.points)), _number(file.full_at))
    full = Branch(
        label=f"từ {_worded(file.full_at, file.unit)}, đủ {_worded(file.points)} điểm",
        when=Compare(">=", MEASURE, _number(file.full_at)),
        points=_number(file.points),
    )
    whole = file.full_at == (100 if file.unit == "%" else 1)
    of_full = "" if whole else f" : {_worded(file.full_at, file.unit)}"
    some = Branch(label=f"tỷ lệ{of_full} × {_worded(file.points)} điểm", when=None, points=share)
    if file.cut is None:
        return Rule(shape="ratio", measure=measure, unit=file.unit, branches=(full, some))
    none = Branch(
        label=f"dưới {_worded(file.cut, file.unit)}, không có điểm",
        when=Compare("<", MEASURE, _number(file.cut)),
        points=_number(0),
    )
    return Rule(shape="ratio", measure=measure, unit=file.unit, branches=(none, full, some))


def _count(file: CountFile, path: Path, pages: Pages) -> Rule | None:
    measure = pages.expression((*path, "of"), file.of, Kind.NUMBER)
    if measure is None:
        return None
    points: Node = Arithmetic("*", MEASURE, _number(file.points))
    each = f"mỗi {file.unit or 'đơn vị'} {_worded(file.points)} điểm"
    if file.cap is None:
        return Rule(
            shape="count",
            measure=measure,
            unit=file.unit,
            branches=(Branch(label=each, when=None, points=points),),
        )
    label = f"{each}, tối đa {_worded(file.cap)}"
    capped = Branch(label=label, when=None, points=_least(points, file.cap))
    return Rule(shape="count", measure=measure, unit=file.unit, branches=(capped,))


def _steps(file: StepsFile, path: Path, pages: Pages) -> Rule | None:
    measure = pages.expression((*path, "of"), file.of, Kind.NUMBER)
    if measure is None:
        return None
    steps: Node = Arithmetic("/", Arithmetic("-", MEASURE, _number(file.from_)), _number(file.per))
    if not file.partial:
        steps = Call("floor", (steps,))
    points = Arithmetic("+", _number(file.points), Arithmetic("*", steps, _number(file.add)))
    low = Branch(
        label=f"dưới {_worded(file.from_, file.unit)}",
        when=Compare("<", MEASURE, _number(file.from_)),
        points=_number(file.below),
    )
    whole = "thêm mỗi" if file.partial else "cứ thêm đủ"
    high = Branch(
        label=(
            f"từ {_worded(file.from_, file.unit)} được {_worded(file.points)} điểm, {whole} "
            f"{_worded(file.per, file.unit)} thêm {_worded(file.add)}, tối đa {_worded(file.cap)}"
        ),
        when=None,
        points=_least(points, file.cap),
    )
    return Rule(shape="steps", measure=measure, unit=file.unit, branches=(low, high))


def _choice(file: ChoicePointsFile, path: Path, pages: Pages) -> Rule | None:
    fact = pages.fact_of_type((*path, "of"), file.of, FactType.CHOICE)
    if fact is None:
        return None
    for given in file.points:
        if given not in fact.choices:
            pages.problem(
                (*path, "points", given),
                "choice",
                f"“{fact.id}” không có lựa chọn “{given}”.",
                meant(given, fact.choices),
            )
    left_out = [key for key in fact.choices if key not in file.points]
    if left_out:
        pages.problem(
            (*path, "points"),
            "choice",
            f"Chưa cho điểm lựa chọn: {', '.join(left_out)}.",
            "Ghi 0 nếu không có điểm.",
        )
    branches = tuple(
        Branch(
            label=fact.choices.get(key, key),
            when=Compare("==", Name(fact.id), Literal(key)),
            points=_number(points),
        )
        for key, points in file.points.items()
    )
    return Rule(shape="choice", branches=branches)


def _judged(file: JudgedFile, path: Path, pages: Pages) -> Rule | None:
    fact = pages.fact_of_type((*path, "marks"), file.marks, FactType.MARKS)
    if fact is None:
        return None
    marks = Name(fact.id)
    mean: Node = Call("mean", (marks,))
    label = "trung bình các phiếu"
    if file.trim:
        trim = file.trim
        if trim.from_ <= trim.highest + trim.lowest:
            pages.problem(
                (*path, "trim"), "trim", "Bỏ hết phiếu: from phải lớn hơn highest + lowest."
            )
        settings = (trim.from_, trim.highest, trim.lowest)
        mean = Call("trimmed_mean", (marks, *(_number(one) for one in settings)))
        label += (
            f"; từ {trim.from_} phiếu thì bỏ {trim.highest} phiếu cao nhất, "
            f"{trim.lowest} phiếu thấp nhất"
        )
    few = Branch(
        label=f"chưa đủ {file.at_least} phiếu chấm",
        when=Compare("<", Call("count", (marks,)), _number(file.at_least)),
        points=None,
    )
    return Rule(shape="judged", branches=(few, Branch(label=label, when=None, points=mean)))


def _branches(files: list[BranchFile], path: Path, pages: Pages) -> Rule | None:
    found = []
    for at, file in enumerate(files):
        here = (*path, at)
        if (file.when is None) != (at == len(files) - 1):
            pages.problem(
                here,
                "branch",
                "Chỉ nhánh cuối cùng không có when, và nó phải có mặt.",
                "Nhánh cuối là “còn lại”, ví dụ {points: 0}.",
            )
        when = pages.expression((*here, "when"), file.when, Kind.TRUTH) if file.when else None
        points = pages.expression((*here, "points"), file.points, Kind.NUMBER)
        if points is not None and (when is not None or file.when is None):
            node = when.node if when else None
            found.append(Branch(label=file.label, when=node, points=points.node))
    return Rule(shape="branches", branches=tuple(found)) if len(found) == len(files) else None


def _points(text: str, path: Path, pages: Pages) -> Rule | None:
    points = pages.expression(path, text, Kind.NUMBER)
    if points is None:
        return None
    return Rule(shape="points", branches=(Branch(label="", when=None, points=points.node),))


READERS: Mapping[str, Callable[[Any, Path, Pages], Rule | None]] = MappingProxyType(
    {
        "yes_no": _yes_no,
        "each_yes": _each_yes,
        "tiers": _tiers,
        "ratio": _ratio,
        "count": _count,
        "steps": _steps,
        "choice": _choice,
        "judged": _judged,
        "branches": _branches,
        "points": _points,
    }
)


def as_expression(rule: Rule) -> Node | None:
    """*rule* as one expression over ``measure``: what a column engine or a linter reads."""
    node: Node | None = None
    for branch in reversed(rule.branches):
        if branch.points is None:
            continue
        whole = branch.when is None or node is None
        node = branch.points if whole else If(branch.when, branch.points, node)  # type: ignore[arg-type]
    return node
