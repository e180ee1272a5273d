"""The command line: global options, groups of commands, and refusals turned into exit codes.

Exit codes: 0 done · 1 the answer is no (a case fails, a check does not hold) · 2 refused: the
input, the command line or the state of the register does not allow it; nothing was written.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from registry.errors import RegistryError
from scoring.problems import PackError
from tui.commands import entries, intake, papers, rules, say, season
from tui.commands.context import Context
from tui.commands.help import Command, Group

REFUSED = 2

app = typer.Typer(
    cls=Group, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
)
app.add_typer(season.app, name="season")
app.add_typer(intake.app, name="intake")
app.add_typer(papers.app, name="print")
app.add_typer(rules.app, name="rules")
app.command("entries", cls=Command)(entries.list_entries)
app.command("explain", cls=Command)(entries.explain)
app.command("audit", cls=Command)(entries.audit)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    db: Annotated[
        Path | None,
        typer.Option("--db", metavar="TỆP", help="Tệp sổ đăng ký (SQLite). Mặc định: DVK_DB."),
    ] = None,
    officer: Annotated[
        str | None, typer.Option("--officer", help="Tên cán bộ ghi vào nhật ký.", metavar="TÊN")
    ] = None,
) -> None:
    """Sổ đăng ký và chấm điểm phong trào thi đua "Dân vận khéo".

    Không kèm lệnh: mở màn hình làm việc. Một mùa từ đầu đến cuối:
    dvk --db so.db season open hl-2018 --title "Hồng Lĩnh 2018" --year 2018
    dvk --db so.db intake apply hong-linh-2018.xlsx --season hl-2018
    dvk --db so.db season pin hl-2018 rules/dan-van-kheo-minh-hoa
    dvk --db so.db season score hl-2018
    dvk --db so.db print list hl-2018 --out .
    """
    context.obj = Context(db=db, officer=officer)
    if context.invoked_subcommand is None:
        _open_screens(context.obj)


@app.command("open", cls=Command)
def open_screens(
    context: typer.Context,
    season_id: Annotated[str | None, typer.Argument(metavar="ĐỢT", help="Mã đợt.")] = None,
) -> None:
    """Mở màn hình làm việc, vào thẳng một đợt nếu nêu mã."""
    _open_screens(context.obj, season_id)


def _open_screens(context: Context, season_id: str | None = None) -> None:
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    desk = context.desk()
    if season_id is not None:
        desk.season(season_id)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal
    # Imported here: commands start without Textual.
    from tui.app import DvkApp

    DvkApp(desk, season_id).run()


class NoTerminal(RegistryError):
    def __init__(self) -> None:
        super().__init__(
            "Màn hình làm việc cần một cửa sổ dòng lệnh thật.",
            hint="Mở từ dòng lệnh, hoặc dùng các lệnh: dvk --help.",
        )


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the exit code to leave with."""
    _speak_utf8()
    try:
        code = app(list(arguments), prog_name="dvk", standalone_mode=False)
    except PackError as error:
        say.problems(error.problems)
        say.note(f"{len(error.problems)} lỗi trong bộ quy tắc; chưa ghi gì.")
        return REFUSED
    except RegistryError as error:
        say.problems(getattr(error, "problems", ()))
        say.note(error.message + (f"\n    → {error.hint}" if error.hint else ""))
        return REFUSED
    except TyperException as error:
        say.note(_usage_words(error))
        return REFUSED
    except (typer.Abort, KeyboardInterrupt):
        say.note("Đã dừng, chưa ghi gì.")
        return REFUSED
    except typer.Exit as left:
        return left.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return code if isinstance(code, int) else 0


def _speak_utf8() -> None:
    """An old Windows console would otherwise refuse Vietnamese letters, or print others."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower() != "utf-8":
            reconfigure(encoding="utf-8", errors="replace")


_VALUE_WORDS = (
    ("valid integer", "cần một số nguyên"),
    ("valid boolean", "cần có hoặc không"),
)


def _bad_value(name: str, said: str) -> str:
    known = next((words for piece, words in _VALUE_WORDS if piece in said), said)
    return f"{name}: giá trị không dùng được, {known}."


def _usage_words(error: Any) -> str:
    """What Typer says in English, in Vietnamese, with the command to ask for help."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "dvk"
    parameter = getattr(error, "param", None)
    name = parameter.get_error_hint() if parameter is not None else ""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(error.message)
    if kind == "MissingParameter":
        what = f"Thiếu {name.strip(chr(39))}."
    elif kind == "NoSuchOption":
        near = f" Ý bạn là {error.possibilities[0]}?" if error.possibilities else ""
        what = f"Không có tùy chọn {error.option_name}.{near}"
    elif kind == "BadParameter":
        what = _bad_value(name.strip("'"), error.message)
    elif "No such command" in error.message and context is not None:
        given = error.message.split("'")[1] if "'" in error.message else ""
        near_names = difflib.get_close_matches(given, context.command.list_commands(context), n=1)
        near = f" Ý bạn là “{near_names[0]}”?" if near_names else ""
        what = f"Không có lệnh “{given}”.{near}"
    elif "Missing command" in error.message:
        what = "Chưa nêu lệnh."
    elif "unexpected extra argument" in error.message:
        extra = error.message.partition("(")[2].rstrip(").")
        what = f"Thừa tham số: {extra}."
    else:
        what = str(error.format_message())
    return f"{what}\n    → Xem cách dùng: {path} --help"
