"""A pack as a regulation a person reads (quy định viết lại từ bộ quy tắc).

Each clause is marked by who scores it: máy chấm, người chấm, or chưa thực hiện when the pack's
note says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scoring.authoring.clauses import Mark, judged_by, notes_of, unmet_clauses
from scoring.authoring.prose import Block, Clause, Heading, Paragraph, Regulation, Table
from scoring.authoring.regulation_criteria import criterion_blocks, group_blocks, lowered, raised
from scoring.dated import missing_words
from scoring.facts import Fact, FactType
from scoring.nodes import Name, Node
from scoring.numbers import format_number, with_unit
from scoring.rules import Constant, Criterion, Pack, Quota, Selection
from scoring.sheet import Value
from scoring.wording import worded

_ASKS = {
    "register": "Phiếu đăng ký",
    "report": "Báo cáo",
    "appraise": "Người thẩm định",
    "council": "Hội đồng",
}
_TYPES = {
    FactType.INTEGER: "số nguyên",
    FactType.DECIMAL: "số",
    FactType.YES_NO: "có/không",
    FactType.DATE: "ngày",
    FactType.TEXT: "chữ",
    FactType.MARKS: "phiếu chấm",
}
_TAKES = {"mean": "trung bình", "max": "cao nhất", "min": "thấp nhất", "sum": "tổng", "count": "số"}
_ROUNDS = {"down": "làm tròn xuống", "up": "làm tròn lên", "half-up": "nửa thì làm tròn lên"}


def regulation_of(pack: Pack, files: Mapping[str, str]) -> Regulation:
    """*pack*, read from *files*, whose notes are part of what a reader needs."""
    return Regulation(
        title=pack.title,
        version=pack.version,
        digest=pack.digest,
        blocks=tuple(_Words(pack, notes_of(files)).blocks()),
    )


class _Words:
    """Words for one pack; headings are numbered as they come."""

    def __init__(self, pack: Pack, notes: Mapping[str, str]) -> None:
        self.pack, self.notes = pack, notes
        self.sections = 0

    def blocks(self) -> Iterator[Block]:
        pack = self.pack
        yield from self.basis()
        yield self.section("Số liệu")
        yield self.facts()
        if pack.constants or pack.not_yet or pack.derived or pack.peers:
            yield self.section("Giá trị ấn định và số tính được")
            yield from self.values()
        if pack.gates:
            yield self.section("Điều kiện xét")
            yield Paragraph("Thiếu một điều kiện thì không xét.")
            for gate in pack.gates:
                text = f"{gate.id}. {gate.label}: {self.words(gate.when.node)}"
                yield self.clause(text, gate.basis, gate.when.node)
        yield self.section("Tiêu chí và điểm")
        yield from (block for one in pack.criteria for block in self.criterion(one))
        for block in (pack.bonus, pack.penalty):
            if block.parts:
                yield self.section(block.label)
                yield from group_blocks(block, pack, self.notes)
                yield from (found for part in block.parts for found in self.criterion(part))
        yield from self.grades()
        yield from self.ranking()
        for selection in pack.selections:
            yield from self.selection(selection)
        missing = unmet_clauses(self.notes)
        if missing:
            yield self.section("Điều khoản chưa thực hiện")
            yield from (Clause(text, Mark.MISSING) for text in missing)

    def section(self, title: str) -> Heading:
        self.sections += 1
        return Heading(f"{self.sections}. {title}")

    def words(self, node: Node) -> str:
        return worded(node, self.pack)

    def criterion(self, one: Criterion) -> Iterator[Block]:
        return criterion_blocks(one, 3, self.pack, self.notes)

    def clause(self, text: str, basis: str, *nodes: Node, depth: int = 0) -> Clause:
        return Clause(text, judged_by(nodes, self.pack), basis, depth)

    # Head -----------------------------------------------------------------------------------------

    def basis(self) -> Iterator[Block]:
        pack = self.pack
        if note := self.notes.get(""):
            yield from (Paragraph(line) for line in note.split("\n") if line.strip())
        for one in pack.basis:
            told = ", ".join(part for part in (one.document, one.clause, one.url) if part)
            yield Paragraph(f"Căn cứ: {told}.")
        until = f" đến {pack.effective_to:%d/%m/%Y}" if pack.effective_to else ""
        yield Paragraph(f"Áp dụng từ {pack.effective_from:%d/%m/%Y}{until}.")
        if pack.on is not None:
            yield Paragraph(f"Viết theo các giá trị có hiệu lực ngày {pack.on:%d/%m/%Y}.")
        if pack.total_quantum is not None:
            rest = f"; tổng điểm làm tròn đến {format_number(pack.total_quantum)}"
        else:
            rest = ""
        quantum = format_number(pack.quantum)
        yield Paragraph(f"Mỗi tiêu chí làm tròn đến {quantum} điểm, nửa thì làm tròn lên{rest}.")
        marks = f"“{Mark.MACHINE}”, “{Mark.PEOPLE}”, “{Mark.MISSING}”"
        yield Paragraph(f"Mỗi điểm ghi rõ ai chấm: {marks}.")

    def facts(self) -> Table:
        rows = tuple(
            (fact.label, self.fact_type(fact), fact.unit, _asked(fact))
            for fact in self.pack.facts.values()
        )
        return Table(("Số liệu", "Loại", "Đơn vị", "Ai ghi"), rows)

    def fact_type(self, fact: Fact) -> str:
        if fact.type is FactType.CHOICE:
            return "; ".join(fact.choices.values())
        ends = [
            f"{word} {format_number(end)}"
            for word, end in (("từ", fact.minimum), ("đến", fact.maximum))
            if end is not None
        ]
        tail = f", {' '.join(ends)}" if ends else ""
        return f"{_TYPES[fact.type]}{tail}{', được để trống' if fact.optional else ''}"

    def values(self) -> Iterator[Block]:
        for id_ in self.pack.words:
            if id_ in self.pack.not_yet:
                missing = self.pack.not_yet[id_]
                text = f"{raised(missing.label)}: {missing_words(id_, self.pack)}"
                yield Clause(text, None, missing.general_basis)
            elif id_ in self.pack.constants:
                yield from self.constant(self.pack.constants[id_])
        for derived in self.pack.derived.values():
            unit = f" ({derived.unit})" if derived.unit else ""
            text = f"{raised(derived.label)}{unit}: {self.words(derived.value.node)}"
            yield self.clause(text, derived.basis, derived.value.node)
        for peer in self.pack.peers.values():
            per = f" trong cùng {self.label(peer.per).casefold()}" if peer.per else ""
            text = f"{raised(peer.label)}: {_TAKES[peer.take]} của {self.words(peer.of.node)}{per}"
            yield self.clause(text, peer.basis, peer.of.node)

    def constant(self, one: Constant) -> Iterator[Block]:
        """One value, or every value by date, the one in force alone when a day is given."""
        if not one.values:
            yield Clause(f"{raised(one.label)}: {_amount(one.value, one.unit)}", None, one.basis)
        elif self.pack.on is not None and one.since is not None:
            shown = f"{_amount(one.value, one.unit)} (từ {one.since:%d/%m/%Y})"
            yield Clause(f"{raised(one.label)}: {shown}", None, one.basis)
        else:
            yield Clause(f"{raised(one.label)}, theo từng thời gian", None, one.general_basis)
            for value in one.values:
                text = f"Từ {value.since:%d/%m/%Y}: {_amount(value.value, one.unit)}"
                yield Clause(text, None, value.basis, 1)

    def label(self, fact_id: str) -> str:
        return self.pack.facts[fact_id].label

    # Verdicts -------------------------------------------------------------------------------------

    def grades(self) -> Iterator[Block]:
        pack = self.pack
        yield self.section("Xếp loại")
        if pack.rescale is not None:
            scale = format_number(pack.rescale)
            yield Paragraph(f"Có tiêu chí không áp dụng thì quy điểm về thang {scale}.")
        for grade in pack.grades:
            if grade.when is None:
                yield Clause(f"{grade.label}: các trường hợp còn lại", None, grade.basis)
            else:
                text = f"{grade.label}: {self.words(grade.when.node)}"
                yield self.clause(text, grade.basis, grade.when.node)
        for title, found, verb in (
            ("Trần xếp loại", pack.caps, "cao nhất là"),
            ("Loại trừ", pack.vetoes, "xếp"),
            ("Quyết định khác", pack.overrides, "xếp"),
        ):
            if found:
                yield self.section(title)
            for one in found:
                to = f"{verb} {self.grade_names([one.grade])}"
                text = f"{one.id}. {one.label}: {to} (khi {self.words(one.when.node)})"
                yield self.clause(text, one.basis, one.when.node)

    def ranking(self) -> Iterator[Block]:
        ranking = self.pack.ranking
        if not ranking.order:
            return
        yield self.section("Xếp hạng")
        order = ", ".join(self.ordered(key.value.node, key.label) for key in ranking.order)
        ends = {"vote": "hội đồng bỏ phiếu", "chair": "người chủ trì quyết định"}
        yield Clause(
            f"Xếp những hồ sơ xếp loại {self.grade_names(ranking.among)}; so lần lượt: {order}. "
            f"Vẫn ngang nhau thì {ends.get(ranking.then, ranking.then)}",
            None,
            ranking.basis,
        )

    def ordered(self, node: Node, label: str) -> str:
        return lowered(self.words(node) if isinstance(node, Name) else label)

    def grade_names(self, grades: Iterable[str]) -> str:
        found = (self.pack.grade(one) for one in grades)
        return ", ".join(grade.label for grade in found if grade)

    def selection(self, one: Selection) -> Iterator[Block]:
        yield self.section(one.label)
        text = f"Chọn trong những hồ sơ xếp loại {self.grade_names(one.among)}"
        others = [other.label for other in self.pack.selections if other.id in one.excluding]
        text += f", trừ hồ sơ đã được chọn ở: {', '.join(others)}" if others else ""
        nodes = [one.require.node] if one.require else []
        text += f", với điều kiện {self.words(one.require.node)}" if one.require else ""
        yield self.clause(text, one.basis, *nodes)
        if one.order:
            order = ", ".join(self.ordered(key.value.node, key.label) for key in one.order)
            yield Clause(f"Thứ tự riêng: {order}", depth=1)
        yield from (Clause(self.quota(quota), None, quota.basis, 1) for quota in one.quotas)

    def quota(self, quota: Quota) -> str:
        label = raised(quota.label)
        if quota.share is not None:
            of = self.grade_names(quota.share.of)
            whom = f"số hồ sơ xếp loại {of}" if of else "số hồ sơ được xét"
            percent = self.words(quota.share.percent.node)
            size = f"{percent}% {whom}, {_ROUNDS[quota.share.rounding]}"
        else:
            size = self.words(quota.most.node) if quota.most else ""
        per = f" mỗi {self.label(quota.per).casefold()}" if quota.per else ""
        only = f", chỉ tính khi {self.words(quota.only.node)}" if quota.only else ""
        return f"Chỉ tiêu: {label} (nhiều nhất {size}{per}{only})"


def _asked(fact: Fact) -> str:
    """Who fills it in, or what it is counted from."""
    return f"Máy lấy từ sổ: {fact.register.words}" if fact.register else _ASKS[fact.ask]


def _amount(value: Value, unit: str) -> str:
    told = f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else _plain(value)
    return with_unit(told, unit)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return format_number(value)
