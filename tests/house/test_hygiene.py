"""What is really loaded, and habits no linter knows."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

ROOT = Path(__file__).parents[2]
ROOMS = ("scoring", "registry", "documents", "tui")
PACK = ROOT / "rules" / "dan-van-kheo-minh-hoa"
HEAVY = {
    "alembic",
    "cattrs",
    "lsprotocol",
    "openpyxl",
    "pygls",
    "reportlab",
    "rule_engine",
    "sqlalchemy",
    "textual",
}
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "base",
    "misc",
    "manager",
    "service",
    "handler",
}


def _modules():
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def _name(path):
    return path.relative_to(ROOT).as_posix()


def _tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def _calls(path):
    """(line, name) of every call in a module; ``dt.datetime.now`` is ``now`` of ``datetime``."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


# What is loaded ---------------------------------------------------------------------------------


def _loaded(code):
    """Which heavy packages a fresh interpreter has loaded after running *code*."""
    tail = f"""
import json, sys
print()
print(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}} & set({sorted(HEAVY)!r}))))
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code + tail],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def _after_command(*arguments):
    """Code that runs ``dvk`` with *arguments* to its end, which has to be a good one."""
    return f"""
import sys
sys.argv = {["dvk", *arguments]!r}
from tui.__main__ import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


@pytest.mark.slow
def test_list_of_entries_loads_no_parser_pdf_or_workbook():
    loaded = _loaded("import tui.screens.entries")

    assert loaded & {"rule_engine", "reportlab", "openpyxl"} == set()
    assert "textual" in loaded


@pytest.mark.slow
def test_asking_for_the_list_of_a_scored_season_loads_no_parser(tmp_path):
    register = str(tmp_path / "sổ.db")
    season = ["season", "open", "hl", "--title", "Hồng Lĩnh 2018", "--year", "2018"]
    workbook = str(ROOT / "examples" / "hong-linh-2018.xlsx")
    for words in (
        season,
        ["intake", "apply", workbook, "--season", "hl", "--yes"],
        ["season", "pin", "hl", str(PACK)],
        ["season", "score", "hl"],
    ):
        _loaded(_after_command("--db", register, *words))

    loaded = _loaded(_after_command("--db", register, "entries", "hl", "duong hoa"))

    assert loaded == {"sqlalchemy"}


@pytest.mark.slow
def test_rules_check_loads_no_screens_database_or_pdf():
    loaded = _loaded(_after_command("rules", "check", str(PACK)))

    assert loaded == {"rule_engine"}


@pytest.mark.slow
def test_help_loads_nothing_heavy():
    assert _loaded(_after_command("--help")) == set()


@pytest.mark.slow
def test_scoring_loads_nothing_but_its_parser():
    assert _loaded("import scoring.score") <= {"rule_engine"}


# Habits -----------------------------------------------------------------------------------------


def test_modules_can_be_read_in_one_sitting():
    long = {}
    for path in _modules():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > 300:
            long[_name(path)] = lines

    assert long == {}


def test_no_module_is_named_after_nothing():
    vague = [_name(path) for path in _modules() if VAGUE & {path.stem, path.parent.name}]

    assert vague == []


def test_text_is_typed_through_the_ordered_inputs_only():
    raw = [
        f"{_name(path)}:{line}: {name}"
        for path in _modules()
        if path.parts[len(ROOT.parts)] == "tui" and _name(path) != "tui/inputs.py"
        for line, name in _calls(path)
        if name.split(".")[-1] in {"Input", "TextArea", "MaskedInput"}
    ]

    assert raw == []


def test_the_clock_is_read_in_one_place():
    readers = {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "time.time",
        "time.localtime",
        "time.gmtime",
        "time.strftime",
    }
    found = [
        f"{_name(path)}:{line}: {name}"
        for path in _modules()
        if _name(path) != "tui/wiring.py"
        for line, name in _calls(path)
        if ".".join(name.split(".")[-2:]) in readers
    ]

    assert found == []


def test_scoring_opens_and_prints_nothing():
    found = [
        f"{_name(path)}:{line}: {name}"
        for path in sorted((ROOT / "scoring").rglob("*.py"))
        for line, name in _calls(path)
        if name in {"open", "print", "input", "eval", "exec", "compile", "__import__"}
    ]

    # The one function it makes is written from whole numbers and names of its own.
    emitted = [one.rpartition(":")[0].rpartition(":")[0] for one in found]
    assert emitted == ["scoring/columns/emitted.py"] * 2


def test_no_file_says_where_packages_come_from():
    hosts = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com"]
    found = [
        f"{_name(path)}: {host}"
        for path in _files(ROOT)
        for host in hosts
        if host.encode() in path.read_bytes()
    ]

    assert found == []


def _files(folder):
    """Files of the project, without what tools and machines leave beside them."""
    left = {"__pycache__", "build", "dist", "demo-output", "uv.lock"}
    for path in sorted(folder.iterdir()):
        own = path.name in {".ci", ".importlinter", ".gitignore"} or not path.name.startswith(".")
        if own and path.name not in left and not path.name.endswith(".egg-info"):
            if path.is_dir():
                yield from _files(path)
            else:
                yield path


def _without_help(command, words="dvk"):
    """Commands, arguments and options that do not say what they are for, as a person types them."""
    if not (command.help or "").strip():
        yield words
    for parameter in command.params:
        if not (getattr(parameter, "help", None) or "").strip():
            yield f"{words} {parameter.opts[0]}"
    for name, child in getattr(command, "commands", {}).items():
        yield from _without_help(child, f"{words} {name}")


def test_every_command_and_option_says_what_it_is_for():
    from tui.commands.run import app

    assert list(_without_help(typer.main.get_command(app))) == []
