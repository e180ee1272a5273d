"""The shapes of leaf criteria (dạng tiêu chí) and the one meaning each has as branches.

Shape: every shape becomes a measure and branches over it (``scoring.rules.Rule``), so linting,
interpreting and explaining know branches only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from scoring.facts import FactType
from scoring.language import meant
from scoring.measured import (
    MEASURE,
    amount,
    points_node,
    read_count,
    read_ratio,
    read_steps,
    read_tiers,
)
from scoring.nodes import Arithmetic, Call, Compare, Expression, Kind, Literal, Name, Node
from scoring.pages import Pages
from scoring.rules import Branch, Rule
from scoring.shape_files import (
    BranchFile,
    ChoicePointsFile,
    EachYesFile,
    JudgedFile,
    YesNoFile,
)
from scoring.source import Path


def _yes_no(file: YesNoFile, path: Path, pages: Pages) -> Rule | None:
    when = pages.expression((*path, "when"), file.when, Kind.TRUTH)
    if when is None:
        return None
    yes = Branch(label="đạt", when=when.node, points=points_node(file.points))
    no = Branch(label="không đạt", when=None, points=points_node(file.otherwise))
    return Rule(shape="yes_no", branches=(yes, no))


def _each_yes(file: EachYesFile, path: Path, pages: Pages) -> Rule | None:
    found = [
        pages.expression((*path, "of", at), text, Kind.TRUTH) for at, text in enumerate(file.of)
    ]
    nodes = tuple(one.node for one in found if one is not None)
    if len(nodes) < len(found):
        return None
    measure = Expression(" + ".join(file.of), Call("count_true", nodes), Kind.NUMBER)
    points = Arithmetic("*", MEASURE, points_node(file.points))
    label = f"mỗi ý đạt {amount(file.points)} điểm"
    return Rule(
        shape="each_yes",
        measure=measure,
        unit="ý",
        branches=(Branch(label=label, when=None, points=points),),
    )


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
            points=points_node(points),
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
        mean = Call("trimmed_mean", (marks, *(points_node(one) for one in settings)))
        label += (
            f"; từ {trim.from_} phiếu thì bỏ {trim.highest} phiếu cao nhất, "
            f"{trim.lowest} phiếu thấp nhất"
        )
    few = Branch(
        label=f"chưa đủ {file.at_least} phiếu chấm",
        when=Compare("<", Call("count", (marks,)), points_node(file.at_least)),
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
        "tiers": read_tiers,
        "ratio": read_ratio,
        "count": read_count,
        "steps": read_steps,
        "choice": _choice,
        "judged": _judged,
        "branches": _branches,
        "points": _points,
    }
)
