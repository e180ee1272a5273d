"""Changes of a pack that its author lets be (đột biến chấp nhận), each with the reason in writing.

Shape of ``accepted`` in ``tests/*.yaml``: ``change``, the change as ``dvk rules mutate`` words it
without its place, and ``because``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from scoring.language import meant
from scoring.problems import PackError, Place, Problem
from scoring.source import Path, Source, read_source

KEYS = ("change", "because")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A change no case can tell from the pack, as its author says, and why that is well so."""

    change: str
    because: str
    place: Place = field(compare=False)


class Notes(Protocol):
    """Where faults are noted."""

    def problem(
        self, source: Source, path: Path, code: str, message: str, hint: str = ""
    ) -> None: ...


def read_accepted(notes: Notes, source: Source) -> Iterator[Accepted]:
    """The entries of ``accepted`` in one file; what cannot be meant is noted."""
    value = source.value if isinstance(source.value, dict) else {}
    listed = value.get("accepted", [])
    if not isinstance(listed, list):
        notes.problem(source, ("accepted",), "bad-type", "Cần danh sách accepted.")
        return
    for at, one in enumerate(listed):
        path: Path = ("accepted", at)
        if _is_complete(one):
            _check_keys(notes, source, path, one)
            yield Accepted(one["change"], one["because"], source.place(path))
        else:
            message = "Một mục accepted cần change và because, đều là chữ."
            hint = (
                "change: dòng mà dvk rules mutate in ra, bỏ vị trí; because: vì sao không thử được."
            )
            notes.problem(source, path, "accepted", message, hint)


def _is_complete(one: Any) -> bool:
    return isinstance(one, dict) and all(
        isinstance(one.get(key), str) and one[key].strip() for key in KEYS
    )


def _check_keys(notes: Notes, source: Source, path: Path, one: Mapping[str, Any]) -> None:
    for key in one:
        if key not in KEYS:
            hint = meant(key, KEYS) or f"Có: {', '.join(KEYS)}."
            notes.problem(source, (*path, key), "unknown-key", f"Không có khóa “{key}”.", hint)


@dataclass
class _Faults:
    problems: list[Problem] = field(default_factory=list)

    def problem(self, source: Source, path: Path, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(source.place(path), code, message, hint))


def parse_accepted(files: Mapping[str, str], *, name: str) -> tuple[Accepted, ...]:
    """Every change accepted in ``tests/*.yaml``. Raises PackError with every fault."""
    faults = _Faults()
    found = [
        one
        for file in sorted(f for f in files if f.startswith("tests/") and f.endswith(".yaml"))
        for one in read_accepted(faults, read_source(files[file], file=f"{name}/{file}"))
    ]
    if faults.problems:
        raise PackError(tuple(faults.problems))
    return tuple(found)
