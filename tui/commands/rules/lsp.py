"""``dvk rules lsp``: what an editor starts to have packs explained while they are written."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from registry.errors import RegistryError
from tui.commands.context import Context
from tui.commands.rules.impact import Db, with_db


class NoEditor(RegistryError):
    def __init__(self) -> None:
        super().__init__(
            "Lệnh này nói chuyện với trình soạn thảo, không phải với người.",
            hint="Khai lệnh trong VS Code, Neovim hay Helix như rules/README.md chỉ; "
            "tự soát thì dùng dvk rules check, dvk rules lint.",
        )


def lsp(
    context: typer.Context,
    season: Annotated[
        str, typer.Option("--season", metavar="ĐỢT", help="Đợt để hiện số liệu đã thấy.")
    ] = "",
    db: Db = None,
) -> None:
    """Máy chủ ngôn ngữ cho trình soạn thảo: gạch chân lỗi, giải thích, gợi ý, đến chỗ khai.

    Trình soạn thảo tự chạy lệnh này (Language Server Protocol qua stdin, stdout). Thêm --season
    thì rê chuột vào số liệu còn thấy khoảng giá trị trong đợt ấy:
    dvk --db so.db rules lsp --season hl-2018
    """
    if sys.stdin.isatty():
        raise NoEditor
    seen = _seen(with_db(context.obj, db), season) if season else {}
    from tui.language_server.talk import talk

    talk(seen)


def _seen(context: Context, season: str) -> Mapping[str, str]:
    from scoring.editing.seen import seen_in

    desk = context.desk()
    pack = desk.pack_of(season)
    return seen_in(pack, season, desk.trial(season, pack).read)
