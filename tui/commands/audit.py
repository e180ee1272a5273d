"""``dvk audit``: the log of who did what, and whether it is whole (nhật ký)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from registry.errors import RegistryError
from tui.commands import say
from tui.commands.help import Command, Group
from tui.commands.season import AsJson
from tui.wiring import VIETNAM

if TYPE_CHECKING:
    from registry.audit import ChainCheck

_FIRST = "list"
_ANCHOR = re.compile(r"[0-9a-f]{8,64}")


class ListingGroup(Group):
    """A group that lists when it is not told what to do: ``dvk audit hl-2018``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [_FIRST, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=ListingGroup,
    rich_markup_mode=None,
    help="Nhật ký: ai đã làm gì, lúc nào; soát xem nhật ký có bị sửa không. "
    "Không nêu lệnh con thì liệt kê: dvk audit, dvk audit ĐỢT.",
)


class AnchorUnfit(RegistryError):
    def __init__(self, given: str) -> None:
        super().__init__(
            f"Dấu nhật ký “{given}” không dùng được.",
            hint="Chép đúng dãy trong ngoặc sau chữ “Nhật ký” ở chân trang giấy đã ký: ít nhất 8 "
            "ký tự 0–9, a–f; hoặc cả 64 ký tự của dvk audit --json.",
        )


@app.command(_FIRST, cls=Command)
def list_lines(
    context: typer.Context,
    season: Annotated[str | None, typer.Argument(metavar="ĐỢT", help="Chỉ một đợt.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ai đã làm gì, lúc nào; không nêu lệnh con cũng là lệnh này."""
    lines = context.obj.inspected().audit_lines(season)
    if as_json:
        say.out_json(lines)
        return
    rows = [
        (
            str(one.seq),
            f"{one.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}",
            one.officer,
            one.season,
            one.sentence,
        )
        for one in lines
    ]
    say.out(say.table(rows, right=frozenset({0})) if rows else "Nhật ký còn trống.")


@app.command("verify", cls=Command)
def verify(
    context: typer.Context,
    anchor: Annotated[
        str,
        typer.Option(
            "--anchor",
            metavar="DẤU",
            help="Dấu nhật ký in ở chân trang giấy đã ký (16 ký tự), hoặc đủ 64 ký tự: "
            "đến dòng mang dấu ấy mọi dòng phải còn nguyên. Có dấu mới biết nhật ký bị cắt đuôi.",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Soát cả nhật ký: dòng nào bị sửa, xóa, chèn, đổi chỗ, cắt đuôi. Đáp 0 còn nguyên, 1 không."""
    told = _anchor_of(anchor)
    found = context.obj.inspected().verify_audit(told, progress=say.progress("Soát nhật ký"))
    if as_json:
        say.out_json(found)
    else:
        _show(found)
    if not found.holds:
        raise typer.Exit(1)


def _anchor_of(given: str) -> str:
    told = "".join(given.split()).strip("()").lower()
    if given and not _ANCHOR.fullmatch(told):
        raise AnchorUnfit(given)
    return told


def _show(found: ChainCheck) -> None:
    say.out(f"Nhật ký {found.lines} dòng, dòng cuối còn nối: {found.head or '(chưa có)'}")
    if found.anchored is not None:
        one = found.anchored
        day = f"{one.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
        say.out(f"Dấu {found.anchor} là dòng {one.seq}, ngày {day}, {one.officer}: {one.sentence}")
    if found.unguarded:
        say.out(f"SAI: {found.unguarded}")
    if found.broken is None and found.unguarded:
        say.note("    → Các dòng còn nối nhau; so với dấu trên giấy (--anchor), rồi khôi phục.")
        return
    if found.broken is None:
        say.note("Nhật ký còn nguyên." if found.lines else "Nhật ký còn trống.")
        if not found.anchor:
            say.note("Muốn biết có bị cắt đuôi không: thêm --anchor với dấu in trên giấy đã ký.")
        return
    if found.anchored is not None:
        say.out(f"Đến dòng {found.anchored.seq}, dòng mang dấu trên giấy, nhật ký còn nguyên.")
    say.out(f"SAI: {found.broken.reason}")
    say.note(f"    → {found.broken.hint}")
