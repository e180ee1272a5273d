"""What changed in the rules between two packs (quy tắc đổi gì): before → after, by id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum

from scoring.comparing.meaning import WORDING, Part, parts_of, whole_of
from scoring.facts import FromRegister
from scoring.nodes import Expression, Literal
from scoring.numbers import format_number
from scoring.rules import Branch, OrderKey, Pack, Rule
from scoring.wording import worded


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """One rule that is not the same in two packs (quy tắc đổi)."""

    section: str
    kind: str
    id: str
    basis: str
    before: tuple[str, ...]
    """What the first pack says and the second does not; empty: the rule is new."""
    after: tuple[str, ...]
    wording: bool = False
    """Only words differ: labels, notes, bases, units."""

    def text(self) -> str:
        """``chỉ tiêu bieu-duong/linh_vuc (Điều 7): nhiều nhất 4 → nhiều nhất 3``."""
        where = f"{self.kind} {self.id}" + (f" ({self.basis})" if self.basis else "")
        before, after = "; ".join(self.before), "; ".join(self.after)
        if not self.before:
            return f"{where}: thêm mới: {after}"
        return f"{where}: {before} → {after}" if self.after else f"{where}: bỏ: {before}"


class Difference(StrEnum):
    """How far two packs differ (mức khác nhau)."""

    NONE = "same"
    WORDING = "wording"
    RULES = "rules"


def difference_of(changes: tuple[RuleChange, ...]) -> Difference:
    """The farthest of *changes*."""
    if not changes:
        return Difference.NONE
    return Difference.WORDING if all(one.wording for one in changes) else Difference.RULES


def rule_changes(before: Pack, after: Pack) -> tuple[RuleChange, ...]:
    """Every rule that differs, in the order of the packs; those that differ in words come last."""
    old = {(part.section, part.id): part for part in parts_of(before)}
    new = {(part.section, part.id): part for part in parts_of(after)}
    found = []
    for key in dict.fromkeys((*old, *new)):
        change = _change(old.get(key), new.get(key), before, after)
        if change is not None:
            found.append(change)
    found += _titles(before, after)
    return tuple(sorted(found, key=lambda one: one.wording))


def _titles(before: Pack, after: Pack) -> Iterator[RuleChange]:
    for name, kind in (("title", "tên"), ("basis", "căn cứ")):
        if whole_of(getattr(before, name)) != whole_of(getattr(after, name)):
            yield RuleChange(
                section="pack",
                kind="bộ quy tắc",
                id=kind,
                basis="",
                before=tuple(_pieces(name, getattr(before, name), before)),
                after=tuple(_pieces(name, getattr(after, name), after)),
                wording=True,
            )


def _change(old: Part | None, new: Part | None, before: Pack, after: Pack) -> RuleChange | None:
    part = new or old
    assert part is not None  # noqa: S101 (the key stands in one of the packs)
    if old is None or new is None:
        return RuleChange(
            section=part.section,
            kind=part.kind,
            id=part.id,
            basis=part.basis,
            before=_said(old, before),
            after=_said(new, after),
        )
    wording = old.meaning == new.meaning
    if wording and old.whole == new.whole:
        return None
    said = (_words(old), _words(new)) if wording else (_said(old, before), _said(new, after))
    if said[0] == said[1]:
        said = (_bare(old), _bare(new))
    return RuleChange(
        section=part.section,
        kind=part.kind,
        id=part.id,
        basis=part.basis,
        before=tuple(one for one in said[0] if one not in said[1]) or ("(không ghi)",),
        after=tuple(one for one in said[1] if one not in said[0]) or ("(không ghi)",),
        wording=wording,
    )


_KEYS: Mapping[str, str] = {
    "maximum": "tối đa",
    "minimum": "tối thiểu",
    "when": "khi",
    "require": "điều kiện",
    "among": "các mức",
    "most": "nhiều nhất",
    "per": "theo",
    "only": "chỉ tính",
    "grade": "mức",
    "value": "giá trị",
    "since": "từ",
    "values": "giá trị theo ngày:",
    "order": "thứ tự",
    "then": "ngang nhau thì",
    "type": "kiểu",
    "step": "bước",
    "choices": "lựa chọn",
    "ask": "người ghi",
    "entry": "lấy từ hồ sơ",
    "register": "lấy từ sổ:",
    "optional": "được để trống",
    "applies": "áp dụng khi",
    "scale": "hệ số",
    "percent": "tỷ lệ %",
    "rounding": "làm tròn",
    "effective_from": "hiệu lực từ",
    "effective_to": "hiệu lực đến",
    "quantum": "làm tròn đến",
    "label": "tên",
    "basis": "căn cứ",
    "unit": "đơn vị",
}


def _said(part: Part | None, pack: Pack) -> tuple[str, ...]:
    """What a rule says, in pieces that can be held against another's."""
    if part is None:
        return ()
    value = part.value
    pieces = [f"thuộc {part.group}"] if part.group else []
    if is_dataclass(value):
        for field in fields(value):
            if field.name not in WORDING and field.name not in ("id", "place"):
                pieces += _pieces(field.name, getattr(value, field.name), pack)
    else:
        pieces += _pieces(part.id, value, pack)
    return tuple(pieces) or ("(không có điều kiện)",)


def _words(part: Part) -> tuple[str, ...]:
    value = part.value
    found = [
        f"{_KEYS.get(name, name)} “{text}”"
        for name in ("label", "basis", "unit")
        if (text := getattr(value, name, ""))
    ]
    rule = getattr(value, "rule", None)
    if rule is not None:
        found += [f"“{branch.label}”" for branch in rule.branches if branch.label]
    return (*found, *(f"“{text}”" for text in dict(getattr(value, "choices", {})).values()))


def _bare(part: Part) -> tuple[str, ...]:
    """The last resort, when both are worded alike and yet do not count alike."""
    return (str(part.meaning),)


def _pieces(name: str, value: object, pack: Pack) -> list[str]:
    key = _KEYS.get(name, name)
    if isinstance(value, Rule):
        return _rule(value, pack)
    if value is None or value is False or value in ("", ()):
        return []
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return [f"{key}: {', '.join(value)}"]
    return [f"{key} {_shown(value)}"]


def _rule(rule: Rule, pack: Pack) -> list[str]:
    measured = [f"tính theo {rule.measure.text}"] if rule.measure else []
    return measured + [branch_text(rule, branch, pack) for branch in rule.branches]


def branch_text(rule: Rule, branch: Branch, pack: Pack) -> str:
    """``từ 85 đến dưới 95%: 10 điểm``."""
    when = branch.label or (worded(branch.when, pack) if branch.when else "còn lại")
    if branch.points is None:
        return when
    if isinstance(branch.points, Literal):
        return f"{when}: {worded(branch.points, pack)} điểm"
    written = rule.shape in ("branches", "points")
    return f"{when}: {worded(branch.points, pack)}" if written else when


def _shown(value: object) -> str:
    match value:
        case Expression(text=text):
            return text
        case bool():
            return "có" if value else "không"
        case Decimal() | int():
            return format_number(value, 9)
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case str():
            return value
        case FromRegister():
            return value.words
        case OrderKey(value=expression):
            return expression.text
        case Mapping():
            return ", ".join(map(str, value))
        case tuple():
            return "; ".join(map(_shown, value))
    if not is_dataclass(value):
        return str(value)
    told = ((field.name, getattr(value, field.name)) for field in fields(value))
    return ", ".join(
        _shown(one) if isinstance(one, str) else f"{_KEYS.get(name, name)} {_shown(one)}"
        for name, one in told
        if name != "place" and one not in (None, "", ())
    )
