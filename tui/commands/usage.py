"""What is wrong with a command line, in Vietnamese (sai cách dùng): Typer says it in English."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any

from registry.errors import RegistryError

_EXTRA = re.compile(r"extra argument(?:\(s\)|s)? \((?P<given>.*)\)\.?$", re.DOTALL)
_UNKNOWN = re.compile(r"No such command (?P<quote>['\"])(?P<given>.*?)(?P=quote)\.", re.DOTALL)
_VALUE_WORDS = (
    ("valid integer", "cần một số nguyên"),
    ("valid boolean", "cần có hoặc không"),
)


class NotReadable(RegistryError):
    """A word of the command line whose bytes are no UTF-8: what it says cannot be told."""

    def __init__(self, given: str) -> None:
        shown = given.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        super().__init__(
            f"Dòng lệnh có chữ không đọc được: “{shown}”.",
            hint="Đổi tên tệp cho khỏi chữ bảng mã cũ, hoặc đặt cửa sổ dòng lệnh về UTF-8 "
            "(LANG=C.UTF-8).",
        )


def check_readable(arguments: Sequence[str]) -> None:
    """Raises NotReadable for a word that would be kept with letters missing."""
    for given in arguments:
        if any("\ud800" <= letter <= "\udfff" for letter in given):
            raise NotReadable(given)


def usage_words(error: Any) -> str:
    """What Typer found wrong, and the command to ask for help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.message)
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "dvk"
    return f"{_what(error, context)}\n    → Xem cách dùng: {path} --help"


def _what(error: Any, context: Any) -> str:
    kind, message = type(error).__name__, str(error.message)
    if kind == "MissingParameter":
        return f"Thiếu {_name(error)}."
    if kind == "BadParameter":
        known = next((words for piece, words in _VALUE_WORDS if piece in message), message)
        return f"{_name(error)}: giá trị không dùng được, {known.rstrip('.')}."
    if kind == "NoSuchOption":
        near = f" Ý bạn là {error.possibilities[0]}?" if error.possibilities else ""
        return f"Không có tùy chọn {error.option_name}.{near}"
    if kind == "BadOptionUsage" and "requires" in message:
        return f"Tùy chọn {error.option_name} cần một giá trị theo sau."
    if kind == "BadOptionUsage":
        return f"Tùy chọn {error.option_name} không nhận giá trị."
    if found := _EXTRA.search(message):
        return f"Thừa tham số: {found['given']}."
    if "Missing command" in message:
        return "Chưa nêu lệnh."
    if (found := _UNKNOWN.search(message)) and context is not None:
        given = found["given"]
        near_names = difflib.get_close_matches(given, context.command.list_commands(context), n=1)
        near = f" Ý bạn là “{near_names[0]}”?" if near_names else ""
        return f"Không có lệnh “{given}”.{near}"
    return str(error.format_message())


def _name(error: Any) -> str:
    return "" if error.param is None else str(error.param.get_error_hint()).strip("'")
