"""``dvk rules lint``: what a pack says that its author hardly means."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from registry.rulebook import read_pack_files
from scoring.problems import PackError
from tui.commands import say
from tui.commands.files import read_whole, write_whole
from tui.commands.rules.basic import Folder
from tui.commands.rules.findings import row_of, with_caret
from tui.commands.rules.reading import day_of, folder_to_judge
from tui.commands.season import AsJson


def lint(
    context: typer.Context,
    folder: Folder,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Sửa hộ những chỗ chắc chắn không đổi điểm, giữ ghi chú."),
    ] = False,
    at: Annotated[
        str,
        typer.Option("--at", help="Như rules at NGÀY lint: còn hiệu lực không.", metavar="NGÀY"),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Soát chỗ đáng ngờ: bậc chồng nhau hay hở, điểm không tới, điều kiện thừa, thiếu căn cứ.

    Khác với check (đọc được hay không), lint chỉ ra chỗ đọc được nhưng có lẽ không phải ý
    người viết. Mã ở cuối mỗi dòng được giải thích trong rules/README.md, phần “Mã lỗi”.
    """
    from scoring.lint.linting import lint_pack

    asked = replace(context.obj, on=day_of(at)) if at else context.obj
    folder = folder_to_judge(asked, folder)
    name = folder.as_posix()
    files = read_pack_files(folder)
    try:
        if fix:
            files |= _mend(folder, files, name)
        found = lint_pack(files, name=name, at=asked.on)
    except PackError as error:
        if as_json:
            say.out_json([row_of(one) for one in error.problems])
        for problem in () if as_json else error.problems:
            say.note(with_caret(problem, files, name))
        say.note(f"{len(error.problems)} lỗi trong {name}; sửa hết lỗi rồi mới soát chỗ đáng ngờ.")
        raise typer.Exit(2) from None
    if as_json:
        say.out_json([row_of(one) for one in found])
    for problem in () if as_json else found:
        say.out(with_caret(problem, files, name))
    if found:
        say.note(f"{len(found)} chỗ cần xem lại trong {name}.")
        raise typer.Exit(1)
    if not as_json:
        say.out(f"{name}: không có chỗ nào đáng ngờ.")


def _mend(folder: Path, files: dict[str, str], name: str) -> dict[str, str]:
    """Write what can be mended and show it; the new texts."""
    from scoring.lint.fix import mended

    changed = mended(files, name=name)
    for file, text in changed.items():
        _write(folder / file, text)
        before, after = files[file].splitlines(), text.splitlines()
        shown = difflib.unified_diff(before, after, f"{name}/{file}", f"{name}/{file}", n=1)
        say.note("\n".join(line.rstrip("\n") for line in shown))
    say.note(f"Đã sửa hộ {len(changed)} tệp." if changed else "Không có chỗ nào sửa hộ được.")
    return changed


def _write(path: Path, text: str) -> None:
    """*text* with the line ends and the byte order mark the file had."""
    before = read_whole(path)
    data = text.encode()
    if b"\r\n" in before:
        data = data.replace(b"\n", b"\r\n")
    write_whole(path, (b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b"") + data)
