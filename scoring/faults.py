"""Faults pydantic finds in a pack, as problems with a place, in Vietnamese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from scoring.language import meant, nearest
from scoring.outline import below, inner_of, keys_of
from scoring.problems import MOST_PROBLEMS, Problem, first_of
from scoring.schema import PackFile
from scoring.source import Path, Source

_SHOULD_BE: Mapping[str, str] = MappingProxyType(
    {
        "dict_type": "các dòng “khóa: giá trị” thụt vào bên dưới",
        "model_type": "các dòng “khóa: giá trị” thụt vào bên dưới",
        "list_type": "một danh sách, mỗi mục một dòng bắt đầu bằng “- ”",
        "string_type": "chữ",
        "int_type": "số nguyên",
        "bool_type": "true hoặc false",
        "date_type": "ngày viết không nháy, ví dụ 2018-03-31",
    }
)


def problems_of(error: ValidationError, source: Source) -> tuple[Problem, ...]:
    """Every fault of *error*, in the order of the file."""
    faults: list[dict[str, Any]] = [dict(one) for one in error.errors(include_url=False)]
    if len(faults) > MOST_PROBLEMS:
        faults.sort(key=lambda one: source.place(_path(one)))
        del faults[MOST_PROBLEMS:]
    misspelt = {_meant_path(one["loc"]) for one in faults if one["type"] == "extra_forbidden"}
    # A key that is there under a wrong spelling is not missing as well.
    found = [_problem(one, source) for one in faults if one["loc"] not in misspelt]
    return first_of(sorted(dict.fromkeys(found), key=lambda one: one.place))


def _meant_path(path: Path) -> Path:
    """The path of the key that was meant; of nothing when no known key is near."""
    near = nearest(str(path[-1]), _known_keys(path[:-1]))
    return (*path[:-1], near) if near else ()


def _problem(fault: Mapping[str, Any], source: Source) -> Problem:
    path = _path(fault)
    kind, given = fault["type"], _shown(fault["input"])
    key = _named(path)
    if kind == "extra_forbidden":
        last = str(path[-1])
        known = _known_keys(path[:-1])
        hint = meant(last, known) or f"Ở đây dùng được: {', '.join(known)}."
        return Problem(source.key_place(path), "unknown-key", f"Không có khóa “{last}”.", hint)
    if kind == "missing":
        return Problem(
            source.place(path[:-1]), "missing-key", f"Thiếu khóa {key}.", "Thêm vào mục này."
        )
    if kind == "string_pattern_mismatch":
        hint = "Mã viết không dấu, không cách, ví dụ so_ho_tham_gia, II.2, 1.0.0."
        place = source.key_place(path) if "[key]" in fault["loc"] else source.place(path)
        return Problem(place, "bad-id", f"{given} không phải một mã hợp lệ.", hint)
    if "not-a-number" in str(fault.get("msg", "")):
        hint = "Số viết không nháy, phần lẻ sau dấu chấm: 1.5"
        return Problem(source.place(path), "bad-number", f"{key}: {given} không phải là số.", hint)
    if "not-a-constant" in str(fault.get("msg", "")):
        hint = "Số, ngày (2018-03-31) hay true, false, viết không nháy."
        return Problem(
            source.place(path), "bad-type", f"{key}: {given} không phải một hằng số.", hint
        )
    if kind == "literal_error":
        allowed = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        hint = meant(given.strip("“”"), allowed.split(", ")) or f"Chọn một trong: {allowed}."
        return Problem(source.place(path), "bad-choice", f"{key} không nhận {given}.", hint)
    if kind == "string_type" and isinstance(fault["input"], int | Decimal | dt.date):
        hint = f'Đặt trong nháy: "{fault["input"]}"'
        return Problem(source.place(path), "bad-type", f"{key} phải là chữ.", hint)
    should_be = _SHOULD_BE.get(kind)
    if should_be:
        return Problem(source.place(path), "bad-type", f"{key} phải là {should_be}.")
    if kind in ("too_short", "string_too_short"):
        return Problem(source.place(path), "empty", f"{key} không được để trống.")
    return Problem(source.place(path), "bad-value", f"{key} {_limit_words(fault)}.")


def _path(fault: Mapping[str, Any]) -> Path:
    return tuple(part for part in fault["loc"] if part != "[key]")


def _limit_words(fault: Mapping[str, Any]) -> str:
    limits = fault.get("ctx", {})
    match fault["type"]:
        case "greater_than":
            return f"phải lớn hơn {limits['gt']}"
        case "greater_than_equal":
            return f"phải từ {limits['ge']} trở lên"
        case "string_too_long":
            return f"dài quá {limits['max_length']} ký tự"
    return f"không dùng được giá trị này: {fault['msg']}"


def _named(path: Path) -> str:
    """``“max”``, or ``mục 2 của “bands”`` for an item of a list."""
    if not path:
        return "Tệp này"
    if isinstance(path[-1], int):
        return f"mục {path[-1] + 1} của {_named(path[:-1])}"
    return f"“{path[-1]}”"


def _shown(given: Any) -> str:
    if given is None:
        return "chỗ để trống"
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, dict | list):
        return "một danh sách" if isinstance(given, list) else "một nhóm khóa"
    return f"“{given}”"


def _known_keys(path: Path) -> tuple[str, ...]:
    """The keys the format knows at *path*, found by walking the schema's types."""
    at: Any = PackFile
    for part in path:
        at = inner_of(at) if isinstance(part, int) else below(at, part)
    return keys_of(at)
