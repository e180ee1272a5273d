"""Facts of a run as columns (số liệu đã chốt theo cột): arrays in a NumPy archive.

The canonical text of a snapshot is what digests and signed papers rest on; these columns are that
same snapshot, read once, so that whoever scores it again need not read a million cells.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.columns.table import Column, MarksColumn, Table

_SEAL = hashlib.sha256().digest_size
"""The archive's digest stands before it: a damaged archive fails in a dozen ways of its own."""
_VALUES, _PRESENT, _COUNT, _UNIT = "values", "present", "count", "unit"


class FrozenUnreadable(ValueError):
    """The bytes are not columns that were frozen here."""


def freeze(table: Table) -> bytes | None:
    """*table* as bytes; None where a number is too long for the machine's integers."""
    arrays = dict(_arrays(table))
    if any(array.dtype == object for array in arrays.values()):
        return None
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    content = out.getvalue()
    return hashlib.sha256(content).digest() + content


def thaw(data: bytes) -> Table:
    """The table that was frozen. Raises FrozenUnreadable."""
    seal, content = data[:_SEAL], data[_SEAL:]
    if hashlib.sha256(content).digest() != seal:
        raise FrozenUnreadable("the seal does not fit")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
            names = arrays["names"].tolist()
            words = {word: at for at, word in enumerate(arrays["words"].tolist())}
            columns = {name: _column(arrays, at) for at, name in enumerate(names)}
            return Table(tuple(arrays["codes"].tolist()), columns, words)
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise FrozenUnreadable(str(error)) from error


def _arrays(table: Table) -> Iterator[tuple[str, NDArray[Any]]]:
    yield "codes", _texts(table.codes)
    yield "words", _texts(table.texts)
    yield "names", _texts(tuple(table.columns))
    for at, column in enumerate(table.columns.values()):
        if isinstance(column, MarksColumn):
            yield f"{at} {_VALUES}", column.sorted
            yield f"{at} {_COUNT}", column.count
        else:
            yield f"{at} {_VALUES}", column.values
        if column.present is not None:
            yield f"{at} {_PRESENT}", column.present
        yield f"{at} {_UNIT}", _texts((str(column.unit),))


def _texts(told: Any) -> NDArray[np.str_]:
    # Fixed width cuts trailing NULs; no cleaned text has any.
    return np.array(list(told), dtype=np.str_)


def _column(arrays: dict[str, NDArray[Any]], at: int) -> Column | MarksColumn:
    values, present = arrays[f"{at} {_VALUES}"], arrays.get(f"{at} {_PRESENT}")
    unit = Fraction(str(arrays[f"{at} {_UNIT}"][0]))
    if f"{at} {_COUNT}" in arrays:
        return MarksColumn(values, arrays[f"{at} {_COUNT}"], present, unit)
    return Column(values, present, unit)
