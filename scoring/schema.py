"""What a pack may say, key by key: the gate through which YAML becomes checked values.

Names of keys are the pack format; ``rules/README.md`` explains each to rule authors.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _exact(value: Any) -> Any:
    """Whole numbers and decimals as written; quoted numbers, words and yes/no are refused."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("not-a-number")  # noqa: TRY004 pydantic collects ValueError
    return Decimal(value)


def _formula(value: Any) -> Any:
    """An expression; a bare number or true/false is one too."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, int | Decimal) else value


def _constant(value: Any) -> Any:
    if not isinstance(value, bool | int | Decimal | dt.date):
        raise ValueError("not-a-constant")  # noqa: TRY004 pydantic collects ValueError
    return value


Number = Annotated[Decimal, BeforeValidator(_exact)]
Above0 = Annotated[Decimal, BeforeValidator(_exact), Field(gt=0)]
Formula = Annotated[str, BeforeValidator(_formula), StringConstraints(min_length=1)]
Text = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=500)]
Word = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Slug = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$")]


class Strict(BaseModel):
    """A mapping whose keys are all known."""

    # Strict: pydantic would else read 0 as 01/01/1970, "8" as 8, 1 as true.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class BasisFile(Strict):
    document: Text
    clause: str = ""
    url: str = ""


class EffectiveFile(Strict):
    from_: dt.date = Field(alias="from")
    to: dt.date | None = None


class RoundingFile(Strict):
    criterion: Above0 = Decimal("0.01")
    mode: Literal["half-up"] = "half-up"


class FactFile(Strict):
    type: Literal["integer", "decimal", "yes_no", "choice", "date", "text", "marks"]
    label: Text
    unit: str = ""
    min: Number | None = None
    max: Number | None = None
    step: Above0 | None = None
    choices: dict[Slug, Text] = {}
    ask: Literal["register", "report", "council"] = "report"
    entry: Literal["name", "address", "unit", "field", "started_on", "registered_on"] | None = None
    evidence: Literal["required", "none"] = "none"
    optional: bool = False


class ConstantFile(Strict):
    label: Text
    value: Annotated[bool | int | Decimal | dt.date, BeforeValidator(_constant)]
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


class YesNoFile(Strict):
    when: Formula
    points: Number
    otherwise: Number = Decimal(0)


class EachYesFile(Strict):
    of: list[Formula] = Field(min_length=1)
    points: Number


class BandFile(Strict):
    from_: Number | None = Field(None, alias="from")
    above: Number | None = None
    below: Number | None = None
    to: Number | None = None
    points: Number


class TiersFile(Strict):
    of: Formula
    unit: str = ""
    bands: list[BandFile] = Field(min_length=1)


class RatioFile(Strict):
    of: Formula
    points: Number
    full_at: Above0 = Decimal(1)
    cut: Number | None = None
    unit: str = ""


class CountFile(Strict):
    of: Formula
    points: Number
    cap: Number | None = None
    unit: str = ""


class StepsFile(Strict):
    of: Formula
    from_: Number = Field(alias="from")
    points: Number
    per: Above0
    add: Number
    cap: Number
    below: Number = Decimal(0)
    partial: bool = False
    unit: str = ""


class ChoicePointsFile(Strict):
    of: Word
    points: dict[Slug, Number]


class TrimFile(Strict):
    from_: int = Field(alias="from", ge=1)
    highest: int = Field(1, ge=0)
    lowest: int = Field(1, ge=0)


class JudgedFile(Strict):
    marks: Word
    at_least: int = Field(1, ge=1)
    trim: TrimFile | None = None


class BranchFile(Strict):
    when: Formula | None = None
    points: Formula
    label: str = ""


class CriterionFile(Strict):
    id: Slug
    label: Text
    max: Number | None = None
    basis: str = ""
    note: str = ""
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
    then: Literal["vote"] = "vote"
    basis: str = ""


class QuotaFile(Strict):
    most: int = Field(ge=0)
    per: Word | None = None
    label: str = ""
    basis: str = ""


class SelectionFile(Strict):
    id: Slug
    label: Text
    from_: list[Slug] = Field(alias="from", min_length=1)
    quotas: list[QuotaFile] = []
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
    gates: list[GateFile] = []
    criteria: list[CriterionFile] = Field(min_length=1)
    bonus: BlockFile | None = None
    penalty: BlockFile | None = None
    grades: list[GradeFile] = Field(min_length=1)
    veto: list[VetoFile] = []
    caps: list[CapFile] = []
    ranking: RankingFile
    selections: list[SelectionFile] = []
