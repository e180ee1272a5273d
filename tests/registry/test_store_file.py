"""The file under the register: where it may stand, whether it is ours, how it is opened."""

import sqlite3
from pathlib import PurePosixPath, PureWindowsPath

import pytest
import sqlalchemy as sa
from small_season import desk_at
from sqlalchemy import event

from registry.errors import RegistryError
from registry.store import location, sqlite
from registry.store.contents import NotARegister
from registry.store.faults import DiskRefused, RegisterBusy, RegisterDamaged
from registry.store.location import (
    FolderMissing,
    NetworkShareRefused,
    NotAFile,
    SyncedFolderRefused,
    file_system_of,
)
from registry.store.schema import NewerRegister
from registry.store.sqlite import migrating_engine, reading_engine, writing_engine
from registry.store.work import open_store

MOUNTS = r"""/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
//server/share /mnt/chung cifs rw 0 0
server:/home /mnt/nha\040chung nfs4 rw 0 0
/dev/sdb1 /mnt/chung/usb vfat rw 0 0
"""


def changed(path, *statements):
    """The register at *path* after someone else's program had a go at it."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


# Where it stands --------------------------------------------------------------------------------


def test_missing_folder_is_refused(tmp_path):
    with pytest.raises(FolderMissing, match="không có thư mục") as refused:
        open_store(tmp_path / "khong-co" / "so.db")

    assert refused.value.hint == "Tạo thư mục ấy trước, hoặc chỉ một đường dẫn khác."
    assert not (tmp_path / "khong-co").exists()


def test_folder_is_not_taken_for_a_file(tmp_path):
    with pytest.raises(NotAFile, match="là một thư mục, không phải tệp sổ"):
        open_store(tmp_path)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ha/so.db", "ext4"),
        ("/run/so.db", "tmpfs"),
        ("/mnt/chung/so.db", "cifs"),
        ("/mnt/nha chung/so.db", "nfs4"),
        ("/mnt/chung/usb/so.db", "vfat"),
        ("/mnt/chungcu/so.db", "ext4"),
    ],
)
def test_mount_table_names_the_file_system(path, kind):
    assert file_system_of(PurePosixPath(path), MOUNTS) == kind


def test_network_mount_is_refused(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(location, "_MOUNTS", mounts)

    with pytest.raises(NetworkShareRefused, match="nằm trên ổ mạng"):
        open_store(tmp_path / "so.db")

    assert not (tmp_path / "so.db").exists()


@pytest.mark.parametrize("name", ["//server/chung/so.db", r"\\server\chung\so.db"])
def test_share_by_name_is_refused(name):
    assert location.is_on_network(PurePosixPath(name))


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        (PureWindowsPath(r"C:\Users\Ha\OneDrive\Dân vận"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\Ha\OneDrive - UBND thị xã Hồng Lĩnh"), "OneDrive"),
        (PureWindowsPath(r"D:\DROPBOX\so"), "Dropbox"),
        (PureWindowsPath(r"C:\Users\Ha\Dropbox (Personal)"), "Dropbox"),
        (PureWindowsPath("G:\\My Drive\\so"), "Google Drive"),
        (PureWindowsPath("G:\\Drive của tôi"), "Google Drive"),
        (PureWindowsPath(r"C:\Users\Ha\iCloudDrive"), "iCloud"),
        (PurePosixPath("/Users/ha/Google Drive/so"), "Google Drive"),
        (
            PurePosixPath("/Users/ha/Library/CloudStorage/GoogleDrive-ha@x.vn/My Drive"),
            "Google Drive",
        ),
        (PurePosixPath("/Users/ha/Library/CloudStorage/Box-Box/so"), "Box-Box"),
        (PurePosixPath("/Users/ha/Library/Mobile Documents/com~apple~CloudDocs/so"), "iCloud"),
        (PurePosixPath("/home/ha/Nextcloud/so"), "Nextcloud"),
        (PurePosixPath("/home/ha/Dropboxes/so"), None),
        (PurePosixPath("/home/ha/my drivers"), None),
        (PureWindowsPath(r"C:\So dan van"), None),
    ],
)
def test_synchronised_folder_is_known_by_its_name(folder, service):
    found = location.service_of(folder)

    assert (found[0] if found else None) == service


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".dropbox.cache", "Dropbox"),
        (".stfolder", "Syncthing"),
        (".tmp.driveupload", "Google Drive"),
    ],
)
def test_synchronised_folder_is_refused_unless_somebody_insists(tmp_path, mark, service):
    (tmp_path / mark).mkdir()
    inside = tmp_path / "văn phòng"
    inside.mkdir()

    with pytest.raises(SyncedFolderRefused, match=f"thư mục {service} tự đồng bộ") as refused:
        open_store(inside / "so.db")
    assert "--allow-here" in refused.value.hint
    assert list(inside.iterdir()) == []

    open_store(inside / "so.db", anywhere=True).close()
    assert (inside / "so.db").exists()


def test_link_into_a_synchronised_folder_is_seen_through(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "so").symlink_to(tmp_path / "Dropbox", target_is_directory=True)

    with pytest.raises(SyncedFolderRefused):
        open_store(tmp_path / "so" / "so.db")


@pytest.mark.parametrize("name", ["sổ đăng ký.db", "a b#c?d%20.db", "không đuôi"])
def test_any_file_name_will_do(tmp_path, name):
    open_store(tmp_path / name).close()
    open_store(tmp_path / name).close()

    # The journal stays beside it, cut to nothing: that is what TRUNCATE means.
    left = {file.name: file.stat().st_size > 0 for file in tmp_path.iterdir()}
    assert left == {name: True, f"{name}-journal": False}


# Whether it is ours -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["x", "mã,tên\n", "mã,tên\n" * 500])
def test_text_file_is_refused_and_left_alone(path, text):
    path.write_text(text, "utf-8")

    with pytest.raises(NotARegister, match="không phải tệp SQLite"):
        open_store(path)

    assert path.read_text("utf-8") == text


def test_other_database_is_refused_and_left_alone(path):
    changed(path, "PRAGMA journal_mode = WAL", "CREATE TABLE ghi_chu (noi_dung)")
    before = path.read_bytes()

    with pytest.raises(NotARegister, match="thiếu dấu của chương trình"):
        open_store(path)

    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("CREATE TABLE ghi_chu (noi_dung)", "có bảng lạ “ghi_chu”"),
        ("CREATE VIEW nhin AS SELECT * FROM seasons", "có khung nhìn lạ “nhin”"),
        (
            "CREATE TRIGGER cua_sau AFTER INSERT ON facts BEGIN DELETE FROM audit; END",
            "có trigger lạ “cua_sau”",
        ),
        ("CREATE INDEX thua ON facts (cell)", "có chỉ mục lạ “thua”"),
        ("DROP TRIGGER audit_keeps_update", "thiếu trigger “audit_keeps_update”"),
        ("DROP INDEX ix_facts_season", "thiếu chỉ mục “ix_facts_season”"),
        ("DROP TABLE snapshots", "thiếu bảng “snapshots”"),
        ("ALTER TABLE entries ADD COLUMN them TEXT", "bảng “entries” khác ở cột “them”"),
        ("DELETE FROM alembic_version", "thiếu dấu của chương trình"),
        ("PRAGMA application_id = 7", "thiếu dấu của chương trình"),
    ],
)
def test_file_that_others_changed_is_refused(path, statement, why):
    open_store(path).close()
    changed(path, statement)

    with pytest.raises(NotARegister) as refused:
        open_store(path)

    assert why in refused.value.message


def test_trigger_under_our_name_but_not_ours_is_refused(path):
    open_store(path).close()
    ours = "audit_keeps_update"
    theirs = f"CREATE TRIGGER {ours} BEFORE UPDATE ON audit BEGIN SELECT 1; END"
    changed(path, f"DROP TRIGGER {ours}", theirs)

    with pytest.raises(NotARegister, match=f"có trigger lạ “{ours}”"):
        open_store(path)


def test_file_of_a_newer_program_is_refused(path):
    open_store(path).close()
    changed(path, "UPDATE alembic_version SET version_num = '0099'")

    with pytest.raises(NewerRegister, match="bản chương trình mới hơn"):
        open_store(path)


def test_empty_file_becomes_a_register(path):
    path.touch()

    open_store(path).close()

    assert desk_at(path).seasons() == ()


def test_damaged_file_is_told_in_words(path):
    desk_at(path).open_season("hl", title="Hồng Lĩnh", year=2018)
    content = bytearray(path.read_bytes())
    # Every page but the schema's first: the headers of the b-trees are gone.
    for start in range(4096, len(content), 4096):
        content[start : start + 16] = b"\xff" * 16
    path.write_bytes(content)

    with pytest.raises(RegistryError) as refused:
        desk_at(path).seasons()

    assert isinstance(refused.value, RegisterDamaged | NotARegister)


# How it is opened -------------------------------------------------------------------------------


def pragmas(engine):
    names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "query_only")
    with engine.begin() as connection:
        return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}


def test_connections_are_set_up_for_safety(path):
    open_store(path).close()
    safe = {"journal_mode": "truncate", "synchronous": 2, "trusted_schema": 0}

    assert {
        "write": pragmas(writing_engine(path)),
        "read": pragmas(reading_engine(path)),
        "migrate": pragmas(migrating_engine(path)),
    } == {
        "write": {**safe, "foreign_keys": 1, "query_only": 0},
        "read": {**safe, "foreign_keys": 1, "query_only": 1},
        "migrate": {**safe, "foreign_keys": 0, "query_only": 0},
    }


def test_writer_holds_the_lock_from_the_start(path, monkeypatch):
    open_store(path).close()
    monkeypatch.setattr(sqlite, "LOCK_TIMEOUT_SECONDS", 0.05)

    with writing_engine(path).begin(), pytest.raises(RegisterBusy, match="đang bận") as refused:
        desk_at(path).open_season("hl", title="Hồng Lĩnh", year=2018)

    assert refused.value.hint == "Chờ một lát rồi làm lại. Lần này chưa ghi gì."
    assert desk_at(path).seasons() == ()


def test_reader_sees_what_stood_before_an_unfinished_writer(path):
    store = open_store(path)

    with writing_engine(path).begin() as writer:
        writer.exec_driver_sql("INSERT INTO snapshots VALUES ('a', '{}')")
        with store.read() as reader:
            seen = reader.exec_driver_sql("SELECT count(*) FROM snapshots").scalar()

    assert seen == 0


def test_reader_cannot_write(path):
    store = open_store(path)

    with pytest.raises(DiskRefused), store.read() as reader:
        reader.exec_driver_sql("INSERT INTO snapshots VALUES ('a', '{}')")


def test_text_does_not_fit_an_integer_column(path):
    open_store(path).close()
    row = (
        "INSERT INTO seasons (id, title, year, body, superior, place, state, revision) "
        "VALUES ('hl', 'tên', 'hai nghìn', '', '', '', 'open', 0)"
    )

    with pytest.raises(sa.exc.IntegrityError, match="TEXT value in INTEGER column"):  # noqa: SIM117
        with writing_engine(path).begin() as writer:
            writer.exec_driver_sql(row)


def few_pages(connection):
    connection.exec_driver_sql("PRAGMA max_page_count = 1")


def test_full_disk_is_told_in_words_and_nothing_is_written(path):
    desk = desk_at(path)
    before = path.read_bytes()
    event.listen(desk._store.database.writers, "begin", few_pages)

    with pytest.raises(DiskRefused, match="Ổ đĩa không nhận sổ"):
        desk.open_season("hl", title="x" * 100_000, year=2018)

    assert path.read_bytes() == before


def test_audit_lines_cannot_be_changed_or_removed(path):
    desk_at(path).open_season("hl", title="Hồng Lĩnh", year=2018)
    engine = writing_engine(path)

    for statement in ("UPDATE audit SET officer = 'Nam'", "DELETE FROM audit"):
        with pytest.raises(sa.exc.IntegrityError, match="append-only"), engine.begin() as writer:
            writer.exec_driver_sql(statement)
