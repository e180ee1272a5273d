"""What was found out, in the shapes of the protocol."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from types import MappingProxyType

from lsprotocol import types

from scoring.editing.diagnose import Diagnosis, meant_instead
from scoring.editing.occurrences import Symbol
from scoring.editing.sight import Span
from scoring.editing.suggest import Suggestion, Suggestions

Ranges = Callable[[Span], types.Range]

_KINDS: Mapping[str, types.CompletionItemKind] = MappingProxyType(
    {
        "key": types.CompletionItemKind.Property,
        "name": types.CompletionItemKind.Variable,
        "function": types.CompletionItemKind.Function,
        "choice": types.CompletionItemKind.EnumMember,
        "word": types.CompletionItemKind.Keyword,
    }
)
_SYMBOLS: Mapping[str, types.SymbolKind] = MappingProxyType(
    {
        "fact": types.SymbolKind.Variable,
        "constant": types.SymbolKind.Constant,
        "derived": types.SymbolKind.Function,
        "peer": types.SymbolKind.Array,
        "criterion": types.SymbolKind.Field,
        "grade": types.SymbolKind.EnumMember,
        "gate": types.SymbolKind.Boolean,
        "selection": types.SymbolKind.Event,
    }
)


def diagnostic(found: Diagnosis, ranges: Ranges) -> types.Diagnostic:
    """A squiggle: an error when the pack cannot be used, a warning when it is only doubtful."""
    severity = types.DiagnosticSeverity
    problem = found.problem
    return types.Diagnostic(
        range=ranges(found.span),
        message=problem.message + (f"\n→ {problem.hint}" if problem.hint else ""),
        severity=severity.Error if found.is_fault else severity.Warning,
        code=problem.code,
        source="dvk",
    )


def completions(found: Suggestions, ranges: Ranges) -> list[types.CompletionItem]:
    """Items in our order, each replacing what was typed already."""
    range_ = ranges(found.span)
    return [_completion(one, at, range_) for at, one in enumerate(found.all)]


def _completion(one: Suggestion, at: int, range_: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=one.text.removeprefix("- ").removesuffix(": "),
        kind=_KINDS[one.kind],
        detail=one.detail,
        documentation=markdown(one.more) if one.more else None,
        sort_text=f"{at:04d}",
        filter_text=one.text,
        text_edit=types.TextEdit(range_, one.text),
    )


def markdown(text: str) -> types.MarkupContent:
    return types.MarkupContent(types.MarkupKind.Markdown, text)


def symbol(one: Symbol, ranges: Ranges, lines: list[str]) -> types.DocumentSymbol:
    """A line of the outline with everything below it."""
    last = min(one.last_row, len(lines) - 1)
    selected = ranges(one.span)
    return types.DocumentSymbol(
        name=one.name.id,
        detail=one.name.label,
        kind=_SYMBOLS[one.name.sort],
        range=types.Range(selected.start, ranges(Span(last, 0, len(lines[last]))).end),
        selection_range=selected,
        children=[symbol(part, ranges, lines) for part in one.parts],
    )


def respelling(found: Diagnosis, line: str, uri: str, ranges: Ranges) -> types.CodeAction | None:
    """“Ý bạn là …?” taken at its word; None when the hint does not say."""
    instead = meant_instead(found.problem)
    said = line[found.span.start : found.span.end]
    if not instead or not said:
        return None
    quote = said[0] if said[0] in "\"'" else ""
    edit = types.TextEdit(ranges(found.span), f"{quote}{instead}{quote}")
    return types.CodeAction(
        title=f"Sửa thành “{instead}”",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(found, ranges)],
        edit=types.WorkspaceEdit(changes={uri: [edit]}),
        is_preferred=True,
    )


def line_edits(before: str, after: str) -> list[types.TextEdit]:
    """The lines that differ, as edits."""
    old, new = before.split("\n"), after.split("\n")
    edits = []
    for tag, start, end, first, last in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            where = types.Range(types.Position(start, 0), types.Position(end, 0))
            text = "".join(f"{line}\n" for line in new[first:last])
            edits.append(types.TextEdit(where, text))
    return edits
