"""What a shape of a criterion may say, key by key, and the kinds of values a pack is written in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

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
    if isinstance(value, int):
        return str(value)
    return f"{value:f}" if isinstance(value, Decimal) else value


def _constant(value: Any) -> Any:
    if not isinstance(value, bool | int | Decimal | dt.date):
        raise ValueError("not-a-constant")  # noqa: TRY004 pydantic collects ValueError
    return value


Number = Annotated[Decimal, BeforeValidator(_exact)]
Constant = Annotated[bool | int | Decimal | dt.date, BeforeValidator(_constant)]
Above0 = Annotated[Decimal, BeforeValidator(_exact), Field(gt=0)]
Formula = Annotated[str, BeforeValidator(_formula), StringConstraints(min_length=1)]
Text = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=500)]
Word = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Slug = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$")]


class Strict(BaseModel):
    """A mapping whose keys are all known."""

    # Strict: pydantic would else read 0 as 01/01/1970, "8" as 8, 1 as true.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


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
    falling: bool = False
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
