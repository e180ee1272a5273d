"""YAML text to plain values that remember where each of them stood.

Only the part of YAML a rule author needs is read: no anchors, no tags, no duplicate keys, one
document. Numbers with a point are exact decimals; ``yes``/``no``/``on`` stay words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

import yaml

from scoring.problems import PackError, Place, Problem, ProblemList

Path: TypeAlias = tuple[str | int, ...]

MOST_CHARACTERS = 256 * 1024
MOST_NODES = 50_000
MOST_DEPTH = 24
MOST_ITEMS = 1_000
"""In one list or mapping: three times what the longest regulation has."""
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
# Characters nobody can see: a label or an id that carries one reads differently from what it is.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
# What YAML itself refuses, found first: libyaml names neither the line nor, for lone surrogates,
# a YAML error at all.
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Written:
    """Text as it stands in the file, between quotes or over several lines."""

    raw: str
    style: str

    def position(self, text: str, offset: int) -> tuple[int, int]:
        """Row and column, from 0, where character *offset* of the *text* read from this stands."""
        at = self.raw.find("\n") + 1 if self.style in ("|", ">") else len(self.style)
        for sign in text[:offset]:
            at = self._find(sign, at) + 1 if not sign.isspace() else at
        if offset < len(text) and not text[offset].isspace():
            at = self._find(text[offset], at)
        row = self.raw.count("\n", 0, at)
        return row, at - (self.raw.rfind("\n", 0, at) + 1)

    def _find(self, sign: str, start: int) -> int:
        """Folding and escapes only ever put characters in between."""
        found = self.raw.find(sign, start)
        return start if found < 0 else found


@dataclass(frozen=True, slots=True)
class Source:
    """Plain values of one or several YAML files, and the place of each by its path."""

    value: Any
    places: Mapping[Path, Place] = field(default_factory=dict)
    keys: Mapping[Path, Place] = field(default_factory=dict)
    written: Mapping[Path, Written] = field(default_factory=dict)
    """Quoted and multi-line texts as they stand in the file."""

    def place(self, path: Path) -> Place:
        """Where the value at *path* stands, or the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place("?"))

    def key_place(self, path: Path) -> Place:
        """Where the key of *path* stands."""
        return self.keys.get(path) or self.place(path)

    def place_in(self, path: Path, text: str, offset: int) -> Place:
        """Where character *offset* of the text at *path* stands in the file."""
        start = self.place(path)
        written = self.written.get(path)
        if written is None:
            return Place(start.file, start.line, start.column + offset)
        row, column = written.position(text, offset)
        return Place(start.file, start.line + row, column + 1 + (0 if row else start.column - 1))


def read_source(text: str, *, file: str) -> Source:
    """Read one YAML file. Raises PackError with every structural fault found."""
    if len(text) > MOST_CHARACTERS:
        most = f"{MOST_CHARACTERS:,}".replace(",", ".")
        message = f"Tệp dài quá {most} ký tự."
        _refuse(Place(file), "too-large", message, "Tách ra nhiều tệp trong criteria/, tests/.")
    if unreadable := _UNREADABLE.search(text):
        _refuse(
            _place_at(text, unreadable.start(), file),
            "yaml",
            f"Có ký tự không dùng được U+{ord(unreadable[0]):04X}.",
            "Xóa đi rồi gõ lại chữ.",
        )
    reader = _Reader(text, file)
    try:
        value = reader.read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        _refuse(place, "yaml", *_syntax_words(error))
    if reader.problems:
        raise PackError(tuple(reader.problems))
    return Source(value, reader.places, reader.keys, reader.written)


def _place_at(text: str, index: int, file: str) -> Place:
    line = text.count("\n", 0, index)
    return Place(file, line + 1, index - (text.rfind("\n", 0, index) + 1) + 1)


def _refuse(place: Place, code: str, message: str, hint: str = "") -> None:
    raise PackError((Problem(place, code, message, hint),))


