"""``dvk rules lint``: what a pack says that its author hardly means."""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path
from typing import Annotated

import typer

from registry.errors import RegistryError
from registry.rulebook import read_pack_files
from scoring.problems import PackError
from tui.commands import say
from tui.commands.files import read_whole, write_whole
from tui.commands.rules.basic import Folder
from tui.commands.rules.findings import row_of, with_caret
from tui.commands.season import AsJson


def lint(
    folder: Folder,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Sửa hộ những chỗ chắc chắn không đổi điểm, giữ ghi chú."),
    ] = False,
    at: Annotated[
        str, typer.Option("--at", help="Xem còn hiệu lực vào ngày này không.", metavar="NGÀY")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Soát chỗ đáng ngờ: bậc chồng nhau hay hở, điểm không tới, điều kiện thừa, thiếu căn cứ.

    Khác với check (đọc được hay không), lint chỉ ra chỗ đọc được nhưng có lẽ không phải ý
    người viết. Mã ở cuối mỗi dòng được giải thích trong rules/README.md, phần “Mã lỗi”.
    """
    from scoring.lint.linting import lint_pack

    day = _day(at) if at else None
    name = folder.as_posix()
    files = read_pack_files(folder)
    try:
        if fix:
            files |= _mend(folder, files, name)
        found = lint_pack(files, name=name, at=day)
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


class AtRefused(RegistryError):
    def __init__(self, why: str, hint: str) -> None:
        super().__init__(f"Ngày xem hiệu lực (--at): {why}", hint=hint)


def _day(text: str) -> dt.date:
    """The day to look at the pack on. Raises AtRefused."""
    from scoring.facts import Fact, FactRefused, FactType, read_fact

    try:
        day = read_fact(Fact(id="at", label="Ngày", type=FactType.DATE), text)
    except FactRefused as refused:
        raise AtRefused(refused.message, refused.hint) from None
    if not isinstance(day, dt.date):
        raise AtRefused("chưa ghi ngày nào.", "Viết ngày/tháng/năm, ví dụ 20/12/2018.")
    return day


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
