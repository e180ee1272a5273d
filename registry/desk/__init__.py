"""The one door to the register (bàn làm việc): every screen and command asks here."""

from __future__ import annotations

from pathlib import Path

from registry.database_url import DatabaseUrl
from registry.desk.batches import BatchDesk
from registry.desk.decisions import DecisionDesk
from registry.desk.entries import EntryDesk
from registry.desk.scoring import ScoringDesk
from registry.desk.seasons import SeasonDesk
from registry.desk.trial import TrialDesk
from registry.desk.upkeep import UpkeepDesk
from registry.desk.verifying import VerifyingDesk
from registry.store.work import Clock, open_store

__all__ = ["Desk", "open_desk"]


class Desk(
    SeasonDesk,
    BatchDesk,
    EntryDesk,
    ScoringDesk,
    DecisionDesk,
    TrialDesk,
    VerifyingDesk,
    UpkeepDesk,
):
    """Everything a person can ask of the register; each writing method is one transaction.

    Safe to ask from worker threads: every call has a connection of its own.
    """


def open_desk(
    where: Path | DatabaseUrl,
    *,
    officer: str,
    clock: Clock,
    rules_dir: Path,
    anywhere: bool = False,
    unguarded: bool = False,
) -> Desk:
    """The desk of the register at *where*, which is made or brought up to date first.

    *anywhere*: on a network share or in a synchronised folder, too. *unguarded*: even if somebody
    took the log's guards away, to be looked at and not to be written.

    Raises:
        RegistryError: the file or database cannot be a register, or a server refuses.
    """
    store = open_store(where, anywhere=anywhere, unguarded=unguarded)
    return Desk(store, officer=officer, clock=clock, rules_dir=rules_dir)
