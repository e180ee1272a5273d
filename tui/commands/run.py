"""The command line: global options, groups of commands, and refusals turned into exit codes.

Exit codes: 0 done · 1 the answer is no (a case fails, a check does not hold) · 2 refused: the
input, the command line or the state of the register does not allow it; nothing was written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TextIO

import typer
from typer.exceptions import TyperException

from registry.errors import RegistryError
from scoring.problems import PackError
from tui.commands import audit, entries, entry, exchange, intake, papers, rules, say, season, upkeep
from tui.commands.context import Context
from tui.commands.files import words_of
from tui.commands.help import Command, Group
from tui.commands.usage import check_readable, usage_words

REFUSED = 2
INTERRUPTED = 130
"""What Typer answers when somebody pressed Ctrl-C."""

app = typer.Typer(
    cls=Group, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
)
app.add_typer(season.app, name="season")
app.add_typer(intake.app, name="intake")
app.add_typer(entry.app, name="entry")
app.add_typer(papers.app, name="print")
app.add_typer(rules.app, name="rules")
app.command("entries", cls=Command)(entries.list_entries)
app.command("explain", cls=Command)(entries.explain)
app.command("backup", cls=Command)(upkeep.backup)
app.command("restore", cls=Command)(upkeep.restore)
app.command("doctor", cls=Command)(upkeep.doctor)
app.command("export", cls=Command)(exchange.export)
app.command("import", cls=Command)(exchange.import_)
app.add_typer(audit.app, name="audit")


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            metavar="TỆP",
            help="Tệp sổ đăng ký (SQLite). Không nêu thì theo DVK_DATABASE_URL (máy chủ "
            "PostgreSQL), rồi DVK_DB.",
        ),
    ] = None,
    officer: Annotated[
        str | None, typer.Option("--officer", help="Tên cán bộ ghi vào nhật ký.", metavar="TÊN")
    ] = None,
    allow_here: Annotated[
        bool,
        typer.Option(
            "--allow-here",
            help="Cho sổ nằm trên ổ mạng hay thư mục tự đồng bộ (OneDrive, Dropbox …), dù dễ hỏng.",
        ),
    ] = False,
) -> None:
    """Sổ đăng ký và chấm điểm phong trào thi đua "Dân vận khéo".

    Không kèm lệnh: mở màn hình làm việc. Một mùa từ đầu đến cuối:
    dvk --db so.db season open hl-2018 --title "Hồng Lĩnh 2018" --year 2018
    dvk --db so.db intake apply hong-linh-2018.xlsx --season hl-2018
    dvk --db so.db season pin hl-2018 rules/dan-van-kheo-minh-hoa
    dvk --db so.db season score hl-2018
    dvk --db so.db print list hl-2018 --out .
    """
    context.obj = Context(db=db, officer=officer, allow_here=allow_here)
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
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    desk = context.desk_or_new()
    if season_id is not None:
        desk.season(season_id)
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
        code = _answer(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the answer has read enough, as ``head`` does.
        _let_go(sys.stdout)
        _let_go(sys.stderr)
        return 0
    except OSError as error:
        _let_go(sys.stdout)
        where = f" với {error.filename}" if error.filename else ""
        say.note(f"Không làm được{where}: {words_of(error)}.\n    → Sửa chỗ ấy rồi làm lại.")
        return REFUSED
    return code


def _answer(arguments: Sequence[str]) -> int:
    try:
        check_readable(arguments)
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
        say.note(usage_words(error))
        return REFUSED
    except typer.Abort:
        code = INTERRUPTED
    except SystemExit:  # how Typer 0.29 tells that the reader of a pipe has left
        raise BrokenPipeError from None
    if code == INTERRUPTED:
        say.note("\nĐã dừng. Việc đang làm dở không được ghi.")
        return REFUSED
    return code if isinstance(code, int) else 0


def _let_go(stream: TextIO) -> None:
    """Nothing more goes to *stream*: Python would try once more when it leaves, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _speak_utf8() -> None:
    """An old Windows console would otherwise refuse Vietnamese letters, or print others."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us, as some schedulers do
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 to the end
            setattr(sys, name, nowhere)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower() != "utf-8":
            reconfigure(encoding="utf-8", errors="replace")
