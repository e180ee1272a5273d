"""What may be written at the cursor (gợi ý): keys of the format, names, functions, choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from scoring.authoring.key_words import KEY_WORDS
from scoring.editing.hover import function_text, named
from scoring.editing.names import Declared, Names
from scoring.editing.sight import Page, Span, compared_fact, filled_fact, inside
from scoring.editing.slots import Refers, Slot, slot_at
from scoring.editing.tokens import Token, read_tokens
from scoring.functions import FUNCTIONS

_HERE = "\ue000"
"""Stands for the cursor: an empty place becomes a word that can be found."""
_TYPED = re.compile(r"[\w.\-]*$")
_WORD_TYPED = re.compile(r"\w*$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to write: ``kind`` is key, name, function, choice or word."""

    text: str
    kind: str
    detail: str = ""
    more: str = ""
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Everything that fits at the cursor, and what it takes the place of."""

    span: Span
    all: tuple[Suggestion, ...]


def suggest(file: str, text: str, row: int, column: int, names: Names) -> Suggestions:
    """What may be written at the cursor in *file*, whether or not the file parses."""
    lines = text.replace("\r\n", "\n").split("\n")
    line = lines[row] if row < len(lines) else ""
    before = line[:column]
    nothing = Suggestions(Span(row, column, column), ())
    if row >= len(lines) or _in_comment(before):
        return nothing
    lines[row] = before + _HERE + line[column:]
    page = Page(file, read_tokens("\n".join(lines)))
    token = next((one for one in page.tokens if _HERE in one.text), None)
    if token is None:
        return nothing
    slot = slot_at(file, token.path)
    found, typed = _fitting(page, token, slot, names)
    start = typed.search(before)
    return Suggestions(Span(row, start.start() if start else column, column), tuple(found))


def _in_comment(before: str) -> bool:
    return before.lstrip().startswith("#") or re.search(r"\s#[^\"']*$", before) is not None


def _fitting(
    page: Page, token: Token, slot: Slot, names: Names
) -> tuple[Iterable[Suggestion], re.Pattern[str]]:
    """What fits, and the pattern of what is being typed already."""
    if not token.is_key and slot.is_expression:
        return _in_expression(slot, token, names), _WORD_TYPED
    if token.is_key or slot.mapping is not None or slot.keys_refer is not Refers.NOTHING:
        return _keys(page, slot, token, names), _TYPED
    if slot.item is not None:
        return _model_keys(slot.item, frozenset(), "- "), _TYPED
    return _values(slot, token, names), _TYPED


# Keys ------------------------------------------------------------------------------------------


def _keys(page: Page, slot: Slot, token: Token, names: Names) -> Iterator[Suggestion]:
    written = page.keys(token.path)
    end = "" if token.is_key else ": "
    if (model := slot.mapping) is not None:
        yield from _model_keys(model, written, "", end)
    if slot.keys_refer is Refers.CHOICE:
        fact = names.find("fact", page.value((*token.path[:-1], "of")))
        for code, label in (fact.choices if fact else {}).items():
            if code not in written:
                yield Suggestion(f"{code}{end}", "choice", label)
    elif slot.keys_refer is not Refers.NOTHING:
        for one in names.of(slot.keys_refer):
            if one.id not in written:
                yield _name(one, f"{one.id}{end}")


def _model_keys(
    model: type[BaseModel], written: frozenset[str], begin: str, end: str = ": "
) -> Iterator[Suggestion]:
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key not in written:
            said = KEY_WORDS[model.__name__][key]
            title = said.split(":")[0].rstrip(".")
            yield Suggestion(f"{begin}{key}{end}", "key", title, said)


# Values ----------------------------------------------------------------------------------------


def _values(slot: Slot, token: Token, names: Names) -> Iterator[Suggestion]:
    for word in slot.words:
        yield Suggestion(word, "word", _word_detail(slot, word))
    if slot.refers is Refers.CHOICE:
        fact = filled_fact(token.path, names)
        if fact is not None and fact.text("type") == "yes_no":
            yield from (Suggestion("true", "word", "có"), Suggestion("false", "word", "không"))
        for code, label in (fact.choices if fact else {}).items():
            yield Suggestion(code, "choice", label)
    elif slot.refers is not Refers.NOTHING:
        for one in names.of(slot.refers):
            if slot.wanted_type in ("", one.text("type")):
                yield _name(one, one.id)


def _word_detail(slot: Slot, word: str) -> str:
    """What the explanation of the key says right behind *word*."""
    said = KEY_WORDS.get(slot.model, {}).get(slot.key, "")
    found = re.search(rf"(?:^|[\s,]){re.escape(word)} ([^,.;]+)", said)
    return found[1] if found else ""


# Expressions -----------------------------------------------------------------------------------


def _in_expression(slot: Slot, token: Token, names: Names) -> Iterator[Suggestion]:
    before = "\n".join(inside(token)).split(_HERE)[0]
    if before.count('"') % 2:
        fact = compared_fact(before[: before.rindex('"')], names)
        for code, label in (fact.choices if fact else {}).items():
            yield Suggestion(code, "choice", label)
        return
    for one in names.words(scores=slot.reads_scores).values():
        yield _name(one, one.word)
    for name in FUNCTIONS:
        words = function_text(name)
        yield Suggestion(name, "function", words.split("\n")[1], words)


def _name(one: Declared, text: str) -> Suggestion:
    return Suggestion(text, "name", one.label, named(one))
