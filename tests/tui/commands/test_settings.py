"""Which register and which officer a command works with: option, then DVK_*, then dvk.toml."""

from pathlib import Path

import platformdirs
import pytest

from registry.database_url import parse_database_url
from tui.commands.run import run
from tui.settings import APP, SettingsRefused, read_settings


@pytest.fixture
def config(tmp_path, monkeypatch):
    """``config(text)``: writes ``dvk.toml`` into a home of its own."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("DVK_DB", "DVK_DATABASE_URL", "DVK_OFFICER"):
        monkeypatch.delenv(name, raising=False)

    def write(text):
        file = platformdirs.user_config_path(APP, appauthor=False) / "dvk.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_nearer_word_wins(config, tmp_path):
    config('db = "/tệp.db"\nofficer = "Tệp"\n')
    environment = {"DVK_DB": "/môi trường.db", "DVK_OFFICER": "Môi trường"}
    told = [
        read_settings({}, db=None, officer=None, login="máy"),
        read_settings(environment, db=None, officer=None, login="máy"),
        read_settings(environment, db=tmp_path / "lệnh.db", officer="Lệnh", login="máy"),
    ]

    assert [(str(one.db), one.officer) for one in told] == [
        ("/tệp.db", "Tệp"),
        ("/môi trường.db", "Môi trường"),
        (str(tmp_path / "lệnh.db"), "Lệnh"),
    ]


def test_without_any_word_the_login_works_in_the_data_folder(config, tmp_path):
    found = read_settings({}, db=None, officer=None, login="máy")

    assert found.officer == "máy"
    assert found.db == platformdirs.user_data_path(APP, appauthor=False) / "so-dang-ky.db"


@pytest.mark.parametrize(
    "text",
    ["db = ", 'dbb = "x"\n', "officer = 3\n", "db = []\n"],
    ids=["toml", "key", "officer", "db"],
)
def test_unfit_file_is_refused_with_its_place(config, text):
    file = config(text)
    with pytest.raises(SettingsRefused) as refused:
        read_settings({}, db=None, officer=None, login="máy")

    assert str(file) in refused.value.message
    assert "database_url" in refused.value.hint


def test_command_refuses_an_unfit_file(config, capsys):
    file = config('dbb = "x"\n')

    assert run(["season", "list"]) == 2
    assert capsys.readouterr().err.startswith(f"Cấu hình {file} không dùng được: khóa dbb.")


def test_first_season_makes_the_data_folder(config, tmp_path, capsys):
    assert run(["season", "open", "hl-2018", "--title", "Hồng Lĩnh 2018", "--year", "2018"]) == 0
    assert (platformdirs.user_data_path(APP, appauthor=False) / "so-dang-ky.db").is_file()
    assert run(["season", "list"]) == 0
    assert capsys.readouterr().out == "hl-2018  2018  Hồng Lĩnh 2018\n"


URL = "postgresql://ha:bimat@may-chu/dvk"


@pytest.mark.parametrize(
    ("environment", "db", "text", "server"),
    [
        ({"DVK_DATABASE_URL": URL}, None, "", True),
        ({"DVK_DATABASE_URL": URL, "DVK_DB": "so.db"}, None, "", True),
        ({"DVK_DATABASE_URL": URL}, Path("so.db"), "", False),
        ({}, None, f'database_url = "{URL}"', True),
        ({"DVK_DB": "so.db"}, None, f'database_url = "{URL}"', False),
        ({}, None, 'db = "so.db"', False),
    ],
)
def test_server_or_file_by_who_says_it_last(config, environment, db, text, server):
    config(text)

    found = read_settings(environment, db=db, officer=None, login="ha")

    assert found.server == (parse_database_url(URL) if server else None)
    assert "bimat" not in repr(found)
