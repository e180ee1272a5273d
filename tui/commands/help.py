"""Help and usage errors in Vietnamese: Typer's own words are English and cannot be set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException


def _write_help(command: Any, context: Any, formatter: Any) -> None:
    """Usage, what it does, arguments, options, commands: plain text, for any terminal."""
    words = [_usage(one) for one in command.params if isinstance(one, TyperArgument)]
    end = ["LỆNH", "…"] if isinstance(command, TyperGroup) else []
    # A group's argument stands in braces in the path: dvk rules at {NGÀY} check.
    path = context.command_path.replace("{", "").replace("}", "")
    formatter.write_usage(path, " ".join(["[TÙY CHỌN]", *words, *end]), prefix="Cách dùng: ")
    if command.help:
        formatter.write_paragraph()
        for line in command.help.replace("\f", "").strip().splitlines():
            formatter.write(f"  {line.strip()}\n" if line.strip() else "\n")
    _section(
        formatter,
        "Tham số",
        [(_usage(one), one.help or "") for one in command.params if isinstance(one, TyperArgument)],
    )
    _section(
        formatter,
        "Tùy chọn",
        [_option(one) for one in command.get_params(context) if isinstance(one, TyperOption)],
    )
    if isinstance(command, TyperGroup):
        rows = [
            (name, found.get_short_help_str(120))
            for name in command.list_commands(context)
            if (found := command.get_command(context, name)) is not None and not found.hidden
        ]
        _section(formatter, "Lệnh", rows)


def _section(formatter: Any, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


def _usage(argument: Any) -> str:
    name = argument.metavar or str(argument.name).upper()
    return name if argument.required else f"[{name}]"


def _option(option: Any) -> tuple[str, str]:
    names = ", ".join(option.opts)
    if option.is_flag or option.name == "help":
        return names, "Hiện hướng dẫn này." if option.name == "help" else option.help or ""
    place = option.metavar or "CHỮ"
    needed = " (bắt buộc)" if option.required else ""
    return f"{names} {place}", (option.help or "") + needed


@contextmanager
def _known_place(context: Any) -> Iterator[None]:
    """Say which command a usage error is about; Typer's parser leaves it out of some."""
    try:
        yield
    except TyperException as error:
        if getattr(error, "ctx", None) is None:
            vars(error)["ctx"] = context
        raise


class Command(TyperCommand):
    """A command whose help is Vietnamese."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with _known_place(ctx):
            return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _write_help(self, ctx, formatter)


class Group(TyperGroup):
    """A group of commands whose help is Vietnamese."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with _known_place(ctx):
            return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _write_help(self, ctx, formatter)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 as the library calls it
        return list(self.commands)
