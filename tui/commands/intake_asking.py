"""Asks the person at the keyboard what only a person can say of a list (hỏi khi nhập)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from registry.vietnamese import fold, slug, tidy
from tui.commands import say
from tui.commands.intake_words import side_by_side

if TYPE_CHECKING:
    from registry.intake.answers import Answers, Question
    from registry.intake.batch import BatchPlan
    from registry.intake.unit_plan import LookAlike

Choices = Callable[[str], tuple[tuple[str, str], ...]]

_ABOUT = {
    "heading": "Cột “{wording}” ({file}:{place}) là cột gì?",
    "field": "“{wording}” ({file}:{place}) là lĩnh vực nào?",
    "level": "“{wording}” ({file}:{place}) là cấp nào?",
    "kind": "“{wording}” ({file}:{place}) là loại hình nào?",
    "unit": "Danh sách {file} là của đơn vị nào?",
    "encoding": "{file}:{place} có vẻ là chữ {wording}; đúng là bảng mã nào?",
}


def ask_all(plan: BatchPlan, answers: Answers, choices: Choices) -> Answers:
    """*answers* and what the person adds to them; Enter leaves a thing as it is."""
    asked: set[tuple[str, str, str]] = set()
    for row in plan.lists.refused:
        for question in row.questions:
            per_file = question.file if question.about in ("unit", "encoding") else ""
            key = (question.about, slug(question.wording), per_file)
            if key not in asked:
                asked.add(key)
                answers = _asked(question, answers, choices(question.about))
    for pair in plan.lists.look_alike:
        answers = _decided(pair, answers)
    return answers


def _asked(question: Question, answers: Answers, choices: tuple[tuple[str, str], ...]) -> Answers:
    words = _ABOUT[question.about].format(
        wording=question.wording, file=question.file, place=question.place
    )
    say.note(words)
    for number, (_, label) in enumerate(choices, 1):
        say.note(f"  {number}. {label}")
    prompt = "Số (Enter: để lại)" if choices else "Tên (Enter: để lại)"
    typed = tidy(typer.prompt(prompt, default="", show_default=False, err=True))
    if not choices:
        return _answered(question, typed, answers) if typed else answers
    if not typed.isdecimal() or not 1 <= int(typed) <= len(choices):
        return answers
    return _answered(question, choices[int(typed) - 1][0], answers)


def _answered(question: Question, answer: str, answers: Answers) -> Answers:
    name = slug(question.wording)
    match question.about:
        case "heading":
            return replace(answers, headings={**answers.headings, name: answer or "bo-qua"})
        case "unit":
            return replace(answers, units={**answers.units, question.file: answer})
        case "encoding":
            return replace(answers, encodings={**answers.encodings, question.file: answer})
        case _:
            return replace(answers, means={**answers.means, name: answer})


def _decided(pair: LookAlike, answers: Answers) -> Answers:
    say.note(f"{pair.line.cell} giống {pair.other_code or pair.other_cell}:")
    say.note(say.table(side_by_side(pair)))
    typed = typer.prompt(
        "Hai mô hình khác nhau (k), là một (m), Enter: để lại",
        default="",
        show_default=False,
        err=True,
    )
    match fold(typed.strip()):
        case "k":
            return replace(answers, different=answers.different | {pair.line.cell})
        case "m":
            return replace(answers, alike=answers.alike | {pair.line.cell})
        case _:
            return answers
