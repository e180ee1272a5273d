"""The health of a register's file (khám sổ): every check is made, whatever the one before said."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa

from registry.audit import AuditEntry, ChainCheck, EventKind, check_chain
from registry.database_url import DatabaseUrl
from registry.errors import RegistryError
from registry.store import comparing, log
from registry.store.contents import Contents, check_complete, check_ours, opened, read_contents
from registry.store.copies import Progress, chain_of
from registry.store.faults import told_in_words
from registry.store.location import is_on_network, synced_by
from registry.store.schema import HEAD
from registry.store.sqlite import reading_engine
from registry.store.tables import evidence_files, metadata, packs, snapshots
from registry.views import Checkup, Health

OLDEST_SQLITE = (3, 37, 0)
"""The first that knows strict tables."""

MOST_DAYS_WITHOUT_BACKUP = 7
_LEAST_FREE = 200 << 20
_CLOCK_SLACK = dt.timedelta(minutes=5)

_RESTORE = "Đừng ghi thêm; khôi phục bản sao lưu gần nhất bằng dvk restore."


def examine(
    path: Path, *, now: dt.datetime, anywhere: bool = False, progress: Progress | None = None
) -> tuple[Checkup, ...]:
    """Everything that can be told of the register at *path*, which is left as it is."""
    found = [*_place(path, anywhere=anywhere)]
    if not path.is_file():
        return (bad("file", f"không có tệp sổ {path}", "Xem lại đường dẫn sau --db."), *found)
    checks: list[Callable[[], Iterator[Checkup]]] = [
        lambda: _file(path),
        lambda: _inside(path, now, progress),
        lambda: _permissions(path),
        lambda: _leftovers(path),
    ]
    for check in checks:
        try:
            found += check()
        except RegistryError as error:
            found.append(bad("file", error.message.rstrip("."), error.hint))
        except sqlite3.DatabaseError as error:
            found.append(bad("file", f"SQLite không đọc được tệp: {error}", _RESTORE))
    return tuple(found)


def examine_server(
    url: DatabaseUrl, *, now: dt.datetime, progress: Progress | None = None
) -> tuple[Checkup, ...]:
    """The same of a register on a server, whose disk and files are the server's own affair."""
    from registry.store.server.opening import open_server  # noqa: PLC0415 (files need no server)

    found: list[Checkup] = []
    try:
        database = open_server(url)
    except RegistryError as error:
        return (bad("server", error.message.rstrip("."), error.hint),)
    try:
        with database.told_in_words(), database.readers.begin() as connection:
            version = connection.exec_driver_sql("SHOW server_version").scalar_one()
            found.append(good("server", f"máy chủ PostgreSQL {version}, bảng đúng bản {HEAD}"))
            chain = check_chain(log.each_stored(connection, progress))
            found += [_chain(chain), *_clock(log.last_line(connection), now)]
            found += _backup(log.last_kind(connection, _COPIES), chain.lines, "", now)
            found += [_agreement(connection), *_unused(connection)]
    except RegistryError as error:
        found.append(bad("server", error.message.rstrip("."), error.hint))
    finally:
        database.close()
    return tuple(found)


def good(check: str, said: str) -> Checkup:
    return Checkup(check=check, health=Health.GOOD, said=said)


def notice(check: str, said: str, hint: str = "") -> Checkup:
    return Checkup(check=check, health=Health.NOTICE, said=said, hint=hint)


def bad(check: str, said: str, hint: str) -> Checkup:
    return Checkup(check=check, health=Health.BAD, said=said, hint=hint)


def _place(path: Path, *, anywhere: bool) -> Iterator[Checkup]:
    absolute = path.expanduser().absolute()
    move = "Chuyển sổ về thư mục thường trên máy này, sao lưu ra ngoài bằng dvk backup."
    state = notice if anywhere else bad
    if is_on_network(absolute):
        yield state("location", "sổ nằm trên ổ mạng, khóa tệp ở đó không tin được", move)
    elif synced := synced_by(absolute):
        yield state("location", f"sổ nằm trong thư mục {synced[0]} tự đồng bộ ({synced[1]})", move)
    else:
        yield good("location", f"sổ nằm trên ổ đĩa của máy: {absolute.parent}")
    if absolute.parent.is_dir():
        yield _disk(absolute)
    version = ".".join(map(str, sqlite3.sqlite_version_info))
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield bad("sqlite", f"SQLite {version} quá cũ", "Dùng Python mới hơn.")
    else:
        yield good("sqlite", f"SQLite {version}, nhật ký ghi TRUNCATE + FULL")


