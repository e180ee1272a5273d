"""One value as YAML text (giá trị): quoted only where it would else be read as something other."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Any

WIDTH = 100

# What this program's reader or any other of YAML 1.1 and 1.2 takes for a number, a date, a truth.
_OTHER = re.compile(
    r"""~ | null | true | false | yes | no | on | off | = | <<
    | [-+]? [0-9][0-9_,]* | [-+]? (\.[0-9_]+ | [0-9][0-9_]*\.[0-9_]*) ([eE][-+]?[0-9]+)?
    | [-+]? [0-9]+ [eE] [-+]? [0-9]+ | [-+]? 0 [xob] [0-9a-fA-F_]+ | [-+]? \.(inf|nan)
    | [-+]? [0-9][0-9_]* (:[0-5]?[0-9])+ (\.[0-9_]*)? | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*""",
    re.VERBOSE | re.IGNORECASE,
)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value, how it stood in the file, and whether it took more than one line there."""

    value: Any
    raw: str
    style: str
    """A quote, ``|`` or ``>``; empty for a plain one."""

    @property
    def is_long(self) -> bool:
        """Text over several lines, which stays so unless it fits on one."""
        return isinstance(self.value, str) and ("\n" in self.raw or "\n" in self.value)


def key_text(key: str) -> str:
    """*key* as it stands before its colon."""
    return key if _is_plain(key, flow=True) else quoted(key)


def line_text(scalar: Scalar, *, flow: bool) -> str:
    """*scalar* on one line; *flow*: between braces or brackets, where more has to be quoted."""
    if scalar.value is None:
        return "null"
    if not isinstance(scalar.value, str):
        return scalar.raw
    text = scalar.value
    if _is_plain(text, flow=flow) and not _OTHER.fullmatch(text):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """*text* between quotes: double ones, single ones when that saves escapes."""
    if not _UNPRINTABLE.search(text) and ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    escaped = "".join(_ESCAPES.get(sign, sign) for sign in text)
    return '"' + _UNPRINTABLE.sub(_code, escaped) + '"'


def _code(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"


def long_lines(scalar: Scalar, indent: int) -> list[str] | None:
    """A long text as block scalar, its head first; None when it can only stand between quotes."""
    text = scalar.value
    if not _is_block(text):
        return None
    body = _folded(text, indent) if scalar.style == ">" or "\n" not in text else None
    sign = "|" if body is None else ">"
    if body is None and "\n" not in text:
        return None
    body = body or text.removesuffix("\n").split("\n")
    head = sign + ("" if text.endswith("\n") else "-")
    margin = " " * indent
    return [head, *(f"{margin}{line}" if line else "" for line in body)]


def _is_block(text: str) -> bool:
    lines = text.removesuffix("\n").split("\n")
    return (
        bool(lines[0])
        and bool(lines[-1])
        and not _UNPRINTABLE.search(text.replace("\n", ""))
        and not lines[0].startswith(" ")
        and all(not line or line.strip() for line in lines)
    )


def _folded(text: str, indent: int) -> list[str] | None:
    """*text* in lines that read back as it; None when folding would lose spaces."""
    body: list[str] = []
    for at, paragraph in enumerate(text.removesuffix("\n").split("\n")):
        if " ".join(paragraph.split()) != paragraph:
            return None
        body += [""] if at else []
        body += textwrap.wrap(
            paragraph, max(20, WIDTH - indent), break_long_words=False, break_on_hyphens=False
        )
    return body


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text or text != text.strip() or _UNPRINTABLE.search(text):
        return False
    if text[0] in "?:,[]{}#&*!|>'\"%@`" or text.startswith(("---", "...")):
        return False
    if text[0] == "-" and (len(text) == 1 or text[1] in " ,[]{}"):
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    # libyaml takes ":?" between braces for the beginning of a key.
    return not (flow and (":?" in text or any(sign in ",[]{}" for sign in text)))
