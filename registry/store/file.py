"""A register in a file of its own (sổ trong một tệp)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from registry.store.contents import missing_guards
from registry.store.database import Database
from registry.store.faults import told_in_words
from registry.store.location import check_location
from registry.store.schema import bring_up_to_date
from registry.store.sqlite import reading_engine, writing_engine


def open_file(path: Path, *, anywhere: bool = False, unguarded: bool = False) -> Database:
    """The register at *path*, made or brought up to date first. Raises RegistryError.

    *anywhere*: on a network share or in a synchronised folder, too. *unguarded*: even if somebody
    took the log's guards away, to be looked at and not to be written.
    """
    place = check_location(path, anywhere=anywhere)
    with told_in_words(place):
        bring_up_to_date(place, unguarded=unguarded)
    return file_at(place)


def file_at(place: Path) -> Database:
    """The register at *place*, which is one and up to date."""
    return Database(
        name=str(place),
        writers=writing_engine(place),
        readers=reading_engine(place),
        told_in_words=partial(told_in_words, place),
        path=place,
        guards=partial(missing_guards, place),
    )