def _disk(path: Path) -> Checkup:
    free, size = shutil.disk_usage(path.parent).free, path.stat().st_size if path.is_file() else 0
    said = f"ổ đĩa còn trống {_megabytes(free)}, sổ {_megabytes(size)}"
    hint = "Dọn bớt ổ đĩa: nhập, nâng cấp và sao lưu cần chỗ bằng vài lần tệp sổ."
    if free < size:
        return bad("disk", said, hint)
    return notice("disk", said, hint) if free < max(3 * size, _LEAST_FREE) else good("disk", said)


def _megabytes(size: int) -> str:
    if size >= 10 << 20:
        return f"{size >> 20:,} MB".replace(",", ".")
    return f"{size / (1 << 20):.1f} MB".replace(".", ",")


def _file(path: Path) -> Iterator[Checkup]:
    """Whose the file is, whether it is whole, whether its tables are ours."""
    contents = read_contents(path)
    check_ours(path, contents)
    yield good("file", f"tệp sổ của chương trình này, bản {contents.revision}")
    with opened(path) as connection:
        connection.execute("PRAGMA query_only = ON")
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
        if faults == ["ok"]:
            yield good("integrity", "cấu trúc tệp còn nguyên (integrity_check)")
        else:
            yield bad("integrity", f"cấu trúc tệp hỏng: {faults[0]}", _RESTORE)
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        if orphans:
            tables = ", ".join(sorted({row[0] for row in orphans}))
            said = f"{len(orphans)} dòng trỏ đến dòng không còn (bảng {tables})"
            yield bad("foreign-keys", said, _RESTORE)
        else:
            yield good("foreign-keys", "mọi dòng trỏ đến dòng có thật")
    yield _schema(path, contents)


def _schema(path: Path, contents: Contents) -> Checkup:
    if contents.revision > HEAD:
        said = f"sổ do bản chương trình mới hơn ghi ({contents.revision})"
        return bad("schema", said, "Cập nhật chương trình.")
    if contents.revision < HEAD:
        said = f"sổ ở bản {contents.revision}, chương trình dùng bản {HEAD}"
        return notice("schema", said, "Mở sổ bằng lệnh bất kỳ: máy tự sao lưu rồi nâng cấp.")
    check_complete(path, contents)
    return good("schema", "bảng, cột, chỉ mục, trigger đúng như chương trình lập")


def _inside(path: Path, now: dt.datetime, progress: Progress | None) -> Iterator[Checkup]:
    """What the log says of itself and of everything else."""
    with opened(path) as connection:
        chain = chain_of(connection, progress=progress)
    yield _chain(chain)
    if read_contents(path).revision == HEAD:
        with told_in_words(path), reading_engine(path).begin() as reading:
            if chain.broken is None:
                yield from _clock(log.last_line(reading), now)
                last = log.last_kind(reading, _COPIES)
                yield from _backup(last, chain.lines, f"--db {path.name} ", now)
            yield _agreement(reading)
            yield from _unused(reading)


def _chain(chain: ChainCheck) -> Checkup:
    if chain.broken is None:
        return good("chain", f"nhật ký {chain.lines} dòng còn nguyên, dòng cuối {chain.head[:16]}")
    return bad("chain", chain.broken.reason.rstrip("."), chain.broken.hint)


def _clock(last: AuditEntry | None, now: dt.datetime) -> Iterator[Checkup]:
    if last is None:
        return
    told = f"{last.at.astimezone(now.tzinfo):%d/%m/%Y %H:%M}"
    if last.at > now + _CLOCK_SLACK:
        said = f"đồng hồ máy chậm hơn dòng nhật ký mới nhất ({told})"
        yield bad("clock", said, "Chỉnh lại ngày giờ của máy trước khi ghi tiếp.")
    else:
        yield good("clock", f"đồng hồ máy không chậm hơn nhật ký (việc mới nhất: {told})")


