"""The tables of a Word document (bảng trong tệp .docx), read inside the limited process."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from registry.intake.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Refused,
    check_parts,
    refuse_declarations,
)
from registry.legacy import decode, encoding_of_font, is_unicode

_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_MOST_TITLES = 30
_MOST_SPAN = 64


def read_docx(data: bytes) -> list[dict[str, Any]]:
    """Every table, as a sheet named ``Bảng 1``, with the paragraphs above it. Raises Refused."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        infos = parts.infolist()
        read = sum(info.file_size for info in infos if info.filename in (_DOCUMENT, _STYLES))
        check_parts(infos, packed=len(data), outside=read // 4)
        content = _content(parts, _DOCUMENT)
        styles = _content(parts, _STYLES) if _STYLES in parts.namelist() else b""
    fonts = _Fonts(_tree(styles) if styles else None)
    body = _child(_tree(content), "body")
    return list(_sheets(body, fonts))


class _Fonts:
    """Which font a run of letters is in: its own, its style's, or the document's."""

    def __init__(self, styles: Any) -> None:
        self._own: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._default = ""
        for style in styles if styles is not None else ():
            if _name(style) == "docDefaults":
                self._default = next((_font(one) for one in style.iter() if _font(one)), "")
            if _name(style) == "style":
                self._learn(style)

    def _learn(self, style: Any) -> None:
        name = _attribute(style, "styleId")
        self._own[name] = next((_font(one) for one in style if _font(one)), "")
        self._parents[name] = _value(style, "basedOn")
        if _attribute(style, "default") == "1" and _attribute(style, "type") == "paragraph":
            self._default = self._own[name] or self._default

    def of(self, run: Any, paragraph: Any) -> str:
        properties, around = _child(run, "rPr"), _child(paragraph, "pPr")
        if found := _font(properties):
            return found
        for style in (_value(properties, "rStyle"), _value(around, "pStyle")):
            if found := self._of_style(style):
                return found
        return self._default

    def _of_style(self, style: str) -> str:
        for _ in range(10):
            if not style or self._own.get(style):
                break
            style = self._parents.get(style, "")
        return self._own.get(style, "")


def _sheets(body: Any, fonts: _Fonts) -> Iterator[dict[str, Any]]:
    titles: list[str] = []
    number = count = 0
    for element in _blocks(body):
        if _name(element) == "p":
            titles.append(_paragraph(element, fonts))
        elif _name(element) == "tbl":
            number += 1
            cells, merged = _table(element, fonts)
            count += len(cells)
            if count > MOST_CELLS:
                raise Refused("too-many")
            above = [title for title in titles if title.strip()][-_MOST_TITLES:]
            yield {"title": f"Bảng {number}", "cells": cells, "merged": merged, "above": above}
            titles = []


def _table(table: Any, fonts: _Fonts) -> tuple[list[list[Any]], list[list[int]]]:
    """The cells of a table, its rows read once, and the areas that were merged."""
    cells: list[list[Any]] = []
    merged: list[list[int]] = []
    running: dict[int, list[int]] = {}
    for row, line in enumerate((one for one in _blocks(table) if _name(one) == "tr"), 1):
        column = 1
        for cell in (one for one in _blocks(line) if _name(one) == "tc"):
            properties = _child(cell, "tcPr")
            span = _span(properties)
            if row > MOST_ROWS or column + span > MOST_COLUMNS:
                raise Refused("far", f"Bảng, hàng {row}")
            if _goes_on(properties) and column in running:
                running[column][2] = row
            else:
                running[column] = [row, column, row, column + span - 1]
                merged.append(running[column])
                text = " ".join(_paragraph(one, fonts) for one in cell.iter() if _name(one) == "p")
                if text.strip():
                    cells.append([row, column, "text", text])
            column += span
    return cells, [area for area in merged if area[:2] != area[2:]]


def _paragraph(paragraph: Any, fonts: _Fonts) -> str:
    """The text of a paragraph, each run decoded by its own font."""
    text = ""
    for run in paragraph.iter():
        if _name(run) != "r":
            continue
        piece = "".join(_letters(one) for one in run)
        encoding = encoding_of_font(fonts.of(run, paragraph)) if not piece.isascii() else ""
        text += piece if is_unicode(piece) else decode(piece, encoding)
    return text


def _letters(element: Any) -> str:
    if _name(element) == "t":
        return element.text or ""
    return {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}.get(_name(element), "")


def _blocks(parent: Any) -> Iterator[Any]:
    """The children of *parent*, those wrapped in a content control among them."""
    for child in parent:
        if _name(child) == "sdt":
            content = _child(child, "sdtContent")
            yield from content if content is not None else ()
        else:
            yield child


def _span(properties: Any) -> int:
    text = _value(properties, "gridSpan")
    return min(max(int(text), 1), _MOST_SPAN) if text.isdecimal() else 1


def _goes_on(properties: Any) -> bool:
    merge = _child(properties, "vMerge")
    return merge is not None and _attribute(merge, "val") in ("", "continue")


def _font(properties: Any) -> str:
    """The font in run properties, or in what holds them."""
    holder = properties if properties is None or _name(properties) == "rPr" else None
    fonts = _child(holder, "rFonts")
    return _attribute(fonts, "ascii") or _attribute(fonts, "hAnsi") if fonts is not None else ""


def _value(parent: Any, name: str) -> str:
    child = _child(parent, name)
    return _attribute(child, "val") if child is not None else ""


def _child(parent: Any, name: str) -> Any:
    found = (child for child in parent if _name(child) == name) if parent is not None else iter(())
    return next(found, None)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Any, name: str) -> str:
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def _content(parts: zipfile.ZipFile, name: str) -> bytes:
    content = parts.read(name)
    refuse_declarations(content)
    if b"\x00" in content[:200]:
        # UTF-16 would hide declarations from the look above; Word writes UTF-8.
        raise Refused("entities")
    return content


def _tree(content: bytes) -> Any:
    from defusedxml import ElementTree  # noqa: PLC0415  after the memory limit

    return ElementTree.fromstring(content)
