"""Facts as somebody types them in (số liệu gõ tay), read by the pack's own declarations."""

from __future__ import annotations

from collections.abc import Mapping

from registry.errors import RegistryError
from registry.intake.sheets import Cell
from registry.intake.values import read_value
from registry.vietnamese import slug, tidy
from scoring.facts import Fact, FactRefused, FactType
from scoring.problems import Problem
from scoring.rules import Pack


class ReportUnfit(RegistryError):
    """Facts are not what the pack declares. Carries every problem, each with its fact."""

    def __init__(self, problems: tuple[Problem, ...], *, code: str) -> None:
        self.problems = problems
        super().__init__(
            f"Số liệu của {code}: {len(problems)} chỗ cần sửa, chưa ghi gì.",
            hint="Sửa các chỗ nêu trên rồi ghi lại.",
        )


def asked_facts(pack: Pack) -> tuple[Fact, ...]:
    """The facts a person fills in: not on the form, not counted from the register, no ballots."""
    return tuple(
        fact
        for fact in pack.facts.values()
        if not fact.entry and fact.register is None and fact.type is not FactType.MARKS
    )


def read_report(
    given: Mapping[str, str], pack: Pack
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """The cells of *given* by fact, and a problem for each that the pack does not take.

    Facts are named by id or by label, accents or not. An empty text empties the cell.
    """
    named = {slug(word): fact for fact in asked_facts(pack) for word in (fact.label, fact.id)}
    cells: dict[str, str] = {}
    problems: list[Problem] = []
    for name, text in given.items():
        fact = named.get(slug(name))
        if fact is None:
            message = f"Bộ quy tắc {pack.id} không hỏi “{tidy(name)}”."
            hint = "Xem các số liệu phải nộp: dvk entry facts MÃ."
            problems.append(Problem(tidy(name), "unknown", message, hint))
            continue
        try:
            cells[fact.id] = read_value(fact, Cell(tidy(text), fact.label))
        except FactRefused as refused:
            problems.append(Problem(fact.label, "unfit-fact", refused.message, refused.hint))
    return cells, tuple(problems)