_COPIES = (EventKind.BACKUP_MADE, EventKind.REGISTER_RESTORED)
"""Whoever restored has a copy, too: it is the one this register came from."""


def _backup(
    last: AuditEntry | None, lines: int, option: str, now: dt.datetime
) -> Iterator[Checkup]:
    """When the last copy was made, and how much was done since."""
    hint = f"Sao lưu ngay: dvk {option}backup; nên chép thêm ra ổ khác."
    if last is None:
        yield notice("backup", "sổ chưa được sao lưu lần nào bằng dvk backup", hint)
        return
    since = lines - last.seq
    said = f"sao lưu lần cuối {last.at.astimezone(now.tzinfo):%d/%m/%Y %H:%M}, từ đó {since} việc"
    old = since and now - last.at > dt.timedelta(days=MOST_DAYS_WITHOUT_BACKUP)
    yield notice("backup", said, hint) if old else good("backup", said)


def _agreement(connection: sa.Connection) -> Checkup:
    found = comparing.compare(connection, log.each_stored(connection))
    if found.differences:
        many = f"{len(found.differences)}{'+' if found.more else ''}"
        tables = ", ".join(sorted({one.table for one in found.differences}))
        said = f"{many} chỗ trong sổ khác nhật ký (bảng {tables})"
        return bad("agreement", said, "Xem từng chỗ: dvk season verify ĐỢT.")
    if found.unchecked:
        said = f"sổ khớp nhật ký; {found.unchecked} dòng ghi từ trước khi nhật ký giữ giá trị"
        return notice("agreement", said, "Không phải làm gì: các dòng ấy so với số liệu đã chốt.")
    return good("agreement", "mọi giá trị trong sổ đúng như nhật ký ghi")


def _unused(connection: sa.Connection) -> Iterator[Checkup]:
    """Rows kept under a digest that nothing points at any more."""
    unused = []
    for table in (packs, snapshots, evidence_files):
        columns = [
            column
            for other in metadata.sorted_tables
            for column in other.c
            if any(key.column is table.c.digest for key in column.foreign_keys)
        ]
        query = sa.select(sa.func.count()).select_from(table)
        for column in columns:
            used = sa.select(column).where(column.is_not(None))
            query = query.where(table.c.digest.not_in(used))
        if number := connection.execute(query).scalar_one():
            unused.append(f"{table.name} {number}")
    if unused:
        said = f"dòng không còn ai dùng: {', '.join(unused)}"
        yield notice("orphans", said, "Vô hại: bộ quy tắc đã ghim rồi thay vẫn được giữ.")
    else:
        yield good("orphans", "không có dòng bơ vơ")


def _permissions(path: Path) -> Iterator[Checkup]:
    """Who but its owner can read the file: in a file nothing else keeps anybody out."""
    if os.name == "nt":
        said = "ai đọc được tệp là đọc được mọi thứ trong sổ"
        yield notice("permissions", said, f"Xem ai có quyền: icacls {path.name}")
        return
    mode = path.stat().st_mode
    others = [who for bit, who in _READERS if mode & bit]
    hint = f"Chỉ để chủ tệp đọc: chmod 600 {path.name}"
    if others:
        said = f"{' và '.join(others)} đọc được tệp sổ ({stat.filemode(mode)})"
        yield notice("permissions", said, hint)
    else:
        yield good("permissions", f"chỉ chủ tệp đọc được sổ ({stat.filemode(mode)})")


_READERS = ((stat.S_IRGRP, "nhóm của chủ tệp"), (stat.S_IROTH, "mọi người dùng máy"))


def _leftovers(path: Path) -> Iterator[Checkup]:
    left = sorted(one.name for one in path.parent.glob(".dvk-*"))
    if left:
        said = f"tệp làm dở còn lại: {', '.join(left)}"
        yield notice(
            "leftovers", said, "Một lần sao lưu, khôi phục bị ngắt giữa chừng; xóa các tệp ấy đi."
        )
