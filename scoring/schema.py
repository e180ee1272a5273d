"""What a pack may say, key by key: the gate through which YAML becomes checked values.

Names of keys are the pack format; ``rules/README.md`` explains each to rule authors.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from scoring.shape_files import (
    Above0,
    BranchFile,
    ChoicePointsFile,
    Constant,
    CountFile,
    EachYesFile,
    Formula,
    JudgedFile,
    Number,
    RatioFile,
    Slug,
    StepsFile,
    Strict,
    Text,
    TiersFile,
    Word,
    YesNoFile,
)


class BasisFile(Strict):
    document: Text
    clause: str = ""
    url: str = ""


class EffectiveFile(Strict):
    from_: dt.date = Field(alias="from")
    to: dt.date | None = None


class RoundingFile(Strict):
    criterion: Above0 = Decimal("0.01")
    total: Above0 | None = None
    mode: Literal["half-up"] = "half-up"


class RegisterFile(Strict):
    take: Literal["count", "grade"] = "count"
    whose: Literal["unit", "members", "self"]
    seasons: Literal["same-year", "previous-year", "earlier"]
    selection: Slug | None = None
    grade: list[Slug] = []
    level: list[Slug] = []
    field: list[Slug] = []
    kind: list[Slug] = []


class FactFile(Strict):
    type: Literal["integer", "decimal", "yes_no", "choice", "date", "text", "marks"]
    label: Text
    unit: str = ""
    min: Number | None = None
    max: Number | None = None
    step: Above0 | None = None
    choices: dict[Slug, Text] = {}
    ask: Literal["register", "report", "appraise", "council"] = "report"
    entry: Literal["name", "address", "unit", "field", "started_on", "registered_on"] | None = None
    # Under its own name it would shadow a method of the class.
    register_: RegisterFile | None = Field(None, alias="register")
    evidence: Literal["required", "none"] = "none"
    optional: bool = False


class DatedValueFile(Strict):
    from_: dt.date = Field(alias="from")
    value: Constant
    basis: str = ""


class ConstantFile(Strict):
    label: Text
    value: Constant | None = None
    values: list[DatedValueFile] = Field([], min_length=1)
    unit: str = ""
    basis: str = ""


class DerivedFile(Strict):
    label: Text
    value: Formula
    unit: str = ""
    basis: str = ""


class GateFile(Strict):
    id: Slug
    label: Text
    require: Formula
    basis: str = ""


class NeedsFile(Strict):
    require: Formula
    otherwise: Number = Decimal(0)
    label: str = ""


class CriterionFile(Strict):
    id: Slug
    label: Text
    max: Number | None = None
    min: Number | None = None
    basis: str = ""
    note: str = ""
    applies: Formula | None = None
    not_applicable: Literal["drop", "full", "share"] = "drop"
    needs: NeedsFile | None = None
    scale: Formula | None = None
    take: Literal["sum", "best"] = "sum"
    parts: list[CriterionFile] = []
    yes_no: YesNoFile | None = None
    each_yes: EachYesFile | None = None
    tiers: TiersFile | None = None
    ratio: RatioFile | None = None
    count: CountFile | None = None
    steps: StepsFile | None = None
    choice: ChoicePointsFile | None = None
    judged: JudgedFile | None = None
    branches: list[BranchFile] | None = Field(None, min_length=1)
    points: Formula | None = None


SHAPES = (
    "yes_no",
    "each_yes",
    "tiers",
    "ratio",
    "count",
    "steps",
    "choice",
    "judged",
    "branches",
    "points",
)


class BlockFile(Strict):
    label: Text | None = None
    max: Number | None = None
    min: Number | None = None
    take: Literal["sum", "best"] = "sum"
    basis: str = ""
    parts: list[CriterionFile] = []


class GradeFile(Strict):
    id: Slug
    label: Text
    when: Formula | None = None
    basis: str = ""


class VetoFile(Strict):
    id: Slug
    label: Text
    when: Formula
    grade: Slug
    basis: str = ""


class CapFile(Strict):
    id: Slug
    label: Text
    when: Formula
    at_most: Slug
    basis: str = ""


class RankingFile(Strict):
    among: list[Slug] = Field(min_length=1)
    order: list[Formula] = Field(min_length=1)
    then: Literal["vote", "chair"] = "vote"
    basis: str = ""


class ShareFile(Strict):
    percent: Formula
    of: Literal["participants"] | list[Slug]
    round: Literal["down", "up", "half-up"] = "down"


class QuotaFile(Strict):
    most: Formula | None = None
    share: ShareFile | None = None
    per: Word | None = None
    only: Formula | None = None
    label: str = ""
    basis: str = ""


class SelectionFile(Strict):
    id: Slug
    label: Text
    from_: list[Slug] = Field(alias="from", min_length=1)
    except_: list[Slug] = Field([], alias="except")
    require: Formula | None = None
    order: list[Formula] = []
    quotas: list[QuotaFile] = []
    basis: str = ""


class PeerFile(Strict):
    label: Text
    of: Formula
    take: Literal["mean", "max", "min", "sum", "count"]
    per: Word | None = None
    unit: str = ""
    basis: str = ""


class RescaleFile(Strict):
    to: Above0
    basis: str = ""


class PackFile(Strict):
    id: Slug
    version: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    title: Text
    note: str = ""
    basis: list[BasisFile] = Field(min_length=1)
    effective: EffectiveFile
    rounding: RoundingFile = RoundingFile()
    facts: dict[Word, FactFile] = Field(min_length=1)
    constants: dict[Word, ConstantFile] = {}
    derived: dict[Word, DerivedFile] = {}
    peers: dict[Word, PeerFile] = {}
    gates: list[GateFile] = []
    criteria: list[CriterionFile] = []
    rescale: RescaleFile | None = None
    bonus: BlockFile | None = None
    penalty: BlockFile | None = None
    grades: list[GradeFile] = Field(min_length=1)
    veto: list[VetoFile] = []
    caps: list[CapFile] = []
    overrides: list[VetoFile] = []
    ranking: RankingFile | None = None
    selections: list[SelectionFile] = []
