"""What a person has said about lists that the machine could not know (câu trả lời)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from registry.catalogue import Catalogue, Term
from registry.vietnamese import slug

TERM_KINDS = ("field", "level", "kind")
HEADING = "heading"
IGNORED = "bo-qua"
"""What a heading means that a person said to leave out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something only a person can say (câu hỏi): what it is about, and in whose words."""

    about: str
    """``heading``, ``field``, ``level``, ``kind``, ``unit`` or ``encoding``."""
    wording: str
    """The heading or wording; for an encoding, the one that was guessed."""
    file: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everything asked while lists were looked at, by whoever could answer (câu trả lời)."""

    headings: Mapping[str, str] = field(default_factory=dict)
    """Slug of a heading to an attribute of an entry, or ``bo-qua``."""
    means: Mapping[str, str] = field(default_factory=dict)
    """Slug of a wording to the id of a field, level or kind."""
    fills: Mapping[str, str] = field(default_factory=dict)
    """Attribute to the text it has where a list has no such column."""
    units: Mapping[str, str] = field(default_factory=dict)
    """File name to the unit that sent it; ``""`` speaks for every file."""
    encodings: Mapping[str, str] = field(default_factory=dict)
    """File name to the encoding of its letters; ``""`` speaks for every file."""
    different: frozenset[str] = frozenset()
    """Cells of look-alikes that are models of their own."""
    alike: frozenset[str] = frozenset()
    """Cells of look-alikes that are the model they look like."""

    def encoding_of(self, file: str) -> str:
        return self.encodings.get(file) or self.encodings.get("", "")


NO_ANSWERS = Answers()

Memory = Mapping[tuple[str, str, str], str]
"""What was confirmed before: slug of the unit, what about, slug of the wording → meaning."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known while one file is read: the catalogue, the answers, the memory of its units."""

    catalogue: Catalogue
    answers: Answers
    memory: Mapping[tuple[str, str], str]
    """What about and slug of the wording, to the meaning, for the units this file may be of."""

    def heading(self, text: str) -> str:
        """What a person said *text* heads: an attribute, ``bo-qua``, or empty."""
        name = slug(text)
        return self.answers.headings.get(name) or self.memory.get((HEADING, name), "")

    def term(self, about: str, text: str) -> Term | None:
        """The field, level or kind that *text* names, by the catalogue or as a person said."""
        terms = terms_of(self.catalogue, about)
        if found := _find(terms, text):
            return found
        name = slug(text)
        said = self.answers.means.get(name) or self.memory.get((about, name), "")
        return next((term for term in terms if term.id == said), None)

    def is_in_catalogue(self, about: str, text: str) -> bool:
        return _find(terms_of(self.catalogue, about), text) is not None


def terms_of(catalogue: Catalogue, about: str) -> tuple[Term, ...]:
    terms = {"field": catalogue.fields, "level": catalogue.levels, "kind": catalogue.kinds}
    return terms[about]


def _find(terms: tuple[Term, ...], text: str) -> Term | None:
    return _spellings(terms).get(slug(text))


@lru_cache(maxsize=16)
def _spellings(terms: tuple[Term, ...]) -> Mapping[str, Term]:
    """Every spelling of every term, so that a row costs one look."""
    found = {slug(text): t for t in reversed(terms) for text in (t.label, t.id, *t.aliases)}
    return {spelling: term for spelling, term in found.items() if spelling}
