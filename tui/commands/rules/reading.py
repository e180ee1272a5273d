"""Which pack a command reads, and at which day: what ``dvk rules at NGÀY`` says, in one place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from registry.errors import RegistryError
from registry.rulebook import PackNotInForce, edition_in_force, load_pack
from scoring.dated import pack_at
from scoring.rules import Pack
from tui.commands import say
from tui.commands.context import Context


class DayRefused(RegistryError):
    def __init__(self, why: str, hint: str) -> None:
        super().__init__(f"Ngày xem bộ quy tắc: {why}", hint=hint)


def day_of(text: str) -> dt.date:
    """The day a person wrote, 01/07/2026 or 2026-07-01. Raises DayRefused."""
    from scoring.facts import Fact, FactRefused, FactType, read_fact

    try:
        day = read_fact(Fact(id="at", label="Ngày", type=FactType.DATE), text)
    except FactRefused as refused:
        raise DayRefused(refused.message, refused.hint) from None
    if not isinstance(day, dt.date):
        raise DayRefused("chưa ghi ngày nào.", "Viết ngày/tháng/năm, ví dụ 01/07/2026.")
    return day


def folder_at(context: Context, folder: Path) -> Path:
    """*folder*, or the one beside it whose pack applies on the day asked for.

    Raises PackNotInForce.
    """
    if context.on is None:
        return folder
    found = edition_in_force(folder, context.on)
    if found is None or found.folder.name == folder.resolve().name:
        return folder
    say.note(
        f"Ngày {context.on:%d/%m/%Y} dùng {found.folder} ({found.id} {found.version}, "
        f"hiệu lực {found.applies}) thay cho {folder}."
    )
    return found.folder


def folder_to_judge(context: Context, folder: Path) -> Path:
    """The same; when none applies the one asked about, for a command that says so itself."""
    try:
        return folder_at(context, folder)
    except PackNotInForce:
        return folder


def pack_of(context: Context, folder: Path) -> Pack:
    """The pack in *folder* as it reads on the day.

    Raises PackMissing, PackError, PackNotInForce.
    """
    return pack_at(load_pack(folder_at(context, folder)), context.on)


def day_words(pack: Pack) -> str:
    """``, theo giá trị ngày 01/07/2026``; empty when no day was named."""
    return f", theo giá trị ngày {pack.on:%d/%m/%Y}" if pack.on is not None else ""
