"""Who saved an entry since somebody read it, and what they changed (hồ sơ người khác vừa sửa)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from registry.errors import RegistryError
from registry.recorded import SET, rows_in
from registry.store.tables import audit, entries

_LABELS = {
    "season": "đợt thi đua",
    "name": "tên mô hình",
    "unit": "đơn vị",
    "field": "lĩnh vực",
    "level": "cấp",
    "kind": "loại hình",
    "host": "tổ chức chủ trì",
    "person": "người phụ trách",
    "address": "địa chỉ",
    "expected": "kết quả đăng ký",
    "started_on": "ngày bắt đầu",
    "registered_on": "ngày đăng ký",
    "state": "trạng thái",
    "state_reason": "lý do",
    "merged_into": "hồ sơ gộp vào",
    "appraised_by": "người thẩm định",
    "approved_by": "người duyệt",
}
_SILENT = frozenset({"code", "revision", "search"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedElsewhere:
    """A saving that came in between (lần lưu xen vào); what it changed, by column."""

    officer: str
    at: dt.datetime
    columns: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The changed columns as a person calls them."""
        return tuple(_LABELS.get(column, column) for column in self.columns)


class EntryChangedElsewhere(RegistryError):
    """Someone saved the entry since it was read; ``saved`` says who, oldest first."""

    def __init__(self, code: str, saved: tuple[SavedElsewhere, ...] = ()) -> None:
        self.code, self.saved = code, saved
        told = "; ".join(_told(one) for one in saved) or "vừa được người khác sửa hoặc bỏ"
        super().__init__(f"{code} {told}. Lần này chưa ghi gì.", hint="Mở lại hồ sơ rồi sửa tiếp.")


def saved_since(
    connection: sa.Connection, code: str, *, season: str, revision: int
) -> tuple[SavedElsewhere, ...]:
    """Every saving of *code* after *revision*, oldest first, as the log tells them."""
    query = sa.select(audit.c.officer, audit.c.at, audit.c.data).where(audit.c.season == season)
    found: list[SavedElsewhere] = []
    # Newest first: what came in between is seldom more than a few lines back.
    for officer, at, data in connection.execute(query.order_by(audit.c.seq.desc())):
        for row in _rows_of(data, code):
            if not _is_after(row.get("revision"), revision):
                return tuple(reversed(found))
            columns = tuple(name for name in row if name not in _SILENT)
            found.append(SavedElsewhere(officer=officer, at=at, columns=columns))
    return tuple(reversed(found))


def _is_after(found: object, revision: int) -> bool:
    return isinstance(found, int) and found > revision


def _rows_of(data: str, code: str) -> Iterator[dict[str, object]]:
    if f'"{code}"' not in data:
        return
    for written in rows_in(json.loads(data).get(SET)):
        if written.table == entries.name and written.row.get("code") == code:
            yield dict(written.row)


def _told(saved: SavedElsewhere) -> str:
    what = ", ".join(saved.labels) or "hồ sơ"
    return f"vừa được {saved.officer} sửa {what} lúc {saved.at.astimezone():%H:%M ngày %d/%m/%Y}"
