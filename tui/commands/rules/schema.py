"""``dvk rules schema``: what editors need to complete and underline a pack's files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tui.commands import say
from tui.commands.files import write_whole
from tui.commands.season import AsJson


def schema(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="TỆP", help="Ghi ra tệp thay vì in ra.")
    ] = None,
    as_json: AsJson = False,  # noqa: ARG001 it is JSON already; scripts may always say so
) -> None:
    """Lược đồ JSON của các tệp quy tắc, để trình soạn thảo gợi ý khóa và gạch chân chỗ sai.

    Ghi một lần: dvk rules schema --out rules/dvk.schema.json
    Rồi đặt ở dòng đầu mỗi tệp YAML: # yaml-language-server: $schema=../dvk.schema.json
    """
    from scoring.authoring.editor_schema import editor_schema

    text = json.dumps(editor_schema(), ensure_ascii=False, indent=2)
    if out is None:
        say.out(text)
    else:
        write_whole(out, f"{text}\n".encode())
        say.note(f"Đã ghi {out}. Dòng đầu tệp YAML: # yaml-language-server: $schema={out.name}")
