"""Results of cases as JUnit XML, which build servers show (báo cáo cho máy dựng)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

# Characters XML 1.0 has no way to write at all.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a report: what was checked, where it stands, and why it failed, if it did."""

    name: str
    place: str
    failure: str = ""


def junit(suite: str, checks: Iterable[Check]) -> str:
    """One ``testsuite`` of all *checks*."""
    listed = [*checks]
    failed = sum(bool(one.failure) for one in listed)
    start = f'<testsuite name={_attribute(suite)} tests="{len(listed)}"'
    start += f' failures="{failed}" errors="0">'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        start,
    ]
    for one in listed:
        line = f"  <testcase classname={_attribute(suite)} name={_attribute(one.name)}"
        line += f" file={_attribute(one.place)}"
        if not one.failure:
            lines.append(f"{line}/>")
            continue
        first = one.failure.splitlines()[0]
        lines.append(f"{line}>")
        lines.append(f"    <failure message={_attribute(first)}>{_text(one.failure)}</failure>")
        lines.append("  </testcase>")
    return "\n".join([*lines, "</testsuite>", ""])


def _attribute(text: str) -> str:
    written = _text(text)
    for sign in "\t\n":
        written = written.replace(sign, f"&#{ord(sign)};")
    return f'"{written}"'


def _text(text: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", text)).replace("\r", "&#13;")
