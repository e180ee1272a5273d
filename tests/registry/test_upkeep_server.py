"""A register moved between a file and a server, and looked after on the server."""

import pytest
import sqlalchemy as sa
from small_season import PACK_DIR, Clock, decided
from test_store_exchange import bytes_in, fill, rows

from registry.desk.upkeep import examine, import_export
from registry.store.importing import RegisterNotEmpty
from registry.views import Health


def changed(where, statement):
    """Someone with a database program on the server."""
    engine = sa.create_engine(where.secret.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        if "audit" in statement:
            connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER USER")
        assert connection.exec_driver_sql(statement).rowcount > 0
    engine.dispose()


@pytest.fixture
def on_server(databases, made_database):
    place = databases.make(like=made_database)
    yield place
    databases.drop(place)


@pytest.fixture
def scored_on_server(databases, scored_database):
    place = databases.make(like=scored_database)
    yield place
    databases.drop(place)


def test_register_goes_to_a_server_and_back(desk, path, on_server, at_desk, tmp_path):
    desk.open_season("hl", title="=1+1", year=2018)
    fill(path)
    out, back, again = (tmp_path / name for name in ("ra", "về", "ra nữa"))
    home = tmp_path / "về.db"

    desk.export(out)
    import_export(out, on_server)
    at_desk(on_server).export(back)
    import_export(back, home)
    at_desk(home).export(again)

    assert bytes_in(back) == bytes_in(out)
    assert bytes_in(again) == bytes_in(out)
    assert rows(home) == rows(path)
    with pytest.raises(RegisterNotEmpty):
        import_export(out, on_server)


def test_season_goes_on_on_the_server(scored_desk, path, on_server, at_desk, tmp_path):
    decided(scored_desk)
    scored_desk.export(tmp_path / "ra")
    import_export(tmp_path / "ra", on_server)

    served = at_desk(on_server)
    assert served.verify("hl") == scored_desk.verify("hl")
    assert served.verify("hl").problems == ()
    assert served.ranking_csv("hl") == scored_desk.ranking_csv("hl")
    served.open_season("hl-2019", title="Hồng Lĩnh 2019", year=2019)
    served.pin_pack("hl-2019", PACK_DIR)
    assert served.verify("hl-2019").problems == ()


def test_what_was_changed_on_the_server_is_named(scored_on_server, at_desk):
    changed(
        scored_on_server,
        "UPDATE marks SET mark = '10' WHERE code = 'HL-001' AND member = 'Ủy viên 2'",
    )

    assert at_desk(scored_on_server).verify("hl").problems == (
        (
            "HL-001 “Đường hoa kiểu mẫu” · Ủy viên 2: trong sổ 10; nhật ký ghi 9,5 (dòng 2, ngày "
            "01/12/2018 08:02, Hà)."
        ),
    )


def test_log_is_found_cut_on_the_server(scored_on_server, at_desk):
    desk = at_desk(scored_on_server)
    head = desk.audit_lines()[-1].digest[:16]
    assert desk.verify_audit(head).broken is None
    changed(scored_on_server, "DELETE FROM audit WHERE seq = 4")

    assert desk.verify_audit().broken is None
    assert desk.verify_audit(head).broken is not None


def test_backup_of_a_server_is_an_open_export(scored_on_server, at_desk, tmp_path, on_server):
    desk = at_desk(scored_on_server)

    made = desk.back_up(tmp_path / "bản sao")

    assert (made.path, made.lines) == (tmp_path / "bản sao", 4)
    assert desk.audit_lines()[-1].event == "backup-made"
    import_export(made.path, on_server)
    assert at_desk(on_server).audit_lines() == desk.audit_lines()[:-1]


def test_backup_of_a_server_names_itself(scored_on_server, at_desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    made = at_desk(scored_on_server).back_up()

    assert made.path == tmp_path / "so-dan-van-kheo.sao-luu-2018-12-01-0801"
    assert (made.path / "so.json").is_file()


def test_server_is_examined(scored_on_server):
    found = examine(scored_on_server, clock=Clock())

    assert [(one.check, one.health) for one in found] == [
        ("server", Health.GOOD),
        ("chain", Health.GOOD),
        ("clock", Health.GOOD),
        ("backup", Health.NOTICE),
        ("agreement", Health.GOOD),
        ("orphans", Health.GOOD),
    ]
    changed(scored_on_server, "UPDATE facts SET cell = '1' WHERE code = 'HL-002'")
    ill = [one.check for one in examine(scored_on_server, clock=Clock()) if one.health == "bad"]
    assert ill == ["agreement"]
