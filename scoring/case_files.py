"""What a file of cases may say, key by key (tệp ca kiểm thử): ``tests/*.yaml``.

``scoring.cases`` reads cases against the facts and ids of their pack; this is their outline, for
layout and for editors.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from scoring.shape_files import Slug, Strict, Text, Word

Code = Annotated[str, StringConstraints(min_length=1)]
Points = Decimal | None


class ExpectFile(Strict):
    """What comes out: points by the id of a criterion stand beside these keys."""

    total: Points = None
    grade: Slug | None = None
    gates: list[Slug] | None = None
    bonus: Points = None
    penalty: Points = None
    rank: dict[Code, int | None] | None = None
    outcome: dict[Slug, dict[Code, str | None]] | None = None


class CaseFile(Strict):
    name: Text
    note: str = ""
    at: dt.date | None = None
    given: dict[Word, Any] | None = None
    peers: dict[Word, Any] | None = None
    season: dict[Code, dict[Word, Any]] | None = None
    expect: dict[str, Any]


class AcceptedFile(Strict):
    change: Text
    because: Text


class CasesFile(Strict):
    base: dict[Word, Any] | None = None
    cases: list[CaseFile] = Field([])
    accepted: list[AcceptedFile] = Field([])
