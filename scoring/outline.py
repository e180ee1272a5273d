"""The outline of a pack's files: which keys stand where, and in which order (dàn ý).

Read off the types of ``scoring.schema``, so a new key is known here as soon as it is one.
"""

from __future__ import annotations

import typing
from typing import Any

from pydantic import BaseModel

from scoring.case_files import CasesFile
from scoring.schema import CriterionFile, PackFile
from scoring.shape_files import Strict


class CriteriaFile(Strict):
    """A file of ``criteria/``: one key, a list."""

    criteria: list[CriterionFile]


def outline_of(file: str) -> type[BaseModel]:
    """What the file called *file* inside a pack may say."""
    if file.startswith("criteria/"):
        return CriteriaFile
    return CasesFile if file.startswith("tests/") else PackFile


def model_of(at: Any) -> type[BaseModel] | None:
    """The model a value of type *at* has to fit, seen through ``| None``."""
    for one in (at, *typing.get_args(at)):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
    return None


def inner_of(at: Any) -> Any:
    """The type of the items of a list or of the values of a dict, seen through ``| None``."""
    for one in (at, *typing.get_args(at)):
        if typing.get_origin(one) in (list, dict):
            return typing.get_args(one)[-1]
    return None


def below(at: Any, key: str) -> Any:
    """The type of what stands under *key* of a value of type *at*; None when nothing says."""
    if (values := inner_of(at)) is not None:
        return values
    model = model_of(at)
    for name, field in model.model_fields.items() if model else ():
        if key in (name, field.alias):
            return field.annotation
    return None


def keys_of(at: Any) -> tuple[str, ...]:
    """The keys a mapping of type *at* may have, in their order; none for a free mapping."""
    model = model_of(at) if inner_of(at) is None else None
    if model is None:
        return ()
    return tuple(field.alias or name for name, field in model.model_fields.items())
