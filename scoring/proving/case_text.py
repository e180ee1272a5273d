"""Cases as YAML text (chữ của ca kiểm thử), the way an author writes them by hand."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scoring.facts import cell_of
from scoring.sheet import Facts

WIDTH = 110
_PLAIN = re.compile(r"[^\W\d_][\w %/().+-]*", re.UNICODE)
_TAKEN = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def scalar(value: Any) -> str:
    """One value in a flow collection; text is quoted wherever YAML could read it otherwise."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return cell_of(value)
        case int():
            return str(value)
        case dt.date():
            return value.isoformat()
        case Mapping():
            return "{" + ", ".join(f"{scalar(k)}: {scalar(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(scalar, value)) + "]"
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _TAKEN and text == text.strip()
    return text if plain else json.dumps(text, ensure_ascii=False)


def difference(facts: Facts, base: Facts) -> dict[str, Any]:
    """What ``given`` has to say so that *base* becomes *facts*; null takes a value away."""
    changed: dict[str, Any] = {
        name: value for name, value in facts.items() if base.get(name) != value
    }
    return changed | {name: None for name in base if name not in facts}


def entry_case(
    name: str, facts: Facts, base: Facts, expect: Mapping[str, Any], *, at: dt.date | None = None
) -> str:
    """One case about one entry, as an item of the list ``cases``."""
    return item(name, {"at": at, "given": difference(facts, base), "expect": dict(expect)})


def season_case(
    name: str,
    season: Mapping[str, Facts],
    base: Facts,
    expect: Mapping[str, Any],
    *,
    at: dt.date | None = None,
) -> str:
    """One case about several entries."""
    entries = {code: difference(facts, base) for code, facts in season.items()}
    return item(name, {"at": at, "season": entries, "expect": dict(expect)})


def item(name: str, parts: Mapping[str, Any]) -> str:
    """One item of the list ``cases``; parts that say nothing are left out."""
    whole = {"name": name, **{key: value for key, value in parts.items() if value}}
    line = f"- {scalar(whole)}"
    if len(line) <= WIDTH and "season" not in whole:
        return line + "\n"
    lines = [f"- name: {scalar(name)}"]
    for key, value in whole.items():
        if key == "season":
            lines.append("  season:")
            lines += [f"    {scalar(code)}: {scalar(given)}" for code, given in value.items()]
        elif key != "name":
            lines += _wrapped(key, value)
    return "\n".join(lines) + "\n"


def _wrapped(key: str, value: Any) -> list[str]:
    """``key: {…}`` on one line, or a member a line when that is too long to read."""
    line = f"  {key}: {scalar(value)}"
    if len(line) <= WIDTH or not isinstance(value, Mapping):
        return [line]
    return [f"  {key}:", *(f"    {scalar(k)}: {scalar(v)}" for k, v in value.items())]
