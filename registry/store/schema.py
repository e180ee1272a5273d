"""Making a register and bringing an older one up to date (nâng cấp sổ)."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from registry.errors import RegistryError
from registry.store.contents import check_complete, check_ours, opened, read_contents
from registry.store.sqlite import migrating_engine

HEAD = "0003"
"""The newest migration."""

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerRegister(RegistryError):
    def __init__(self, name: Path | str, revision: str) -> None:
        super().__init__(
            f"Sổ {name} do một bản chương trình mới hơn ghi (bản {revision}, ở đây là {HEAD}).",
            hint="Cập nhật chương trình rồi mở lại.",
        )


class MigrationRefused(RegistryError):
    def __init__(self, name: Path | str, why: str) -> None:
        super().__init__(
            f"Không nâng cấp được sổ {name}: {why}. Sổ vẫn như cũ.",
            hint="Giữ nguyên sổ và bản sao lưu của nó, báo cho người quản trị.",
        )


def bring_up_to_date(
    path: Path, *, migrations: Path = MIGRATIONS, head: str = HEAD, unguarded: bool = False
) -> None:
    """Make the register at *path*, or migrate an older one after a backup.

    *unguarded*: the triggers that keep the log may be missing.

    Raises:
        NotARegister: the file is something else, or carries triggers or tables that are not ours.
        NewerRegister: a newer program wrote it.
        MigrationRefused: the migrated tables would not hold what they held.
    """
    contents = read_contents(path) if path.exists() else None
    if contents is None or contents.is_empty:
        migrate(path, migrations=migrations, head=head)
        return
    check_ours(path, contents)
    if contents.revision > head:
        raise NewerRegister(path, contents.revision)
    if contents.revision < head:
        back_up(path, contents.revision)
        migrate(path, migrations=migrations, head=head)
    else:
        check_complete(path, contents, unguarded=unguarded)


def migrate(path: Path, *, migrations: Path, head: str) -> None:
    """Run the migrations in one transaction; whatever stops it leaves the file as it was."""
    engine = migrating_engine(path)
    with engine.begin() as connection:
        run_migrations(connection, path, migrations=migrations, head=head)
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise MigrationRefused(path, "có dòng trỏ đến dòng không còn")
    engine.dispose()


def run_migrations(
    connection: sa.Connection,
    name: Path | str,
    *,
    migrations: Path = MIGRATIONS,
    head: str = HEAD,
) -> None:
    """Run the migrations in the transaction of *connection*. Raises MigrationRefused."""
    # Alembic takes longer to import than most commands take to run; most runs migrate nothing.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    before = _row_counts(connection)
    config.attributes["connection"] = connection
    command.upgrade(config, head)
    after = _row_counts(connection)
    if fewer := [table for table in before if after.get(table, 0) < before[table]]:
        raise MigrationRefused(name, f"bảng {', '.join(fewer)} mất dòng")


def back_up(path: Path, revision: str) -> Path:
    """Copy the register beside itself and check the copy (sao lưu trước khi nâng cấp)."""
    stem = f"{path.stem}.truoc-nang-cap-{revision}"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}{path.suffix}" for n in range(1, 1000))
    copy = next(path.with_name(name) for name in names if not path.with_name(name).exists())
    with opened(path) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    with opened(copy) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise MigrationRefused(path, f"bản sao lưu {copy.name} không đọc lại được")
    return copy


def _row_counts(connection: sa.Connection) -> dict[str, int]:
    names = sa.inspect(connection).get_table_names()
    query = sa.select(sa.func.count())
    return {
        name: connection.execute(query.select_from(sa.table(name))).scalar_one() for name in names
    }
