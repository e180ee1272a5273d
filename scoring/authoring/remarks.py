"""Comments of a YAML file (chú thích): found, and hung on what they are about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scoring.authoring.scalars import Scalar


@dataclass(slots=True)
class Entry:
    """A ``key: value`` or an item of a list, with the comments above and beside it.

    Blank lines above it stand among the comments as empty ones.
    """

    start: int
    key: str | None = None
    end: int | None = None
    """Where its value ends; None for a block, which ends where something else begins."""
    scalar: Scalar | None = None
    is_list: bool = False
    column: int = 0
    parts: list[Entry] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    beside: str = ""
    below: list[str] = field(default_factory=list)
    """Comments after the last part."""

    def whole(self) -> Iterator[Entry]:
        yield self
        for part in self.parts:
            yield from part.whole()

    def is_remarked(self) -> bool:
        """Whether a comment stands anywhere inside."""
        return bool(self.below) or any(
            one.beside or any(one.above) or one.below for part in self.parts for one in part.whole()
        )


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment and where it begins; *alone* when nothing else is on its line."""

    start: int
    line_start: int
    text: str
    alone: bool


def remarks_in(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Remark, ...]:
    """Every comment of *text*; *spans* are where its values stand, in order."""
    found: list[Remark] = []
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        while (sign := text.find("#", at, start)) >= 0:
            if sign and not text[sign - 1].isspace():
                at = sign + 1
                continue
            stop = text.find("\n", sign)
            stop = len(text) if stop < 0 else stop
            line = text.rfind("\n", 0, sign) + 1
            alone = not text[line:sign].strip()
            found.append(Remark(sign, line, text[sign:stop].rstrip(), alone))
            at = stop
        at = max(at, end)
    return tuple(found)


def hang(root: Entry, remarks: Iterable[Remark], text: str) -> None:
    """Hang every remark, and every blank line, on what it belongs to."""
    for remark in remarks:
        owner = None if remark.alone else _before(root, remark)
        if owner is None:
            _hang_alone(root, remark, text)
        elif owner.beside:
            owner.above.append(remark.text)
        else:
            owner.beside = remark.text
    seen: set[int] = set()
    for entry in [*root.whole()][1:]:
        line = text.rfind("\n", 0, entry.start) + 1
        # An item and its first key begin on one line; the blank above it is the item's.
        first = line not in seen and not text[line : entry.start].strip(" -")
        seen.add(line)
        if not entry.parts:  # nothing to stand between empty brackets for
            entry.above, entry.below = entry.above + entry.below, []
        if first and _is_blank_above(text, line):
            entry.above.append("")


def _last_before(entry: Entry, at: int) -> int:
    """How many parts of *entry* begin before *at*."""
    return bisect_left(entry.parts, at, key=lambda part: part.start)


def _before(root: Entry, remark: Remark) -> Entry | None:
    """What stands before a comment on its line: what ended there, else what began there."""
    at, begun = root, None
    while count := _last_before(at, remark.start):
        at = at.parts[count - 1]
        if at.end is not None and at.end <= remark.start:
            return at if at.end > remark.line_start else begun
        begun = at if at.start >= remark.line_start else begun
    return begun


def _hang_alone(root: Entry, remark: Remark, text: str) -> None:
    """On what comes next; at the foot of a block or of brackets when nothing more stands there."""
    lines = [""] if _is_blank_above(text, remark.line_start) else []
    lines.append(remark.text)
    column = remark.start - remark.line_start
    at = holder = root
    after: Entry | None = None
    closed: list[Entry] = []
    while True:
        count = _last_before(at, remark.start)
        if count < len(at.parts):
            after, closed = at.parts[count], []
        elif count and column >= at.parts[-1].column:
            closed.append(at)
        before = at.parts[count - 1] if count else None
        if before is None or (before.end is not None and before.end <= remark.start):
            break
        at = before
        if at.end is not None:  # between brackets, or before a value on a line of its own
            holder, after, closed = at, None, []
            if at.scalar is not None:
                at.above += lines
                return
    if holder is not root:
        (after.above if after else holder.below).extend(lines)
    elif after is not None and (not closed or column <= after.column):
        after.above += lines
    else:
        (closed[-1] if closed else root).below += lines


def _is_blank_above(text: str, line_start: int) -> bool:
    if line_start == 0:
        return False
    above = text.rfind("\n", 0, line_start - 1) + 1
    return not text[above : line_start - 1].strip()
