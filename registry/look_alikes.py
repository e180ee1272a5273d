"""Entries that look like one model registered twice (nghi trùng), found quickly in many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from registry.entry import Entry
from registry.intake.likeness import are_near, traces
from registry.vietnamese import slug


def look_alikes(entries: Iterable[Entry]) -> tuple[tuple[Entry, Entry], ...]:
    """Each standing entry beside the first before it that it looks like, in the order given.

    Alike are the same name, or one but for its spelling, of one unit, or of two registrants at
    one address (chi bộ and MTTQ). Names are found by the traces they share, so nobody is compared
    with everybody.
    """
    traced: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    found: list[tuple[Entry, Entry]] = []
    for entry in entries:
        if not entry.is_standing or not entry.name:
            continue
        keys = [(place, trace) for place in _places(entry) for trace in traces(entry.name)]
        like = (one for key in keys for one in traced[key] if are_near(one.name, entry.name))
        first = next(like, None)
        if first is not None:
            found.append((first, entry))
            continue  # the next one of its kind finds the first again
        for key in keys:
            traced[key].append(entry)
    return tuple(found)


def _places(entry: Entry) -> tuple[str, ...]:
    address = slug(entry.address)
    return (f"unit {slug(entry.unit)}", *((f"address {address}",) if address else ()))
