"""``dvk rules doc``: a pack as a regulation a person reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.errors import RegistryError
from registry.rulebook import read_pack_files
from tui.commands import say
from tui.commands.files import write_whole
from tui.commands.rules.basic import Folder
from tui.commands.rules.reading import folder_at
from tui.commands.season import AsJson


class EndingUnknown(RegistryError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Không biết ghi {path} theo kiểu gì.", hint="Đặt tên tệp kết thúc bằng .md hoặc .pdf."
        )


def doc(
    context: typer.Context,
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="TỆP", help="Ghi ra tệp .md hoặc .pdf thay vì in ra."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bộ quy tắc viết thành một bản quy định để người đọc, thư ký và hội đồng soát lại.

    Đủ căn cứ, số liệu, điều kiện, từng bậc điểm, xếp loại, chỉ tiêu; mỗi điểm ghi rõ điều khoản
    và máy chấm, người chấm hay chưa thực hiện. Cùng một bộ thì in ra luôn y hệt.
    """
    from scoring.authoring.prose import markdown
    from scoring.authoring.regulation import regulation_of
    from scoring.dated import pack_at
    from scoring.pack import parse_pack

    if out is not None and out.suffix.lower() not in (".md", ".pdf"):
        raise EndingUnknown(out)
    folder = folder_at(context.obj, folder)
    files = read_pack_files(folder)
    pack = pack_at(parse_pack(files, name=folder.as_posix()), context.obj.on)
    regulation = regulation_of(pack, files)
    if as_json:
        say.out_json(regulation)
    if out is None:
        if not as_json:
            say.out(markdown(regulation).rstrip("\n"))
        return
    if out.suffix.lower() == ".pdf":
        from documents.regulation import render_regulation

        write_whole(out, render_regulation(regulation))
    else:
        write_whole(out, markdown(regulation).encode())
    say.note(f"Đã ghi {out}.")
