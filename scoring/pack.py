"""Pack files to a checked Pack: every fault at once, each with its file, line and column."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from scoring.assembly import Assembly
from scoring.faults import problems_of
from scoring.problems import PackError, Place, Problem
from scoring.rules import Pack
from scoring.schema import PackFile
from scoring.source import Path, Source, read_source

__all__ = ["Pack", "pack_of", "parse_pack", "read_files"]


def parse_pack(files: Mapping[str, str], *, name: str) -> Pack:
    """The pack in *files* (``pack.yaml`` and ``criteria/*.yaml``). Raises PackError.

    *files* maps names inside the pack's folder to their text; *name* (the folder as the person
    wrote it) stands before them in places. Other files (tests, CHANGELOG) are passed over.
    """
    return pack_of(read_files(files, name=name))


def pack_of(source: Source) -> Pack:
    """The pack that *source* says. Raises PackError."""
    try:
        file = PackFile.model_validate(source.value)
    except ValidationError as error:
        raise PackError(problems_of(error, source)) from None
    assembly = Assembly(file, source)
    pack = assembly.pack(_digest(source.value))
    if assembly.problems:
        raise PackError(tuple(sorted(assembly.problems, key=_position)))
    return pack


def read_files(files: Mapping[str, str], *, name: str) -> Source:
    """``pack.yaml`` with the criteria of ``criteria/*.yaml`` added, in order of file name.

    Raises PackError.
    """
    parts = sorted(f for f in files if f.startswith("criteria/") and f.endswith(".yaml"))
    if "pack.yaml" not in files:
        place = Place(f"{name}/pack.yaml")
        raise PackError(
            (Problem(place, "no-pack", "Không có tệp pack.yaml.", "Chỉ đúng thư mục bộ quy tắc."),)
        )
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for part in ("pack.yaml", *parts):
        try:
            sources[part] = read_source(files[part], file=f"{name}/{part}")
        except PackError as error:
            problems += error.problems
    whole = sources.get("pack.yaml")
    if whole is not None and not isinstance(whole.value, dict):
        hint = "Dòng đầu thường là id: tên-bộ-quy-tắc."
        problems.append(Problem(whole.place(()), "bad-type", "Cần các dòng “khóa: giá trị”.", hint))
    for part in parts:
        if part in sources and not _is_criteria_file(sources[part].value):
            hint = "Tệp trong criteria/ chỉ có một khóa: criteria: [...]"
            place = sources[part].place(())
            problems.append(Problem(place, "criteria-file", "Cần danh sách criteria.", hint))
    if whole is None or problems:
        raise PackError(tuple(sorted(problems, key=_position)))
    for part in parts:
        whole = _joined(whole, sources[part])
    return whole


def _is_criteria_file(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and [*value] == ["criteria"]
        and isinstance(value["criteria"], list)
        and bool(value["criteria"])
    )


def _joined(whole: Source, part: Source) -> Source:
    """*whole* with the list ``criteria`` of *part* appended, places kept."""
    before = whole.value.get("criteria")
    before = [] if before is None else before
    if not isinstance(before, list):
        return whole  # the schema says what is wrong with it
    more = part.value["criteria"]
    shift = len(before)

    def moved(path: Path) -> Path:
        if len(path) > 1 and isinstance(path[1], int):
            return ("criteria", path[1] + shift, *path[2:])
        return path

    def joined(one: Mapping[Path, Any], other: Mapping[Path, Any]) -> dict[Path, Any]:
        return {**{moved(path): at for path, at in other.items()}, **one}

    return Source(
        {**whole.value, "criteria": [*before, *more]},
        joined(whole.places, part.places),
        joined(whole.keys, part.keys),
        joined(whole.written, part.written),
    )


def _digest(value: Any) -> str:
    """SHA-256 over the parsed content: comments and layout do not count."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _position(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return (place.file, place.line, place.column) if isinstance(place, Place) else (place, 0, 0)
