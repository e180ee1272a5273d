"""What a pack says, apart from how it says it (ý nghĩa của bộ quy tắc): its parts and a digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from scoring.nodes import Expression
from scoring.problems import Place
from scoring.rules import Constant, Criterion, Pack, Selection

Plain: TypeAlias = "bool | str | list[Plain] | dict[str, Plain] | None"

WORDING = frozenset(
    {"label", "basis", "general_basis", "title", "note", "unit", "document", "clause", "url"}
    | {"shape"}
)
"""Fields that are read by people only. A unit is shown after a number and never counted with; the
shape of a rule only words its reason, what it counts stands in its branches."""

_OWN = frozenset({"place", "start", "words", "digest", "version", "id", "on"})
"""Fields of a pack or a node that say where it stands or what it is called."""

_SECTIONS: Mapping[str, str] = {
    "facts": "số liệu",
    "constants": "hằng số",
    "not_yet": "hằng số chưa có giá trị",
    "derived": "số liệu tính ra",
    "peers": "số liệu của cụm",
    "gates": "điều kiện xét",
    "criteria": "tiêu chí",
    "bonus": "điểm thưởng",
    "penalty": "điểm phạt",
    "grades": "mức xếp loại",
    "vetoes": "loại trừ",
    "caps": "trần xếp loại",
    "overrides": "quyết định khác",
    "ranking": "xếp hạng",
    "selections": "xét chọn",
    "quotas": "chỉ tiêu",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One rule of a pack that can be named: a criterion, a gate, a quota, a fact …"""

    section: str
    """Its key in the pack: ``criteria``, ``gates``, ``quotas`` …"""
    id: str
    basis: str
    value: object
    group: str = ""
    """The group of criteria it is in."""

    @property
    def name(self) -> str:
        """As a sentence names it: by its own id, by its label, or by kind and id."""
        if self.section in ("criteria", "bonus", "penalty", "gates", "vetoes", "caps"):
            return self.id
        label = getattr(self.value, "label", "") if self.section in ("grades", "quotas") else ""
        return f"{'mức' if self.section == 'grades' and label else self.kind} {label or self.id}"

    @property
    def meaning(self) -> Plain:
        """What it counts, as plain data without its wording; equal data counts alike."""
        return [self.group, _plain(self.value, wording=False)]

    @property
    def whole(self) -> Plain:
        """The same with its wording."""
        return [self.group, whole_of(self.value)]

    @property
    def kind(self) -> str:
        """What it is called in Vietnamese: ``tiêu chí``, ``chỉ tiêu`` …"""
        return _SECTIONS.get(self.section, "bộ quy tắc")


def meaning_digest(pack: Pack) -> str:
    """SHA-256 over what *pack* counts: wordings, notes, bases and the version do not matter."""
    told = {f"{part.section} {part.id}": part.meaning for part in parts_of(pack)}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def whole_of(value: object) -> Plain:
    """*value* as plain data, wording included."""
    return _plain(value, wording=True)


def _plain(value: object, *, wording: bool) -> Plain:
    match value:
        case None | bool() | Place():
            return None if isinstance(value, Place) else value
        case Decimal() | Fraction() | int():
            return str(Fraction(value))
        case str():
            return value
        case dt.date():
            return value.isoformat()
        case Expression(text=text, node=node):
            return text if wording else _plain(node, wording=False)
        case Mapping():
            keys = [(str(key), one) for key, one in value.items()]
            # The text of a choice is read by people, its key by rules.
            only_words = all(isinstance(one, str) for _, one in keys) and not wording
            return {key: None if only_words else _plain(one, wording=wording) for key, one in keys}
        case tuple() | list():
            return [_plain(one, wording=wording) for one in value]
    if not is_dataclass(value):
        raise AssertionError(f"a pack holds no {type(value).__name__}")
    skipped = {"place", "start"} if wording else WORDING | {"place", "start"}
    told: dict[str, Plain] = {"": type(value).__name__}
    for field in fields(value):
        if field.name not in skipped:
            told[field.name] = _plain(getattr(value, field.name), wording=wording)
    return told


def parts_of(pack: Pack) -> Iterator[Part]:
    """Every rule of *pack* that can be named, in the pack's order.

    What the pack format gains later comes along: a field nobody knows here is a part of its own.
    The order counts where the first that holds decides: grades and overrides.
    """
    for field in fields(pack):
        if field.name in _OWN | WORDING:
            continue
        value = getattr(pack, field.name)
        if field.name in ("constants", "not_yet") and pack.on is not None:
            # On a day only the value in force counts, since whenever it holds.
            value = {id_: _on_the_day(one, field.name) for id_, one in value.items()}
        if isinstance(value, Mapping):
            yield from (_part(field.name, key, one) for key, one in value.items())
        elif isinstance(value, Criterion):
            yield from _criteria(field.name, value, "")
        elif field.name == "criteria":
            for one in value:
                yield from _criteria("criteria", one, "")
        elif field.name == "selections":
            for one in value:
                yield from _selection(one)
        elif isinstance(value, tuple):
            yield from (_part(field.name, one.id, one) for one in value)
        else:
            yield _part(field.name, field.name, value)
    for section in ("grades", "overrides"):
        order = tuple(one.id for one in getattr(pack, section, ()))
        yield Part(section=section, id="thứ tự", basis="", value=order)


def _on_the_day(constant: Constant, section: str) -> Constant:
    bare = replace(constant, values=(), since=None)
    return bare if section == "constants" else replace(bare, value=False)


def _criteria(section: str, criterion: Criterion, above: str) -> Iterator[Part]:
    """*criterion* and those under it, each without its parts but with the group it is in."""
    own = replace(criterion, parts=())
    yield Part(section=section, id=criterion.id, basis=criterion.basis, value=own, group=above)
    for part in criterion.parts:
        yield from _criteria(section, part, criterion.id)


def _selection(selection: Selection) -> Iterator[Part]:
    """A selection and its quotas; a quota goes by the fact whose groups it counts."""
    yield _part("selections", selection.id, replace(selection, quotas=()))
    met: dict[str, int] = {}
    for quota in selection.quotas:
        met[quota.per] = met.get(quota.per, 0) + 1
        again = f" {met[quota.per]}" if met[quota.per] > 1 else ""
        id_ = f"{selection.id}/{quota.per or 'tất cả'}{again}"
        yield _part("quotas", id_, quota)


def _part(section: str, id_: str, value: object) -> Part:
    basis = getattr(value, "basis", "")
    return Part(section=section, id=id_, basis=basis if isinstance(basis, str) else "", value=value)
