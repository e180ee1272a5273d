"""Pinned packs and facts snapshots, each kept under its digest (bộ quy tắc, số liệu đã chốt)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from registry.frames.frozen import freeze, thaw
from registry.store.tables import frozen_facts, packs, snapshots
from registry.store.writing import put
from scoring.columns.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPack:
    """A pack as it was pinned (bộ quy tắc đã ghim): its files, word for word."""

    digest: str
    id: str
    version: str
    title: str
    files: Mapping[str, str]


def keep_pack(connection: sa.Connection, pack: StoredPack) -> None:
    """Store *pack* unless its digest is there already."""
    row = {
        "digest": pack.digest,
        "id": pack.id,
        "version": pack.version,
        "title": pack.title,
        "files": dict(pack.files),
    }
    put(connection, packs, [row], over=())


def find_pack(connection: sa.Connection, digest: str) -> StoredPack | None:
    row = (
        connection.execute(sa.select(packs).where(packs.c.digest == digest))
        .mappings()
        .one_or_none()
    )
    return None if row is None else StoredPack(**row)


def keep_snapshot(connection: sa.Connection, digest: str, body: str) -> None:
    """Store a snapshot's canonical text unless its digest is there already."""
    put(connection, snapshots, [{"digest": digest, "body": body}], over=())


def find_snapshot(connection: sa.Connection, digest: str) -> str | None:
    query = sa.select(snapshots.c.body).where(snapshots.c.digest == digest)
    return connection.execute(query).scalar_one_or_none()


def keep_frozen(connection: sa.Connection, table: Table, *, snapshot: str, pack: str) -> None:
    """Store the facts of *snapshot* in columns, unless they are there or do not fit in any."""
    standing = _frozen(snapshot=snapshot, pack=pack).with_only_columns(frozen_facts.c.pack)
    if connection.execute(standing).first() is not None:
        return  # scored again: packing a long season takes longer than scoring it
    if (content := freeze(table)) is not None:
        row = {"snapshot": snapshot, "pack": pack, "content": content}
        put(connection, frozen_facts, [row], over=())


def find_frozen(connection: sa.Connection, *, snapshot: str, pack: str) -> Table | None:
    """The facts of *snapshot* in columns as *pack* reads them. Raises FrozenUnreadable."""
    content = connection.execute(_frozen(snapshot=snapshot, pack=pack)).scalar_one_or_none()
    return None if content is None else thaw(content)


def _frozen(*, snapshot: str, pack: str) -> sa.Select[bytes]:
    return sa.select(frozen_facts.c.content).where(
        frozen_facts.c.snapshot == snapshot, frozen_facts.c.pack == pack
    )
