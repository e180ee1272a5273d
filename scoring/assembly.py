"""Puts a Pack together from its checked file: names, types and totals, all faults collected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from scoring.declarations import (
    CASE_WORDS,
    KINDS,
    LANGUAGE_WORDS,
    RANK_WORDS,
    SCORES,
    constant_faults,
    constant_of,
    fact_faults,
    fact_of,
    out_of_reach,
    score_names,
    scores_of_criterion,
    wrong_sum,
)
from scoring.facts import Fact, FactType
from scoring.language import Word, check, meant
from scoring.nodes import Expression, Kind
from scoring.pages import NO_WORDS
from scoring.problems import PackError, Problem, ProblemList
from scoring.rules import (
    Constant,
    Criterion,
    Derived,
    LegalBasis,
    Needs,
    Pack,
    Peer,
    Rule,
)
from scoring.schema import (
    SHAPES,
    BlockFile,
    CriterionFile,
    FactFile,
    PackFile,
)
from scoring.shapes import READERS
from scoring.source import Path, Source
from scoring.verdicts import (
    read_gates,
    read_grades,
    read_overrides,
    read_ranking,
    read_selection,
)
from scoring.weights import TOO_DEEP, TOO_LONG, Weights


class Assembly:
    """One pack being put together; ``problems`` fills as faults are met."""

    def __init__(self, file: PackFile, source: Source) -> None:
        self.file, self.source = file, source
        self.problems = ProblemList()
        self.weights = Weights()
        self.facts: dict[str, Fact] = {}
        self.words: dict[str, Word] = {}
        self.ids: dict[str, Path] = {}
        self.score_words: dict[str, Word] = {}

    def problem(self, path: Path, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.source.place(path), code, message, hint))

    def expression(
        self,
        path: Path,
        text: str,
        wanted: Kind,
        *,
        measured: bool = False,
        more: Mapping[str, Word] = NO_WORDS,
    ) -> Expression | None:
        if self.weights.too_long(text):
            self.problem(path, "too-many", *TOO_LONG)
            raise PackError(tuple(self.problems))
        words = {**self.words, **self.score_words, **more} if measured else self.words
        found, faults = check(text, words, wanted=wanted)
        for fault in faults:
            place = self.source.place_in(path, text, fault.offset)
            scores = score_names(self.file.criteria)
            hint = out_of_reach(text, fault, self.file.derived, scores) or fault.hint
            self.problems.append(Problem(place, fault.code, fault.message, hint))
        place = self.source.place(path)
        return found and Expression(found.text, found.node, found.kind, place)

    def fact_of_type(self, path: Path, name: str, wanted: FactType) -> Fact | None:
        fact = self.facts.get(name)
        if fact is None:
            self.problem(path, "name", f"Không có số liệu “{name}”.", meant(name, self.facts))
        elif fact.type is not wanted:
            self.problem(path, "type", f"“{name}” phải có type: {wanted}, đang là {fact.type}.")
        return fact if fact is not None and fact.type is wanted else None

    # The pack ---------------------------------------------------------------------------------

    def pack(self, digest: str) -> Pack:
        file = self.file
        for id_, fact in file.facts.items():
            self._fact(id_, fact)
        constants = {id_: self._constant(id_) for id_ in file.constants}
        derived = {id_: one for id_ in file.derived if (one := self._derived(id_)) is not None}
        peers = self._peers()
        gates = read_gates(self, file.gates)
        criteria = self._criteria(file.criteria, ("criteria",))
        blocks = [self._block(getattr(file, key), key) for key in ("bonus", "penalty")]
        self._name_scores(criteria)
        grades = read_grades(self)
        if file.effective.to and file.effective.to < file.effective.from_:
            self.problem(
                ("effective", "to"), "dates", "Ngày hết hiệu lực đứng trước ngày có hiệu lực."
            )
        return Pack(
            id=file.id,
            version=file.version,
            title=file.title,
            digest=digest,
            basis=tuple(LegalBasis(**one.model_dump()) for one in file.basis),
            effective_from=file.effective.from_,
            effective_to=file.effective.to,
            quantum=file.rounding.criterion,
            total_quantum=file.rounding.total,
            rescale=file.rescale.to if file.rescale else None,
            facts=MappingProxyType(self.facts),
            constants=MappingProxyType(constants),
            derived=MappingProxyType(derived),
            peers=MappingProxyType(peers),
            gates=gates,
            criteria=criteria,
            bonus=blocks[0],
            penalty=blocks[1],
            grades=grades,
            vetoes=read_overrides(self, file.veto, "veto"),
            caps=read_overrides(self, file.caps, "caps"),
            overrides=read_overrides(self, file.overrides, "overrides"),
            ranking=read_ranking(self),
            selections=tuple(
                read_selection(self, one, at) for at, one in enumerate(file.selections)
            ),
            words=MappingProxyType({**self.words, **self.score_words, **RANK_WORDS}),
        )

    def _new_name(self, path: Path, name: str) -> None:
        place = self.source.key_place(path)
        if name in LANGUAGE_WORDS or name in SCORES or name in RANK_WORDS:
            message = f"“{name}” là từ của ngôn ngữ quy tắc."
            self.problems.append(Problem(place, "reserved", message, "Đặt tên khác."))
        if name in self.words:
            message = f"Tên “{name}” đã dùng cho một số liệu khác."
            self.problems.append(Problem(place, "duplicate", message, "Đặt tên khác."))

    def _fact(self, id_: str, file: FactFile) -> None:
        path: Path = ("facts", id_)
        self._new_name(path, id_)
        for key, code, message, hint in fact_faults(file):
            self.problem((*path, key), code, message, hint)
        fact = fact_of(id_, file, self.source.key_place(path))
        self.facts[id_] = fact
        self.words[id_] = Word(KINDS[fact.type], fact.label, fact.choices, fact.optional)

    def _constant(self, id_: str) -> Constant:
        path: Path = ("constants", id_)
        self._new_name(path, id_)
        for below, code, message, hint in constant_faults(self.file.constants[id_]):
            self.problem((*path, *below), code, message, hint)
        constant, kind = constant_of(id_, self.file.constants[id_])
        self.words[id_] = Word(kind, constant.label)
        return constant

    def _derived(self, id_: str) -> Derived | None:
        """A derived value may read facts, constants and the derived values written above it."""
        file = self.file.derived[id_]
        path: Path = ("derived", id_)
        self._new_name(path, id_)
        value = self.expression((*path, "value"), file.value, Kind.NUMBER)
        if value is not None and self.weights.too_deep(id_, value.node):
            self.problem(path, "too-deep", *TOO_DEEP)
            raise PackError(tuple(self.problems))
        self.words[id_] = Word(Kind.NUMBER, file.label)
        if value is None:
            return None
        return Derived(id=id_, label=file.label, value=value, unit=file.unit, basis=file.basis)

    def _peers(self) -> dict[str, Peer]:
        """Values of the peer group read facts, constants and derived values, not each other."""
        read = {
            id_: self.expression(("peers", id_, "of"), file.of, Kind.NUMBER)
            for id_, file in self.file.peers.items()
        }
        found = {}
        for id_, file in self.file.peers.items():
            path: Path = ("peers", id_)
            self._new_name(path, id_)
            self.words[id_] = Word(Kind.NUMBER, file.label)
            if file.per and file.per not in self.facts:
                hint = meant(file.per, self.facts)
                self.problem((*path, "per"), "name", f"Không có số liệu “{file.per}”.", hint)
            if (of := read[id_]) is not None:
                told = file.model_dump(exclude={"of", "per"})
                found[id_] = Peer(id=id_, of=of, per=file.per or "", **told)
        return found

    # Criteria ---------------------------------------------------------------------------------

    def _criteria(self, files: Iterable[CriterionFile], path: Path) -> tuple[Criterion, ...]:
        return tuple(self._criterion(file, (*path, at)) for at, file in enumerate(files))

    def _criterion(self, file: CriterionFile, path: Path) -> Criterion:
        self.new_id(file.id, path)
        shapes = [shape for shape in SHAPES if getattr(file, shape) is not None]
        rule: Rule | None = None
        if bool(file.parts) + len(shapes) != 1:
            shown = ", ".join([*shapes, *(["parts"] if file.parts else [])]) or "chưa có gì"
            self.problem(
                path,
                "shape",
                f"Tiêu chí {file.id} cần đúng một cách cho điểm (đang có: {shown}).",
                f"Dùng parts cho nhóm, hoặc một trong: {', '.join(SHAPES)}.",
            )
        elif shapes:
            rule = READERS[shapes[0]](getattr(file, shapes[0]), (*path, shapes[0]), self)
        parts = self._criteria(file.parts, (*path, "parts"))
        if wrong := wrong_sum(file, parts):
            self.problem((*path, "max"), "max-sum", wrong, "Sửa một trong hai cho khớp văn bản.")
        for key in ("needs", "scale") if file.parts else ("take",):
            if key in file.model_fields_set:
                where = "tiêu chí có điểm" if file.parts else "nhóm (parts)"
                self.problem((*path, key), "misplaced", f"“{key}” chỉ dùng cho {where}.", "Bỏ đi.")
        return Criterion(
            id=file.id,
            label=file.label,
            maximum=file.max,
            minimum=file.min,
            basis=file.basis,
            applies=self._optional((*path, "applies"), file.applies, Kind.TRUTH),
            not_applicable=file.not_applicable,
            needs=self._needs(file, (*path, "needs")),
            scale=self._optional((*path, "scale"), file.scale, Kind.NUMBER),
            take=file.take,
            rule=rule,
            parts=parts,
            place=self.source.place(path),
        )

    def _optional(self, path: Path, text: str | None, wanted: Kind) -> Expression | None:
        return None if text is None else self.expression(path, text, wanted)

    def _needs(self, file: CriterionFile, path: Path) -> Needs | None:
        if file.needs is None:
            return None
        require = self.expression((*path, "require"), file.needs.require, Kind.TRUTH)
        if require is None:
            return None
        return Needs(require=require, otherwise=file.needs.otherwise, label=file.needs.label)

    def new_id(self, id_: str, path: Path) -> None:
        if id_ in CASE_WORDS:
            message = f"“{id_}” là từ của ngôn ngữ quy tắc."
            self.problem((*path, "id"), "reserved", message, "Đặt mã khác.")
        if id_ in self.ids:
            first = self.source.place(self.ids[id_])
            self.problem(
                (*path, "id"), "duplicate", f"Mã “{id_}” đã dùng ở {first}.", "Đặt mã khác."
            )
        self.ids.setdefault(id_, path)

    def _block(self, file: BlockFile | None, key: str) -> Criterion:
        label = {"bonus": "Điểm thưởng", "penalty": "Điểm phạt"}[key]
        if file is None:
            return Criterion(id=key, label=label, maximum=None)
        parts = self._criteria(file.parts, (key, "parts"))
        return Criterion(
            id=key,
            label=file.label or label,
            maximum=file.max,
            minimum=file.min,
            take=file.take,
            basis=file.basis,
            parts=parts,
            place=self.source.key_place((key,)),
        )

    def _name_scores(self, criteria: tuple[Criterion, ...]) -> None:
        """Words for the scores; two criteria, or a criterion and a fact, may not share one."""
        self.score_words.update((name, Word(Kind.NUMBER, told)) for name, told in SCORES.items())
        read_by = {name: f"số liệu “{name}”" for name in self.words}
        for one in (below for criterion in criteria for below in criterion.whole()):
            mine = f"tiêu chí {one.id}"
            for name, label in scores_of_criterion(one).items():
                if read_by.setdefault(name, mine) != mine:
                    message = f"Điểm của {one.id} đọc bằng tên “{name}”, trùng với {read_by[name]}."
                    self.problem((*self.ids[one.id], "id"), "duplicate", message, "Đặt mã khác.")
                self.score_words[name] = Word(Kind.NUMBER, label)
