"""How exact values stand in the database: points, days and instants as text, lists as JSON.

A database's own number and time types differ from product to product and round quietly; text
that Python reads back is the same everywhere and in ten years.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import sqlalchemy as sa


class ExactDecimal(sa.TypeDecorator[Decimal]):
    """Points as plain decimal text (điểm), e.g. ``93.36``."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: sa.Dialect) -> str | None:
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Day(sa.TypeDecorator[dt.date]):
    """A date as ISO text (ngày)."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, _dialect: sa.Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> dt.date | None:
        return None if value is None else dt.date.fromisoformat(value)


class Instant(sa.TypeDecorator[dt.datetime]):
    """An instant as UTC ISO text (thời điểm). An instant without a zone is a fault."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: sa.Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs its time zone: {value!r}")
        return value.astimezone(dt.UTC).isoformat()

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> dt.datetime | None:
        return None if value is None else dt.datetime.fromisoformat(value)


class JsonText(sa.TypeDecorator[Any]):
    """Lists and mappings of text as JSON text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: sa.Dialect) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> Any:
        return None if value is None else json.loads(value)


TEXTUAL = (ExactDecimal, Day, Instant, JsonText)
"""The types of columns whose text stands for something else."""
