"""What a changed rule does to a long table (so hai bộ trên bảng dài): counts, and who moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.rules import Pack
from tui.commands.rules.facts_files import all_cores, table_of_file

if TYPE_CHECKING:
    from scoring.columns.changes import Changes
    from scoring.columns.table import Integers

MOST_NAMED = 20
"""So many codes are named on a line; ``--json`` names all."""


class LongDiff:
    """Both packs scored in columns on the facts of *path*. Raises NoColumns."""

    def __init__(self, packs: tuple[Pack, Pack], path: Path) -> None:
        from scoring.columns.blocks import Memory
        from scoring.columns.changes import changes
        from scoring.columns.season import score_columns

        before, after = packs
        table = table_of_file(before, path)
        alike = dict(before.facts) == dict(after.facts)  # else the file reads differently
        other, memory = (table, Memory()) if alike else (table_of_file(after, path), None)
        with all_cores() as map_:
            results = (
                score_columns(before, table, map_=map_, memory=memory),
                score_columns(after, other, map_=map_, memory=memory),
            )
        self.pack, self.codes = packs[1], results[1].codes
        self.changes: Changes = changes(*results)

    @property
    def moved(self) -> int:
        return len(self.changes.moved)

    def lines(self) -> Iterator[str]:
        """What changes, in sentences."""
        found = self.changes
        if not self.moved:
            yield f"Không hồ sơ nào trong {_many(found.entries)} hồ sơ đổi kết quả."
            return
        yield (
            f"Đổi {_many(self.moved)} kết quả trong {_many(found.entries)} hồ sơ: "
            f"{_many(len(found.reranked))} đổi hạng, {_many(len(found.regraded))} đổi xếp loại."
        )
        for id_, rows in found.points.items():
            yield f"  {id_}: {_many(len(rows))} hồ sơ đổi điểm"
        labels = {one.id: one.label for one in self.pack.selections}
        for id_, entering in found.entering.items():
            leaving = found.leaving[id_]
            if len(entering) or len(leaving):
                counts = f"vào {_many(len(entering))}, ra {_many(len(leaving))}"
                yield f"  {labels.get(id_, id_)}: {counts}"
                yield from self._named("vào", entering)
                yield from self._named("ra", leaving)

    def _named(self, what: str, rows: Integers) -> Iterator[str]:
        if len(rows):
            named = ", ".join(self.codes[int(row)] for row in rows[:MOST_NAMED])
            more = len(rows) - MOST_NAMED
            yield f"    {what}: {named}" + (f" … và {_many(more)} nữa" if more > 0 else "")

    def json(self) -> dict[str, object]:
        """The same for other programs, every code named."""
        found = self.changes

        def codes(rows: Integers) -> list[str]:
            return [self.codes[int(row)] for row in rows]

        return {
            "entries": found.entries,
            "changed": self.moved,
            "reranked": len(found.reranked),
            "regraded": codes(found.regraded),
            "points": {id_: len(rows) for id_, rows in found.points.items()},
            "entering": {id_: codes(rows) for id_, rows in found.entering.items()},
            "leaving": {id_: codes(rows) for id_, rows in found.leaving.items()},
        }


def _many(count: int) -> str:
    return f"{count:,}".replace(",", ".")
