"""Who scores a clause (ai chấm), and which clauses a pack leaves undone, by its notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from scoring.facts import FactType
from scoring.nodes import Call, Name, Node, children
from scoring.rules import Pack
from scoring.source import read_source

MISSING_WORDS = "chưa thực hiện"


class Mark(StrEnum):
    """Who gives the points (ai chấm)."""

    MACHINE = "máy chấm"
    PEOPLE = "người chấm"
    MISSING = "chưa thực hiện"


def judged_by(nodes: Iterable[Node], pack: Pack) -> Mark:
    """People when what is read is somebody's judgement: marks, or what the council fills in."""
    met: set[str] = set()
    judged = any(_is_judgement(name, pack) for node in nodes for name in _read(node, pack, met))
    return Mark.PEOPLE if judged else Mark.MACHINE


def _read(node: Node, pack: Pack, met: set[str]) -> Iterator[str]:
    """Names *node* reads, derived values followed; counting marks does not read them.

    *met* are names that were followed before.
    """
    if isinstance(node, Call) and node.function == "count":
        return
    if isinstance(node, Name) and node.id not in met:
        met.add(node.id)
        yield node.id
        for group in (pack.derived, pack.peers):
            if (found := group.get(node.id)) is not None:
                inner = found.of.node if hasattr(found, "of") else found.value.node
                yield from _read(inner, pack, met)
    for child in children(node):
        yield from _read(child, pack, met)


def _is_judgement(name: str, pack: Pack) -> bool:
    fact = pack.facts.get(name)
    return fact is not None and (fact.type is FactType.MARKS or fact.ask == "council")


def notes_of(files: Mapping[str, str]) -> dict[str, str]:
    """Notes by the id of their criterion; the pack's own under the empty id."""
    found: dict[str, str] = {}
    for file in sorted(files, key=lambda name: (name != "pack.yaml", name)):
        if file == "pack.yaml" or file.startswith("criteria/"):
            value = read_source(files[file], file=file).value
            own = value.get("note") if isinstance(value, dict) and file == "pack.yaml" else None
            if own:
                found[""] = str(own)
            _collect(value, found)
    return found


def _collect(value: Any, found: dict[str, str]) -> None:
    if isinstance(value, list):
        for one in value:
            _collect(one, found)
    elif isinstance(value, dict):
        if "id" in value and value.get("note") and "version" not in value:
            found[str(value["id"])] = str(value["note"])
        for key in ("criteria", "parts", "bonus", "penalty"):
            _collect(value.get(key), found)


def unmet_clauses(notes: Mapping[str, str]) -> tuple[str, ...]:
    """What the notes say is not done: every line that begins with “Chưa thực hiện”."""
    found = []
    for id_, note in notes.items():
        for line in note.split("\n"):
            text = " ".join(line.split())
            if text.casefold().startswith(MISSING_WORDS):
                told = text[len(MISSING_WORDS) :].lstrip(" :")
                found.append(f"{id_}: {told}" if id_ else told)
    return tuple(found)
