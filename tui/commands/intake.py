"""``dvk intake``: look at a workbook, then take it in, all or nothing (nhập số liệu)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.errors import RegistryError
from registry.vietnamese import fold
from tui.commands import say
from tui.commands.files import read_whole
from tui.commands.help import Command, Group
from tui.commands.season import AsJson

if TYPE_CHECKING:
    from registry.intake.plan import IntakePlan

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Nhập bảng tính: xem trước, rồi nhập trọn hoặc không nhập.",
)

File = Annotated[Path, typer.Argument(metavar="TỆP", help="Bảng tính .xlsx hoặc .csv.")]
Season = Annotated[str, typer.Option("--season", help="Mã đợt.", metavar="ĐỢT")]
MOST_SHOWN = 20


class NotConfirmed(RegistryError):
    def __init__(self) -> None:
        super().__init__("Chưa nhập: cần người đồng ý.", hint="Thêm --yes để nhập không hỏi.")


@app.command("plan", cls=Command)
def plan(context: typer.Context, file: File, season: Season, as_json: AsJson = False) -> None:
    """Xem bảng tính sẽ thêm, đổi những gì; không ghi gì."""
    found = context.obj.desk().plan_intake(read_whole(file), file=file.name, season=season)
    _show(found, as_json=as_json)


@app.command("apply", cls=Command)
def apply(
    context: typer.Context,
    file: File,
    season: Season,
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")] = False,
    as_json: AsJson = False,
) -> None:
    """Nhập bảng tính vào đợt: đăng ký, kết quả, phiếu chấm của hội đồng."""
    desk, data = context.obj.desk(), read_whole(file)
    if not yes:
        found = desk.plan_intake(data, file=file.name, season=season)
        _show(found, as_json=as_json)
        if not found.is_empty and not _agreed():
            raise NotConfirmed
    done = desk.apply_intake(data, file=file.name, season=season)
    if yes:
        _show(done, as_json=as_json)
    say.note(f"Đã nhập {file.name} vào đợt {season}.")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    answer = typer.prompt("Nhập vào sổ? (c/k)", default="k", err=True)
    return fold(answer.strip()) in {"c", "co", "y"}


def _show(found: IntakePlan, *, as_json: bool) -> None:
    for notice in found.notices:
        say.note(f"Lưu ý {notice}")
    if as_json:
        say.out_json(
            {
                "file": found.file,
                "new": len(found.new),
                "same": len(found.same),
                "changed": [
                    {"code": one.code, "what": one.what, "before": one.before, "after": one.after}
                    for one in found.changed
                ],
            }
        )
        return
    codes = found.changed_codes
    say.out(
        f"{found.file}: {len(found.new)} mới, {len(found.same)} giống hệt, {len(codes)} thay đổi."
    )
    for change in found.changed[:MOST_SHOWN]:
        say.out(f"  {change}")
    if len(found.changed) > MOST_SHOWN:
        say.out(f"  … và {len(found.changed) - MOST_SHOWN} chỗ khác (xem đủ bằng --json)")
