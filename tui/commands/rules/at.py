"""``dvk rules at NGÀY …``: any command about a pack, as the pack reads on that day."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from tui.commands.help import Group
from tui.commands.rules.reading import day_of

app = typer.Typer(cls=Group, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def at(
    context: typer.Context,
    day: Annotated[
        str, typer.Argument(metavar="NGÀY", help="01/07/2026 hoặc 2026-07-01.", show_default=False)
    ],
) -> None:
    """Đọc bộ quy tắc tại một ngày, rồi làm lệnh theo sau: mức lương, ngưỡng, hạn của ngày ấy.

    Hằng số có giá trị theo ngày lấy giá trị đang có hiệu lực; chưa có giá trị thì nói rõ. Bộ không
    có hiệu lực ngày ấy thì tìm bản cùng id ở thư mục bên cạnh, không có thì từ chối (mã thoát 2).
    Không có “at NGÀY”: lấy giá trị mới nhất. Ví dụ:
    dvk rules at 01/07/2026 explain rules/ban-nhap FACTS.csv --entry HL-2018-047
    dvk rules at 30/06/2026 score rules/ban-nhap FACTS.csv --out KET-QUA.csv
    dvk rules at 2026-07-01 diff rules/ban-cu rules/ban-moi
    dvk rules at 01/07/2026 doc rules/ban-nhap --out quy-dinh.pdf
    """
    context.obj = replace(context.obj, on=day_of(day))
