"""What the parts of a pack's reader need of the pack being put together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from scoring.facts import Fact, FactType
from scoring.language import Word
from scoring.nodes import Expression, Kind
from scoring.schema import PackFile
from scoring.source import Path, Source

NO_WORDS: Mapping[str, Word] = MappingProxyType({})


class Pages(Protocol):
    """What a shape needs: checked expressions, facts of a type, a list of faults."""

    def expression(
        self,
        path: Path,
        text: str,
        wanted: Kind,
        *,
        measured: bool = False,
        more: Mapping[str, Word] = NO_WORDS,
    ) -> Expression | None: ...

    def fact_of_type(self, path: Path, name: str, wanted: FactType) -> Fact | None: ...

    def problem(self, path: Path, code: str, message: str, hint: str = "") -> None: ...


class Assembled(Pages, Protocol):
    """What gates, grades, ranking and selections need: also the file and what it declared."""

    @property
    def file(self) -> PackFile: ...
    @property
    def source(self) -> Source: ...
    @property
    def facts(self) -> Mapping[str, Fact]: ...
    @property
    def words(self) -> Mapping[str, Word]: ...
    @property
    def score_words(self) -> Mapping[str, Word]: ...

    def new_id(self, id_: str, path: Path) -> None: ...
