"""Headings (tiêu đề cột): how units head the columns of a list, and what each stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from registry.intake.sheets import Cell
from registry.vietnamese import slug
from scoring.facts import Fact, FactType
from scoring.nodes import names
from scoring.pack import Pack
from scoring.rules import Criterion

CODE = "code"
HEADINGS: Mapping[str, tuple[str, ...]] = {
    CODE: ("Mã", "Mã số", "Mã hồ sơ", "Mã mô hình", "Mã số mô hình"),
    "name": ("Tên mô hình", "Tên mô hình, điển hình", "Mô hình", "Tên điển hình", "Tên"),
    "unit": ("Đơn vị đăng ký", "Đơn vị", "Tên đơn vị", "Đơn vị thực hiện"),
    "field": ("Lĩnh vực", "Thuộc lĩnh vực", "Lĩnh vực đăng ký"),
    "level": ("Cấp đăng ký", "Cấp"),
    "kind": ("Loại hình", "Tập thể/cá nhân", "Loại"),
    "host": ("Tổ chức chủ trì", "Đơn vị chủ trì", "Cơ quan chủ trì", "Chủ trì"),
    "person": ("Người phụ trách", "Họ và tên người phụ trách", "Họ tên người phụ trách"),
    "address": ("Địa chỉ thực hiện", "Địa chỉ", "Địa bàn thực hiện", "Địa điểm thực hiện"),
    "expected": ("Kết quả đăng ký", "Chỉ tiêu, kết quả", "Chỉ tiêu, kết quả đăng ký"),
    "started_on": ("Ngày bắt đầu", "Thời gian bắt đầu", "Ngày bắt đầu thực hiện"),
    "registered_on": ("Ngày đăng ký", "Thời gian đăng ký"),
}
"""Attributes of an entry and how units head their columns; the first wording is ours."""

NEEDED = (CODE, "name", "unit", "field", "level", "kind", "address", "started_on", "registered_on")
_ORNAMENTS = frozenset(map(slug, ("STT", "TT", "Số TT", "Số thứ tự")))
_MEMBER = re.compile(r"(uy-vien|thanh-vien|giam-khao|uv|tv)-[a-z0-9-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column and what it means; nothing set: nobody knows it."""

    index: int
    head: Cell
    attribute: str = ""
    fact: str = ""
    member: str = ""
    is_ornament: bool = False
    is_counted: bool = False
    """A fact the register counts itself: nobody types it."""

    @property
    def meaning(self) -> str:
        return self.attribute or self.fact or self.member


class Meanings:
    """What headings mean under a pack: its facts bring their own labels."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.attributes = {slug(h): name for name, heads in HEADINGS.items() for h in heads}
        self.facts: dict[str, str] = {}
        self.exact: dict[str, str] = {}
        self.counted: set[str] = set()
        for fact in pack.facts.values():
            if fact.register is not None:
                self.counted |= {slug(wording) for wording in (fact.label, fact.id, _bare(fact))}
            elif fact.entry:
                self.attributes.setdefault(slug(fact.label), fact.entry)
            elif fact.type is not FactType.MARKS:
                self.exact[fact.label.casefold()] = fact.id
                for wording in (fact.label, f"{fact.label} ({fact.unit})", fact.id, _bare(fact)):
                    self.facts.setdefault(slug(wording), fact.id)

    def column(self, index: int, head: Cell) -> Column:
        name = slug(head.text)
        if fact := self.exact.get(head.text.casefold()) or self.facts.get(name):
            return Column(index=index, head=head, fact=fact)
        if attribute := self.attributes.get(name):
            return Column(index=index, head=head, attribute=attribute)
        if _MEMBER.fullmatch(name):
            return Column(index=index, head=head, member=head.text)
        counted, ornament = name in self.counted, name in _ORNAMENTS
        return Column(index=index, head=head, is_ornament=ornament, is_counted=counted)


def _bare(fact: Fact) -> str:
    """The label without the unit in brackets behind it."""
    return re.sub(r"\s*\([^()]*\)$", "", fact.label)


def marks_fact(title: str, pack: Pack) -> str:
    """The fact a sheet of marks fills in: the only one there is, or the one in its title."""
    marks = [fact for fact in pack.facts.values() if fact.type is FactType.MARKS]
    if len(marks) > 1:
        marks = [fact for fact in marks if _is_named(fact, title, pack)]
    return marks[0].id if len(marks) == 1 else ""


def _is_named(fact: Fact, title: str, pack: Pack) -> bool:
    criteria = [leaf for leaf in pack.leaves() if fact.id in _facts_of(leaf)]
    wordings = [fact.id, fact.label, *(word for c in criteria for word in (c.id, c.label))]
    return any(f"-{slug(wording)}-" in f"-{slug(title)}-" for wording in wordings)


def _facts_of(leaf: Criterion) -> Iterator[str]:
    for branch in leaf.rule.branches if leaf.rule else ():
        for node in (branch.when, branch.points):
            yield from names(node) if node is not None else ()
