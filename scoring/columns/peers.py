"""Values of the peer group over columns (số liệu của cụm, khối): a first pass over the season."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.columns.blocks import Mapped, run
from scoring.columns.inputs import TableInputs
from scoring.columns.orders import Keyed, dense, places
from scoring.columns.plan import lowering_of
from scoring.columns.program import NoColumns
from scoring.columns.table import Integers, MarksColumn, Table, narrowed, type_of
from scoring.peers import shortened, summed
from scoring.rules import Pack, Peer


def peer_columns(pack: Pack, table: Table, *, map_: Mapped = map) -> Mapping[str, Integers]:
    """For every value of the peer group its top, bottom and presence, a row each.

    Raises NoColumns.
    """
    found: dict[str, Integers] = {}
    for peer in pack.peers.values():
        lowering = lowering_of(pack, TableInputs(pack, table))
        value, defined = lowering.number(peer.of.node)
        refs = (value.top, value.bottom, defined)
        arrays = run(lowering.program, refs, table.array, table.rows, map_=map_)
        keyed = Keyed(value.factor, *(arrays[ref.at] for ref in refs))
        of_group = _of_groups(peer, keyed, group_numbers(table, peer.per))
        found |= {f"{peer.id}:{which}": column for which, column in of_group.items()}
    return found


def group_numbers(table: Table, per: str) -> NDArray[np.int64]:
    """A number for every row, the same for rows with the same value of the fact *per*."""
    if not per:
        return np.zeros(table.rows, dtype=np.int64)
    if isinstance(table.columns[per], MarksColumn):
        raise NoColumns("nhóm theo phiếu chấm")
    numbers = dense(table.array(per))
    if table.columns[per].present is not None:
        numbers = dense(np.where(table.array(f"{per}:present"), numbers, -1))
    return numbers


def _of_groups(peer: Peer, keyed: Keyed, groups: NDArray[np.int64]) -> dict[str, Integers]:
    how_many = int(groups.max(initial=-1)) + 1
    defined = np.flatnonzero(keyed.defined)
    counted = np.bincount(groups[defined], minlength=how_many).tolist()
    match peer.take:
        case "count":
            values = {at: Fraction(n) for at, n in enumerate(counted)}
        case "max" | "min":
            values = _extremes(keyed, defined, groups, highest=peer.take == "max")
        case _:
            sums = _sums(keyed, defined, groups, how_many)
            each = [1] * how_many if peer.take == "sum" else counted
            values = {at: shortened(sums[at] / each[at]) for at, n in enumerate(counted) if n}
    present = np.array(counted, dtype=np.int64) > 0
    held = [values.get(at, Fraction(0)) for at in range(how_many)]
    tops = narrowed([one.numerator for one in held])
    bottoms = narrowed([one.denominator for one in held])
    return {"top": tops[groups], "bottom": bottoms[groups], "present": present[groups]}


def _extremes(
    keyed: Keyed, defined: NDArray[np.int64], groups: NDArray[np.int64], *, highest: bool
) -> dict[int, Fraction]:
    place = places(keyed)[defined]
    by_place = defined[np.argsort(place if highest else -place, kind="stable")]
    last = dict(zip(groups[by_place].tolist(), by_place.tolist(), strict=True))
    return {group: keyed.at(row) or Fraction(0) for group, row in last.items()}


def _sums(
    keyed: Keyed, defined: NDArray[np.int64], groups: NDArray[np.int64], how_many: int
) -> list[Fraction]:
    """The sum of each group: tops over the same bottom as whole numbers, then as fractions."""
    parts: list[list[Fraction]] = [[] for _ in range(how_many)]
    if keyed.bottom.dtype == object:  # numpy tells no two rows of Python's integers apart
        for row in defined.tolist():
            parts[int(groups[row])].append(keyed.at(row) or Fraction(0))
        return [summed(part) for part in parts]
    kind = type_of(0, int(np.abs(keyed.top).max(initial=0)) * len(groups))
    over = np.stack([groups[defined], keyed.bottom[defined]], axis=1)
    known, inverse = np.unique(over, axis=0, return_inverse=True)
    tops = np.zeros(len(known), dtype=object if kind is object else np.int64)
    np.add.at(tops, inverse.reshape(-1), keyed.top[defined].astype(tops.dtype))
    for (group, bottom), top in zip(known.tolist(), tops.tolist(), strict=True):
        parts[group].append(keyed.factor * Fraction(top, bottom))
    return [summed(part) for part in parts]
