"""What may stand at a place of a rule file (chỗ viết): keys, a name, an expression, a choice.

Read off the types of ``scoring.schema``; said here is only which plain words name something.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from scoring.case_files import CaseFile, ExpectFile
from scoring.outline import inner_of, model_of, outline_of
from scoring.shape_files import Formula
from scoring.source import Path

SCORED = frozenset({"grades", "veto", "caps", "overrides", "ranking", "selections"})
"""The sections whose expressions may read scores."""


class Refers(StrEnum):
    """What a plain word or a key names."""

    NOTHING = ""
    FACT = "fact"
    PEER = "peer"
    GRADE = "grade"
    GATE = "gate"
    CRITERION = "criterion"
    SELECTION = "selection"
    CHOICE = "choice"


_VALUES: Mapping[tuple[str, str], Refers] = MappingProxyType(
    {
        ("VetoFile", "grade"): Refers.GRADE,
        ("CapFile", "at_most"): Refers.GRADE,
        ("RankingFile", "among"): Refers.GRADE,
        ("SelectionFile", "from"): Refers.GRADE,
        ("ShareFile", "of"): Refers.GRADE,
        ("ExpectFile", "grade"): Refers.GRADE,
        ("ExpectFile", "gates"): Refers.GATE,
        ("PeerFile", "per"): Refers.FACT,
        ("QuotaFile", "per"): Refers.FACT,
        ("ChoicePointsFile", "of"): Refers.FACT,
        ("JudgedFile", "marks"): Refers.FACT,
        ("CasesFile", "base"): Refers.CHOICE,
        ("CaseFile", "given"): Refers.CHOICE,
        ("CaseFile", "season"): Refers.CHOICE,
    }
)
_KEYS: Mapping[tuple[str, str], Refers] = MappingProxyType(
    {
        ("CasesFile", "base"): Refers.FACT,
        ("CaseFile", "given"): Refers.FACT,
        ("CaseFile", "peers"): Refers.PEER,
        ("CaseFile", "expect"): Refers.CRITERION,
        ("ExpectFile", "outcome"): Refers.SELECTION,
        ("ChoicePointsFile", "points"): Refers.CHOICE,
    }
)
_TYPES: Mapping[tuple[str, str], str] = MappingProxyType(
    {("ChoicePointsFile", "of"): "choice", ("JudgedFile", "marks"): "marks"}
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a file: what fits there, and the key of the format that made it."""

    hint: Any
    """The type of what stands here; None when the format says nothing."""
    model: str = ""
    """The part of the format whose key leads here, e.g. ``TiersFile``."""
    key: str = ""
    depth: int = 0
    """How many steps below that key, items of lists not counted."""
    section: str = ""

    @property
    def _parts(self) -> tuple[Any, ...]:
        """The type and what it is a union of."""
        return (self.hint, *typing.get_args(self.hint))

    @property
    def mapping(self) -> type[BaseModel] | None:
        """The part of the format whose keys may stand here."""
        if (self.model, self.key, self.depth) == ("CaseFile", "expect", 0):
            return ExpectFile
        return model_of(self.hint) if inner_of(self.hint) is None else None

    @property
    def item(self) -> type[BaseModel] | None:
        """The same, for a dash not written yet."""
        is_list = any(typing.get_origin(one) is list for one in self._parts)
        return model_of(inner_of(self.hint)) if is_list else None

    @property
    def is_expression(self) -> bool:
        return Formula in self._parts

    @property
    def reads_scores(self) -> bool:
        return self.section in SCORED

    @property
    def refers(self) -> Refers:
        """What a value here names."""
        return _VALUES.get((self.model, self.key), Refers.NOTHING)

    @property
    def wanted_type(self) -> str:
        """The only type of fact that fits here; empty: any."""
        return _TYPES.get((self.model, self.key), "")

    @property
    def keys_refer(self) -> Refers:
        """What the keys of a mapping here name."""
        if (self.model, self.key) == ("CaseFile", "season"):
            return Refers.FACT if self.depth else Refers.NOTHING
        if self.mapping is CaseFile or self.depth:
            return Refers.NOTHING
        return _KEYS.get((self.model, self.key), Refers.NOTHING)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are allowed here, when the format lists them."""
        found = [
            str(word)
            for one in self._parts
            if typing.get_origin(one) is typing.Literal
            for word in typing.get_args(one)
        ]
        return (*found, "true", "false") if bool in self._parts and not found else tuple(found)


def slot_at(file: str, path: Path) -> Slot:
    """What may stand at *path* of the file called *file* inside a pack."""
    slot = Slot(outline_of(file))
    for step in path:
        slot = _below(slot, step)
    return slot


def _below(slot: Slot, step: str | int) -> Slot:
    section = slot.section or str(step)
    model = slot.mapping
    if model is not None and isinstance(step, str):
        hints = typing.get_type_hints(model, include_extras=True)
        for name, field in model.model_fields.items():
            if step in (name, field.alias):
                return Slot(hints[name], model.__name__, field.alias or name, 0, section)
        if model is not ExpectFile:
            return Slot(None, section=section)
        return Slot(None, "CaseFile", "expect", 1, section)
    inner = inner_of(slot.hint)
    depth = slot.depth + (1 if isinstance(step, str) else 0)
    return Slot(inner, slot.model, slot.key, depth, section)
