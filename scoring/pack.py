"""Pack files to a checked Pack: every fault at once, each with its file, line and column."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from scoring.assembly import Assembly
from scoring.faults import problems_of
from scoring.problems import MOST_PROBLEMS, PackError, Place, Problem, first_of
from scoring.rules import Pack
from scoring.schema import PackFile
from scoring.source import Path, Source, read_source

__all__ = ["Pack", "pack_of", "parse_pack", "read_files", "read_sources"]

MOST_NODES = 250_000
"""In all files together: 300 criteria of 100 bands each are 220.000."""
TOO_MUCH = frozenset({"too-many", "too-large", "too-deep"})
T = TypeVar("T")


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
    sources, problems = read_sources(files, ("pack.yaml", *parts), name=name)
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
        raise PackError(first_of(sorted(problems, key=_position)))
    return _joined(whole, [sources[part] for part in parts])


def read_sources(
    files: Mapping[str, str], names: Sequence[str], *, name: str
) -> tuple[dict[str, Source], list[Problem]]:
    """The files *names* that can be read, and what is wrong with the others.

    Stops when there is more than any pack holds, or more wrong than anybody reads at once.
    """
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    nodes = 0
    for part in names:
        try:
            sources[part] = read_source(files[part], file=f"{name}/{part}")
        except PackError as error:
            problems += error.problems
        else:
            nodes += len(sources[part].places)
        if nodes > MOST_NODES:
            message = "Các tệp gộp lại có quá 250.000 mục."
            hint = "Bỏ tệp thừa; chia thành nhiều bộ quy tắc."
            problems.append(Problem(Place(f"{name}/{part}"), "too-many", message, hint))
        # A file that is too much says enough: the others are hardly better.
        if len(problems) >= MOST_PROBLEMS or any(one.code in TOO_MUCH for one in problems):
            break
    return sources, problems


def _is_criteria_file(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and [*value] == ["criteria"]
        and isinstance(value["criteria"], list)
        and bool(value["criteria"])
    )


def _joined(whole: Source, parts: Sequence[Source]) -> Source:
    """*whole* with the lists ``criteria`` of *parts* appended, places kept."""
    before = whole.value.get("criteria")
    before = [] if before is None else before
    if not parts or not isinstance(before, list):
        return whole  # the schema says what is wrong with it
    criteria = [*before]
    places, keys, written = dict(whole.places), dict(whole.keys), dict(whole.written)
    for part in parts:
        _move(part.places, places, len(criteria))
        _move(part.keys, keys, len(criteria))
        _move(part.written, written, len(criteria))
        criteria += part.value["criteria"]
    return Source({**whole.value, "criteria": criteria}, places, keys, written)


def _move(part: Mapping[Path, T], whole: dict[Path, T], shift: int) -> None:
    """Put what is known of *part* into *whole*, its criteria *shift* places further down."""
    for path, known in part.items():
        index = path[1] if len(path) > 1 else None
        here = ("criteria", index + shift, *path[2:]) if isinstance(index, int) else path
        whole.setdefault(here, known)


def _digest(value: Any) -> str:
    """SHA-256 over the parsed content: comments and layout do not count."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _position(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return (place.file, place.line, place.column) if isinstance(place, Place) else (place, 0, 0)
