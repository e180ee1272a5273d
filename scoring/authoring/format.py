"""The canonical layout of a pack's files (trình bày chuẩn), comments kept, meaning untouched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from yaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from scoring.authoring.layout import lay_out
from scoring.authoring.remarks import Entry, Remark, hang, remarks_in
from scoring.authoring.scalars import Scalar
from scoring.outline import outline_of
from scoring.problems import PackError, Place, Problem
from scoring.source import LOADER, read_source

_ROUNDS = 5
"""A comment that leaves a mapping may let it stand on one line, and so on, outwards."""


def format_file(text: str, *, file: str, name: str) -> str:
    """*text*, the file called *file* of the pack called *name*, as it should be laid out.

    Raises PackError: it cannot be read, or laying it out would change what it says.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    place = Place(f"{name}/{file}")
    value = read_source(text, file=place.file).value
    if not isinstance(value, dict) or not value:
        hint = "Tệp của bộ quy tắc bắt đầu bằng một khóa, ví dụ id: hoặc cases:."
        raise PackError((Problem(place, "bad-type", "Cần các dòng “khóa: giá trị”.", hint),))
    try:
        remarks, root = _read(text, value)
        after = _laid_out(root, file)
        if after == text:
            return text
        for _ in range(_ROUNDS):
            again = read_source(after, file=place.file).value
            kept, root = _read(after, again)
            if not _same(value, again) or _texts(remarks) != _texts(kept):
                raise _would_change(place)
            before, after = after, _laid_out(root, file)
            if before == after:
                return after
    except (yaml.YAMLError, PackError, _NotTheSame):
        raise _would_change(place) from None
    raise _would_change(place)


def _laid_out(root: Entry, file: str) -> str:
    return "".join(f"{line}\n" for line in lay_out(root, outline_of(file)))


def format_files(
    files: Mapping[str, str], *, name: str
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Every file of *files* that can be laid out, and what keeps the others from it."""
    done: dict[str, str] = {}
    problems: list[Problem] = []
    for file, text in files.items():
        try:
            done[file] = format_file(text, file=file, name=name)
        except PackError as error:
            problems += error.problems
    return done, tuple(problems)


def _would_change(place: Place) -> PackError:
    message = "Trình bày lại tệp này thì nội dung hoặc chú thích không còn y nguyên; để nguyên tệp."
    hint = "Viết đơn giản hơn chỗ có nhiều dấu nháy, xuống dòng hoặc chú thích trong ngoặc."
    return PackError((Problem(place, "format", message, hint),))


def _texts(remarks: tuple[Remark, ...]) -> list[str]:
    return sorted(remark.text for remark in remarks)


def _same(before: Any, after: Any) -> bool:
    """Equal values of equal types: ``1`` is not ``true``, and ``1.0`` is written as it was."""
    if type(before) is not type(after):
        return False
    if isinstance(before, dict):
        keys = before.keys() == after.keys()
        return keys and all(_same(one, after[key]) for key, one in before.items())
    if isinstance(before, list):
        return len(before) == len(after) and all(map(_same, before, after))
    return str(before) == str(after)


# Reading ------------------------------------------------------------------------------------------


class _NotTheSame(Exception):
    """The nodes of a file are not the values that were read from it."""


def _read(text: str, value: Any) -> tuple[tuple[Remark, ...], Entry]:
    """The comments of *text*, and its entries with them hung on."""
    root = Entry(start=-1)
    node: Any = yaml.compose(text, Loader=LOADER)
    spans: list[tuple[int, int]] = []
    _fill(root, node, value, text, spans)
    remarks = remarks_in(text, sorted(spans))
    root.end = None
    hang(root, remarks, text)
    return remarks, root


def _fill(entry: Entry, node: Node, value: Any, text: str, spans: list[tuple[int, int]]) -> None:
    """Put what *node* says into *entry*, the values from *value*."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, ScalarNode):
        if isinstance(value, dict | list):
            raise _NotTheSame
        style = node.style or ""
        raw = text[start:end].rstrip("\n") if style in ("|", ">") else text[start:end]
        entry.scalar, entry.end = Scalar(value, raw, style), start + len(raw)
        head = text.find("\n", start) if style in ("|", ">") else -1
        # A comment may stand on the head of a block scalar: | # như văn bản
        spans.append((start, start + 1) if head >= 0 else (start, end))
        if head >= 0:
            spans.append((head, entry.end))
        return
    if isinstance(node, CollectionNode) and node.flow_style:
        entry.end = end
    if isinstance(node, MappingNode) and isinstance(value, dict):
        _fill_mapping(entry, node, value, text, spans)
    elif isinstance(node, SequenceNode) and isinstance(value, list):
        if len(node.value) != len(value):
            raise _NotTheSame
        entry.is_list = True
        for item, one in zip(node.value, value, strict=True):
            begun = item.start_mark.index
            part = Entry(start=begun, column=_dash_column(text, begun, flow=entry.end is not None))
            _fill(part, item, one, text, spans)
            entry.parts.append(part)
    else:
        raise _NotTheSame


def _fill_mapping(
    entry: Entry, node: MappingNode, value: Any, text: str, spans: list[tuple[int, int]]
) -> None:
    if [str(key.value) for key, _ in node.value] != [*value]:
        raise _NotTheSame
    for key, one in node.value:
        mark = key.start_mark
        spans.append((mark.index, key.end_mark.index))
        part = Entry(start=mark.index, key=str(key.value), column=mark.column)
        _fill(part, one, value[part.key], text, spans)
        if part.end is not None:
            part.end = max(part.end, key.end_mark.index)
        entry.parts.append(part)


def _dash_column(text: str, start: int, *, flow: bool) -> int:
    """The column of the dash before a block's item."""
    line = text.rfind("\n", 0, start) + 1
    dash = text.rfind("-", 0, start)
    return max(0, start - line if flow or dash < 0 else dash - (text.rfind("\n", 0, dash) + 1))
