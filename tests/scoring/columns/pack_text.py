"""Plain values as the text of a pack file, one key a line."""

import datetime as dt
import json
from decimal import Decimal


def pack_text(pack):
    """*pack* (lists, mappings, numbers, texts, dates) as YAML."""
    return "".join(f"{key}: {_flow(value)}\n" for key, value in pack.items())


def _flow(value):
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
        case dt.date():
            return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