def _syntax_words(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    """What PyYAML complains of, in words an author can act on."""
    said = error.problem or ""
    for piece, message, hint in (
        (
            "mapping values are not allowed",
            "Có hai dấu “:” trên một dòng.",
            "Đặt cả câu trong dấu nháy.",
        ),
        (
            "cannot start any token",
            "Ký tự này không được đứng đầu dòng (có thể là phím Tab).",
            "Thụt dòng bằng dấu cách; câu bắt đầu bằng @ % ` thì đặt trong dấu nháy.",
        ),
        (
            "tab character",
            "Dòng này thụt vào bằng phím Tab.",
            "Thụt dòng bằng dấu cách.",
        ),
        (
            "did not find expected key",
            "Dòng này không thẳng hàng với các khóa phía trên.",
            "Kiểm tra số dấu cách ở đầu dòng.",
        ),
        ("found unexpected end of stream", "Thiếu dấu nháy đóng hoặc dấu ngoặc đóng.", ""),
        ("could not find expected ':'", "Thiếu dấu “:” sau khóa.", "Viết “khóa: giá trị”."),
        ("expected ',' or", "Thiếu dấu phẩy hoặc dấu ngoặc đóng.", ""),
    ):
        if piece in said:
            return message, hint
    return f"Không đọc được YAML ở chỗ này ({said}).", "Kiểm tra thụt dòng, dấu “:” và dấu nháy."


class _Reader:
    """Builds values from the stream of events; stops at limits, collects everything else."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.problems = ProblemList()
        # An empty file still has a place to complain about.
        self.places: dict[Path, Place] = {(): Place(file)}
        self.keys: dict[Path, Place] = {}
        self.written: dict[Path, Written] = {}
        self.nodes = 0

    def read(self) -> Any:
        self.events = iter(yaml.parse(self.text, Loader=LOADER))
        value: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problem(
                        event, "documents", "Mỗi tệp chỉ có một tài liệu YAML; bỏ dòng “---”."
                    )
            elif isinstance(event, yaml.NodeEvent):
                read = self.node(event, (), 0)
                value = read if documents == 1 else value
        return value

    def problem(self, event: Any, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.at(event), code, message, hint))

    def at(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def node(self, event: Any, path: Path, depth: int) -> Any:
        self.nodes += 1
        if depth > MOST_DEPTH or self.nodes > MOST_NODES:
            message = f"Tệp lồng quá {MOST_DEPTH} tầng hoặc có quá 50.000 mục."
            _refuse(self.at(event), "too-deep", message, "Viết phẳng hơn, tách ra nhiều tệp.")
        self.places[path] = self.at(event)
        if getattr(event, "anchor", None) is not None:
            self.problem(
                event,
                "anchor",
                "Không dùng neo (&…, *…) trong bộ quy tắc.",
                "Viết lại giá trị tại chỗ.",
            )
        if getattr(event, "tag", None) is not None:
            self.problem(
                event,
                "tag",
                f"Không dùng nhãn kiểu “{event.tag}”.",
                "Bỏ nhãn, viết giá trị bình thường.",
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth)
        return self.scalar(event, path) if isinstance(event, yaml.ScalarEvent) else None

    def mapping(self, path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self.problem(event, "key", "Khóa phải là một từ.")
                self.node(event, (*path, "?"), depth + 1)
                self.node(next(self.events), (*path, "?"), depth + 1)
                continue
            key = str(event.value)
            self.check_visible(event)
            here = (*path, key)
            if key in found:
                self.problem(
                    event,
                    "duplicate-key",
                    f"Khóa “{key}” viết hai lần.",
                    f"Lần đầu ở {self.keys[here]}; giữ một.",
                )
                self.node(next(self.events), (*path, "?"), depth + 1)
                continue
            self.keys[here] = self.at(event)
            self.check_room(event, len(found))
            found[key] = self.node(next(self.events), here, depth + 1)
        return found

    def sequence(self, path: Path, depth: int) -> list[Any]:
        found: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            self.check_room(event, len(found))
            found.append(self.node(event, (*path, len(found)), depth + 1))
        return found

    def check_room(self, event: Any, count: int) -> None:
        if count >= MOST_ITEMS:
            message = "Một danh sách hay nhóm khóa có nhiều nhất 1.000 mục; đây là mục thứ 1.001."
            _refuse(self.at(event), "too-many", message, "Chia thành nhiều nhóm, nhiều tệp.")

    def scalar(self, event: Any, path: Path) -> Any:
        self.check_visible(event)
        start, end = event.start_mark, event.end_mark
        if not event.style and start.line == end.line:
            return self.plain(event)
        self.written[path] = Written(self.text[start.index : end.index], event.style or "")
        return event.value

    def check_visible(self, event: Any) -> None:
        if hidden := _INVISIBLE.search(event.value):
            self.problem(
                event, "invisible", f"Có ký tự ẩn U+{ord(hidden[0]):04X}.", "Xóa đi rồi gõ lại chữ."
            )

    def plain(self, event: Any) -> Any:
        word = event.value
        if word in _WORDS:
            return _WORDS[word]
        if _INTEGER.fullmatch(word):
            return int(word)
        if _DECIMAL.fullmatch(word):
            return Decimal(word)
        if _DATE.fullmatch(word):
            try:
                return dt.date.fromisoformat(word)
            except ValueError:
                self.problem(
                    event,
                    "date",
                    f"Không có ngày {word}.",
                    "Viết năm-tháng-ngày, ví dụ 2018-03-31.",
                )
        return word
