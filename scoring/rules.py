"""A rule pack as values (bộ quy tắc): facts, gates, criteria, grades, ranking, selections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from scoring.facts import Fact
from scoring.language import Word
from scoring.nodes import Expression, Node
from scoring.problems import Place
from scoring.sheet import Value

NOWHERE = Place("?")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """The document a pack rests on (căn cứ)."""

    document: str
    clause: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A value of a constant from a day on (giá trị theo ngày), until the next one."""

    since: dt.date
    value: Value
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A value the regulation itself fixes (hằng số), e.g. the day reports are due."""

    id: str
    label: str
    value: Value
    """Of several by date the one in force on the day the pack is read at."""
    unit: str = ""
    basis: str = ""
    """Of the value in force, where that has its own."""
    general_basis: str = ""
    """Of the constant as a whole, for values that have none of their own."""
    since: dt.date | None = None
    """The day from which ``value`` holds; None: always."""
    values: tuple[DatedValue, ...] = ()
    """All values by date, oldest first; empty when there is but one for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A value worked out from facts (số liệu tính được), e.g. months sustained."""

    id: str
    label: str
    value: Expression
    unit: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A value of the peer group (số liệu của cụm, khối): the mean, the best … of all entries."""

    id: str
    label: str
    of: Expression
    take: str
    """``mean``, ``max``, ``min``, ``sum`` or ``count``."""
    per: str = ""
    """The fact whose value makes the group; empty: all entries are one group."""
    unit: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One way to earn points: the first branch whose condition holds counts.

    Conditions and points may read ``measure``, the value the rule measures. ``when`` None always
    holds; ``points`` None means no score is given, and ``label`` says why.
    """

    label: str
    when: Node | None
    points: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a leaf criterion earns its points. Every shape of the pack format comes to this."""

    shape: str
    branches: tuple[Branch, ...]
    measure: Expression | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What must hold before a criterion earns anything (điều kiện cần)."""

    require: Expression
    otherwise: Decimal = Decimal(0)
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion (tiêu chí): a group with parts, or a leaf with a rule."""

    id: str
    label: str
    maximum: Decimal | None
    minimum: Decimal | None = None
    basis: str = ""
    applies: Expression | None = None
    """When it does not hold, the criterion is not for this entry (không áp dụng)."""
    not_applicable: str = "drop"
    """Then ``drop`` lowers the maximum, ``full`` gives all, ``share`` leaves it to siblings."""
    needs: Needs | None = None
    scale: Expression | None = None
    """What the points are multiplied by (hệ số)."""
    take: str = "sum"
    """For a group: ``sum`` of its parts, or only the ``best``."""
    rule: Rule | None = None
    parts: tuple[Criterion, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)

    def whole(self) -> Iterator[Criterion]:
        """This criterion and everything under it, in the pack's order."""
        yield self
        for part in self.parts:
            yield from part.whole()

    def leaves(self) -> Iterator[Criterion]:
        """The leaf criteria under this one, itself when it is one."""
        if self.rule is not None:
            yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A gate (điều kiện xét), a band of a grade, a veto (loại trừ) or a cap (trần xếp loại)."""

    id: str
    label: str
    when: Expression
    basis: str = ""
    grade: str = ""
    """For a veto the grade it forces, for a cap the best grade left; empty for a gate."""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade (mức xếp loại), best first in the pack; the last one needs no condition."""

    id: str
    label: str
    when: Expression | None
    basis: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderKey:
    """One step of the ranking chain: more is better."""

    label: str
    value: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Who is ranked and by what, in order; ``then`` is what decides when all is equal."""

    among: tuple[str, ...]
    order: tuple[OrderKey, ...]
    then: str = "vote"
    basis: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A quota as a percentage (tỷ lệ) of those taking part, or of those holding some grades."""

    percent: Expression
    of: tuple[str, ...]
    """Grades; empty: all who take part."""
    rounding: str = "down"
    """``down``, ``up`` or ``half-up``, to whole places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """At most so many (chỉ tiêu), over all or for each value of the fact ``per``."""

    most: Expression | None = None
    """A number of places; it may depend on the group's own facts."""
    share: Share | None = None
    only: Expression | None = None
    """Whom the quota is about; the others do not count against it."""
    per: str = ""
    label: str = ""
    basis: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Who is taken (xét chọn): by grade, best first, within quotas."""

    id: str
    label: str
    among: tuple[str, ...]
    excluding: tuple[str, ...] = ()
    """Selections before it: whom one of them takes is not looked at again."""
    require: Expression | None = None
    """What each has to meet besides, e.g. a share of the votes."""
    order: tuple[OrderKey, ...] = ()
    """Its own order, when it is not that of the ranking."""
    quotas: tuple[Quota, ...] = ()
    basis: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A versioned rule pack (bộ quy tắc). Two packs with the same ``digest`` score alike."""

    id: str
    version: str
    title: str
    digest: str
    basis: tuple[LegalBasis, ...]
    effective_from: dt.date
    effective_to: dt.date | None
    quantum: Decimal
    """Every criterion is rounded half up to this."""
    total_quantum: Decimal | None
    """What the total is rounded to; None: not again."""
    rescale: Decimal | None
    """The scale the points are brought to when criteria do not apply, e.g. 100."""
    facts: Mapping[str, Fact]
    constants: Mapping[str, Constant]
    """With the value in force on the day ``on``; those that have none yet are left out."""
    derived: Mapping[str, Derived]
    peers: Mapping[str, Peer]
    gates: tuple[Condition, ...]
    criteria: tuple[Criterion, ...]
    bonus: Criterion
    penalty: Criterion
    grades: tuple[Grade, ...]
    vetoes: tuple[Condition, ...]
    caps: tuple[Condition, ...]
    overrides: tuple[Condition, ...]
    """Decisions that set the grade whatever came before (quyết định khác)."""
    ranking: Ranking
    selections: tuple[Selection, ...]
    words: Mapping[str, Word]
    """Every name an expression about an entry may use, scores included."""
    not_yet: Mapping[str, Constant] = field(default_factory=dict)
    """Constants whose first value comes after the day ``on``."""
    on: dt.date | None = None
    """The day the pack is read at; None: the newest value of every constant, or no day matters."""

    def is_in_force(self, on: dt.date) -> bool:
        """Whether the pack applies on that day (có hiệu lực)."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def leaves(self) -> tuple[Criterion, ...]:
        """The leaf criteria in the pack's order, bonus and penalty items not among them."""
        return tuple(leaf for criterion in self.criteria for leaf in criterion.leaves())

    def grade(self, grade_id: str | None) -> Grade | None:
        """The grade called *grade_id*."""
        return next((grade for grade in self.grades if grade.id == grade_id), None)


def maximum_name(criterion_id: str) -> str:
    """The name under which an expression reads what a group can come to: ``III_max``."""
    return f"{score_name(criterion_id)}_max"


def score_name(criterion_id: str) -> str:
    """The name under which an expression reads a criterion's points: ``III.3`` is ``III_3``."""
    return criterion_id.replace(".", "_").replace("-", "_")
