"""Lines of YAML from entries (dòng): keys in the format's order, short mappings on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.authoring.remarks import Entry
from scoring.authoring.scalars import WIDTH, Scalar, key_text, line_text, long_lines
from scoring.case_files import AcceptedFile, CasesFile
from scoring.outline import CriteriaFile, below, inner_of, keys_of, model_of
from scoring.schema import (
    BlockFile,
    CapFile,
    CriterionFile,
    DerivedFile,
    GateFile,
    PackFile,
    PeerFile,
    RankingFile,
    SelectionFile,
    VetoFile,
)
from scoring.shape_files import TiersFile

_OPEN = (
    *(PackFile, CriteriaFile, CasesFile, CriterionFile, BlockFile, TiersFile, DerivedFile),
    *(AcceptedFile, PeerFile, GateFile, VetoFile, CapFile, RankingFile, SelectionFile),
)
"""What always takes a line for each key: it is read as prose, not as a row of a table."""

_HEAD = 7
"""So many keys of a pack stand together at its top, before the first block: id … rounding."""


def lay_out(root: Entry, outline: Any) -> list[str]:
    """The lines of a whole file. Comments before its first key stay at its top."""
    before = root.parts[0].above if root.parts else []
    parts = _ordered(root, outline)
    if root.parts:
        root.parts[0].above = []
    lines = _trimmed(before)
    if lines and before[-1] == "":
        lines.append("")
    together = keys_of(outline)[:_HEAD] if outline is PackFile else ()
    for at, part in enumerate(parts):
        above = _squeezed(part.above)
        if at and part.key not in together:
            above = ["", *_trimmed(above, tail=False)]
        elif not at:
            above = _trimmed(above, tail=False)
        lines += above
        lines += _mapped(part, below(outline, part.key or ""), 0, top=True)
    return lines + _closing(root, 0)


def _ordered(entry: Entry, at: Any) -> list[Entry]:
    """The parts of a mapping in the format's order; unknown keys keep theirs, at the end."""
    if entry.is_list:
        return entry.parts
    keys = keys_of(at)
    place = {key: number for number, key in enumerate(keys)}
    return sorted(entry.parts, key=lambda part: place.get(part.key or "", len(keys)))


def _mapped(entry: Entry, at: Any, indent: int, *, top: bool = False) -> list[str]:
    """``key: value``, without what stands above it."""
    lead = " " * indent + key_text(entry.key or "") + ":"
    return _valued(entry, at, lead, indent + 2, top=top)


def _valued(entry: Entry, at: Any, lead: str, indent: int, *, top: bool = False) -> list[str]:
    """*lead*, then the value on the same line if it may and can stand there, else under it."""
    remark = f"  {entry.beside}" if entry.beside else ""
    if entry.scalar is not None:
        head, *rest = _scalar_lines(entry.scalar, len(lead) + 1, indent)
        return [f"{lead} {head}{remark}", *rest]
    if not entry.parts and not entry.below:
        return [f"{lead} {'[]' if entry.is_list else '{}'}{remark}"]
    line = None if top and not entry.is_list and model_of(at) is None else _flow(entry, at)
    if line is not None and len(lead) + 1 + len(line) <= WIDTH:
        return [f"{lead} {line}{remark}"]
    return [f"{lead}{remark}", *_block(entry, at, indent)]


def _scalar_lines(scalar: Scalar, used: int, indent: int) -> list[str]:
    line = line_text(scalar, flow=False)
    fits = used + len(line) <= WIDTH and "\n" not in str(scalar.value)
    if scalar.is_long and not fits and (lines := long_lines(scalar, indent)):
        return lines
    return [line]


def _block(entry: Entry, at: Any, indent: int) -> list[str]:
    """The parts of *entry*, a line or more each."""
    lines: list[str] = []
    for number, part in enumerate(_ordered(entry, at)):
        above = _squeezed(part.above)
        above = above if number else _trimmed(above, tail=False)
        if entry.is_list:
            lines += _item(part, inner_of(at), indent, above)
        else:
            lines += _margined(above, indent)
            lines += _mapped(part, below(at, part.key or ""), indent)
    return lines + _closing(entry, indent)


def _item(entry: Entry, at: Any, indent: int, above: list[str]) -> list[str]:
    dash = " " * indent + "-"
    if entry.scalar is not None or not entry.parts:
        return [*_margined(above, indent), *_valued(entry, at, dash, indent + 2)]
    line = _flow(entry, at)
    if line is not None and len(dash) + 1 + len(line) <= WIDTH:
        remark = f"  {entry.beside}" if entry.beside else ""
        return [*_margined(above, indent), f"{dash} {line}{remark}"]
    # Nothing may stand between the dash and the first key: what did goes above the dash.
    above = [*above, *([entry.beside] if entry.beside else [])]
    lines = _block(entry, at, indent + 2)
    while not lines[0] or lines[0].lstrip().startswith("#"):
        above.append(lines.pop(0).strip())
    return [*_margined(_squeezed(above), indent), dash + lines[0][indent + 1 :], *lines[1:]]


def _flow(entry: Entry, at: Any) -> str | None:
    """A collection on one line; None when it has to be opened."""
    if entry.is_remarked() or (not entry.is_list and _is_open(at)):
        return None
    texts: list[str] = []
    for part in _ordered(entry, at):
        inner = inner_of(at) if entry.is_list else below(at, part.key or "")
        text = _flow_value(part, inner)
        if text is None or (entry.is_list and part.scalar is None and not part.is_list):
            return None
        texts.append(text if entry.is_list else f"{key_text(part.key or '')}: {text}")
    joined = ", ".join(texts)
    return f"[{joined}]" if entry.is_list else f"{{{joined}}}"


def _flow_value(entry: Entry, at: Any) -> str | None:
    if entry.scalar is None:
        return _flow(entry, at)
    text = line_text(entry.scalar, flow=True)
    too_long = entry.scalar.is_long and ("\n" in entry.scalar.value or len(text) > WIDTH)
    return None if too_long else text


def _is_open(at: Any) -> bool:
    """Whether a mapping of type *at* takes a line for each key: prose, or a table of rows."""
    if (values := inner_of(at)) is not None:
        return model_of(values) is not None or inner_of(values) is not None
    return model_of(at) in _OPEN


def _squeezed(lines: Sequence[str]) -> list[str]:
    """No two blank lines in a row."""
    return [line for at, line in enumerate(lines) if line or not at or lines[at - 1]]


def _trimmed(lines: Sequence[str], *, tail: bool = True) -> list[str]:
    """No blank lines at the beginning, nor, with *tail*, at the end."""
    found = _squeezed(lines)
    while found and not found[0]:
        found = found[1:]
    while tail and found and not found[-1]:
        found = found[:-1]
    return found


def _margined(lines: Sequence[str], indent: int) -> list[str]:
    return [" " * indent + line if line else "" for line in lines]


def _closing(entry: Entry, indent: int) -> list[str]:
    """The comments after the last part."""
    return _margined(_squeezed(entry.below), indent)
