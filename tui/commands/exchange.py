"""``dvk export``, ``dvk import``: a register as open files, and a register of them (xuất mở)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.commands import say
from tui.commands.season import AsJson


def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục mới, hoặc trống.")],
    as_json: AsJson = False,
) -> None:
    """Xuất toàn bộ sổ ra tệp mở: CSV, JSON và một bản hướng dẫn đọc (DOC-TRUOC.md).

    Không thiếu gì: nhập lại bằng dvk import cho đúng sổ ấy, cùng nhật ký, cùng kết quả. Dùng để
    chuyển máy, chuyển sang hay về từ máy chủ PostgreSQL, giao nộp lưu trữ.
    """
    done = context.obj.desk().export(folder, progress=say.progress("Xuất bảng"))
    if as_json:
        say.out_json(done)
        return
    say.out(str(done.folder))
    rows = sum(done.rows.values())
    say.note(f"Đã xuất {rows} dòng của {len(done.rows)} bảng, {done.lines} dòng nhật ký.")
    say.note(f"Dòng nhật ký cuối {done.head[:16] or '(trống)'}; dấu bản kê so.json {done.digest}")


def import_(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục do dvk export ghi ra, còn nguyên.")
    ],
    as_json: AsJson = False,
) -> None:
    """Lập sổ mới từ một bản xuất: dvk --db SO-MOI.db import THƯ_MỤC.

    Chỉ nhập vào sổ chưa có, trọn vẹn hoặc không gì cả; tệp nào bị sửa sau khi xuất thì từ chối.
    """
    from registry.desk.upkeep import import_export

    chosen = context.obj.settings()
    done = import_export(
        folder,
        chosen.server or chosen.db.expanduser(),
        anywhere=chosen.allow_location,
        progress=say.progress("Nhập bảng"),
    )
    if as_json:
        say.out_json(done)
        return
    rows = sum(done.rows.values())
    say.out(chosen.server.told if chosen.server else str(chosen.db))
    say.note(f"Đã nhập {rows} dòng của {len(done.rows)} bảng, {done.lines} dòng nhật ký.")
    say.note(f"Dòng nhật ký cuối {done.head[:16] or '(trống)'}.")
