"""``dvk rules freeze``: a table of facts as a columnar file, checked once, read in a moment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.frames import COLUMNAR
from tui.commands import say
from tui.commands.files import write_whole
from tui.commands.rules.basic import Folder
from tui.commands.rules.facts_files import NeedsPolars, has_polars, table_of_file
from tui.commands.rules.reading import pack_of
from tui.commands.season import AsJson


def freeze(
    context: typer.Context,
    folder: Folder,
    facts: Annotated[
        Path,
        typer.Argument(metavar="SỐ_LIỆU", help="CSV, xlsx, Parquet hay Arrow, như lệnh score."),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", help="Tệp .parquet (gọn) hay .arrow (đọc nhanh nhất).", metavar="TỆP"
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Chốt một bảng số liệu thành tệp cột: soát một lần, chấm lại nhiều lần.

    In ra dấu vân tay SHA-256 của số liệu: số liệu như nhau thì dấu như nhau, dù lấy từ tệp nào.
    """
    if not has_polars():
        raise NeedsPolars("Ghi tệp cột")
    if out.suffix.lower() not in COLUMNAR:
        raise typer.BadParameter(f"Tệp ghi ra có đuôi {' hay '.join(COLUMNAR[:2])}.")
    from registry.frames.writing import facts_file
    from scoring.columns.digest import table_digest

    pack = pack_of(context.obj, folder)
    table = table_of_file(pack, facts)
    write_whole(out, facts_file(pack, table, out.suffix.lower()))
    digest = table_digest(table)
    if as_json:
        say.out_json({"entries": table.rows, "digest": digest, "file": str(out)})
    else:
        say.out(digest)
        say.note(f"Đã chốt {table.rows} hồ sơ, ghi {out}.")
