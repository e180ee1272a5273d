"""``dvk rules check``: whether a pack can be read, with every fault at its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.catalogue import read_catalogue, unknown_terms
from registry.rulebook import RULES_DIR, read_pack_files
from scoring.problems import PackError
from tui.commands import say
from tui.commands.rules.findings import row_of, with_caret
from tui.commands.rules.reading import folder_at
from tui.commands.season import AsJson

if TYPE_CHECKING:
    from scoring.cases import Case
    from scoring.rules import Pack

Folder = Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục chứa pack.yaml.")]


def check(context: typer.Context, folder: Folder, as_json: AsJson = False) -> None:
    """Soát bộ quy tắc: khóa, tên, kiểu, tổng điểm; nêu mọi lỗi cùng chỗ sai."""
    folder = folder_at(context.obj, folder)
    files = read_pack_files(folder)
    name = folder.as_posix()
    try:
        pack, cases = _checked(files, name)
    except PackError as error:
        if as_json:
            say.out_json([row_of(one) for one in error.problems])
        else:
            for problem in error.problems:
                say.note(with_caret(problem, files, name))
        say.note(f"{len(error.problems)} lỗi trong {name}.")
        raise typer.Exit(2) from None
    if as_json:
        say.out_json([])
    else:
        leaves = len(pack.leaves())
        say.out(
            f"{pack.id} {pack.version}: không có lỗi. {leaves} tiêu chí, {len(cases)} ca kiểm thử."
        )


def _checked(files: Mapping[str, str], name: str) -> tuple[Pack, tuple[Case, ...]]:
    """The pack and its cases. Raises PackError."""
    from scoring.cases import parse_cases
    from scoring.pack import parse_pack

    pack = parse_pack(files, name=name)
    cases = parse_cases(files, pack, name=name)
    if unknown := tuple(unknown_terms(pack, read_catalogue(RULES_DIR / "catalogue"))):
        raise PackError(unknown)
    return pack, cases
