"""``dvk rules new``: a pack to begin with, from nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from registry.errors import RegistryError
from tui import wiring
from tui.commands import say
from tui.commands.files import write_whole
from tui.commands.season import AsJson

_NAME = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")


class NameNotUsable(RegistryError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” không dùng làm mã bộ quy tắc được.",
            hint="Viết không dấu, không cách, ví dụ thi-dua-xa-2026.",
        )


class FolderTaken(RegistryError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Đã có {folder}; không ghi đè.", hint="Chọn tên khác, hoặc --dir thư mục khác."
        )


def new(
    name: Annotated[str, typer.Argument(metavar="TÊN", help="Mã bộ quy tắc, cũng là thư mục.")],
    parent: Annotated[
        Path, typer.Option("--dir", metavar="THƯ_MỤC", help="Nơi đặt thư mục mới. Mặc định: đây.")
    ] = Path(),
    as_json: AsJson = False,
) -> None:
    """Dựng một bộ quy tắc mới, có chú thích chỉ dẫn và một ca kiểm thử sai có chủ ý.

    Không ghi đè thư mục đã có. Sau đó: dvk rules check, dvk rules test, sửa ca đầu tiên, rồi thay
    dần từng phần bằng quy định của cơ quan.
    """
    from scoring.authoring.scaffold import scaffold

    if not _NAME.fullmatch(name):
        raise NameNotUsable(name)
    folder = parent / name
    if folder.exists() or folder.is_symlink():
        raise FolderTaken(folder)
    files = scaffold(name, year=wiring.clock().year)
    for file, text in files.items():
        write_whole(folder / file, text.encode())
    if as_json:
        say.out_json({"folder": folder.as_posix(), "files": [*files]})
        return
    say.note(f"Đã dựng {folder}: {', '.join(files)}.")
    say.note(
        f"    → dvk rules check {folder}    soát lỗi: chưa có lỗi nào\n"
        f"    → dvk rules test {folder}     một ca sai có chủ ý, sửa ca ấy trước"
    )
