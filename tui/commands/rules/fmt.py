"""``dvk rules fmt``: the canonical layout of a pack's files, comments kept."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import typer

from registry.rulebook import read_pack_files
from tui.commands import say
from tui.commands.files import read_whole, write_whole
from tui.commands.rules.basic import Folder
from tui.commands.rules.findings import row_of, with_caret
from tui.commands.rules.reading import folder_at
from tui.commands.season import AsJson

CHANGES, REFUSED = 1, 2


def fmt(
    context: typer.Context,
    folder: Folder,
    only_check: Annotated[
        bool, typer.Option("--check", help="Chỉ xem sẽ sửa gì, không ghi; có chỗ sửa thì thoát 1.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Trình bày lại các tệp YAML của bộ quy tắc theo một kiểu chung.

    Khóa theo thứ tự trong sách hướng dẫn, thụt hai dấu cách, mục ngắn gọn trên một dòng, chỉ giữ
    dấu nháy nào cần. Chú thích ở nguyên chỗ; nội dung không đổi, nếu không chắc thì không ghi.
    """
    from scoring.authoring.format import format_files

    folder = folder_at(context.obj, folder)
    files = read_pack_files(folder)
    done, problems = format_files(files, name=folder.as_posix())
    changed = [name for name, text in done.items() if read_whole(folder / name) != text.encode()]
    if not only_check:
        for name in changed:
            write_whole(folder / name, done[name].encode())
    if as_json:
        say.out_json({"changed": changed, "problems": [row_of(one) for one in problems]})
    elif only_check:
        for name in changed:
            say.out(_difference(files[name], done[name], folder / name))
    for problem in () if as_json else problems:
        say.note(with_caret(problem, files, folder.as_posix()))
    say.note(_summary(len(changed), len(problems), only_check=only_check))
    if problems:
        raise typer.Exit(REFUSED)
    if changed and only_check:
        raise typer.Exit(CHANGES)


def _difference(before: str, after: str, path: Path) -> str:
    """A unified diff; two texts that differ only in line ends or a mark at the start say so."""
    name = path.as_posix()
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), name, f"{name} (trình bày lại)", lineterm=""
    )
    return "\n".join(lines) or f"{name}: chỉ khác cách ngắt dòng ở cuối dòng hoặc cuối tệp."


def _summary(changed: int, refused: int, *, only_check: bool) -> str:
    if not changed and not refused:
        return "Mọi tệp đã đúng kiểu trình bày."
    done = "sẽ trình bày lại" if only_check else "đã trình bày lại"
    told = [f"{changed} tệp {done}"] if changed else []
    told += [f"{refused} lỗi, tệp có lỗi để nguyên"] if refused else []
    text = "; ".join(told)
    return f"{text[0].upper()}{text[1:]}."
