"""``dvk print``: annexed lists and certificates as PDF (in danh sách, giấy chứng nhận)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands import say
from tui.commands.files import write_whole
from tui.commands.help import Command, Group
from tui.commands.season import AsJson, SeasonId

if TYPE_CHECKING:
    from registry.desk import Desk
    from registry.views import CertificateList

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="In ra PDF: danh sách kèm theo quyết định, giấy chứng nhận.",
)

Out = Annotated[Path, typer.Option("--out", help="Thư mục để ghi tệp PDF.", metavar="THƯ_MỤC")]
Selection = Annotated[
    str | None,
    typer.Option("--selection", metavar="LƯỢT", help="Chỉ in một lượt xét chọn, ví dụ bieu-duong."),
]


@app.command("list", cls=Command)
def print_list(
    context: typer.Context,
    season: SeasonId,
    out: Out,
    selection: Selection = None,
    as_json: AsJson = False,
) -> None:
    """Danh sách được công nhận và danh sách biểu dương."""
    from documents.certificate_list import render_list

    _print(context.obj.desk(), season, selection, out, "danh-sach", render_list, as_json=as_json)


@app.command("certificates", cls=Command)
def print_certificates(
    context: typer.Context,
    season: SeasonId,
    out: Out,
    selection: Selection = None,
    as_json: AsJson = False,
) -> None:
    """Giấy chứng nhận, mỗi mô hình một trang."""
    from documents.certificates import render_certificates

    def render(view: CertificateList) -> bytes:
        return render_certificates(view, progress=say.progress("Giấy chứng nhận"))

    _print(context.obj.desk(), season, selection, out, "giay-chung-nhan", render, as_json=as_json)


def _print(
    desk: Desk,
    season: str,
    selection: str | None,
    out: Path,
    paper: str,
    render: Callable[[CertificateList], bytes],
    *,
    as_json: bool,
) -> None:
    wanted = [selection] if selection else [one.id for one in desk.pack_of(season).selections]
    views = [desk.certificate_list(season, one) for one in wanted]
    rendered = []
    for view in views:
        if not view.lines and paper == "giay-chung-nhan":
            say.note(f"Lượt {view.selection}: không có mô hình nào để in giấy.")
            continue
        rendered.append((view, render(view)))
    written = []
    for view, data in rendered:
        path = out / f"{season}-{paper}-{view.selection}.pdf"
        write_whole(path, data)
        pages = data.count(b"/Type /Page\n") or data.count(b"/Type /Page ")
        desk.note_printed(
            season,
            paper=f"{paper}-{view.selection}",
            digest=hashlib.sha256(data).hexdigest(),
            pages=pages,
        )
        draft = " (DỰ THẢO: đợt chưa có số quyết định)" if view.decision is None else ""
        written.append({"file": path, "pages": pages, "draft": view.decision is None})
        if not as_json:
            say.out(str(path))
        say.note(f"{len(view.lines)} mô hình{draft}")
    if as_json:
        say.out_json(written)
