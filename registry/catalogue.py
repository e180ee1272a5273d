"""The catalogue (danh mục): the fields, levels and kinds an entry may have, kept as data."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.vietnamese import slug, tidy
from scoring.problems import PackError, Problem
from scoring.rules import Pack
from scoring.source import Source, read_source

_KEYS = ("id", "label", "aliases", "maps_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of the catalogue: its id, how the register words it, how others write it."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    maps_to: str = ""
    """Id of the national field (lĩnh vực thống kê toàn quốc) it counts under; fields only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The fields (lĩnh vực), levels (cấp) and kinds (loại hình) of the register."""

    fields: tuple[Term, ...]
    levels: tuple[Term, ...]
    kinds: tuple[Term, ...]
    national: tuple[Term, ...] = ()

    def find_field(self, text: str) -> Term | None:
        return find_term(self.fields, text)

    def find_level(self, text: str) -> Term | None:
        return find_term(self.levels, text)

    def find_kind(self, text: str) -> Term | None:
        return find_term(self.kinds, text)

    def label_of(self, term_id: str) -> str:
        """The label of a field, level or kind; the id itself once its term has been dropped."""
        terms = (*self.fields, *self.levels, *self.kinds)
        return next((term.label for term in terms if term.id == term_id), term_id)


def find_term(terms: tuple[Term, ...], text: str) -> Term | None:
    """The term that *text* names, with or without accents, by label, alias or id."""
    wanted = slug(text)
    return next((term for term in terms if wanted and wanted in _spellings(term)), None)


def nearest_term(terms: tuple[Term, ...], text: str) -> Term | None:
    """The term that *text* was probably meant to name, when one is near."""
    known = {spelling: term for term in terms for spelling in _spellings(term)}
    near = difflib.get_close_matches(slug(text), known, n=1, cutoff=0.6)
    return known[near[0]] if near else None


def read_catalogue(folder: Path) -> Catalogue:
    """Read ``fields.yaml``, ``levels.yaml`` and ``kinds.yaml`` of *folder*.

    Raises:
        PackError: with the place of every fault in every file.
    """
    problems: list[Problem] = []
    lists: dict[str, tuple[Term, ...]] = {}
    for name in ("fields", "levels", "kinds"):
        path = folder / f"{name}.yaml"
        try:
            source = read_source(path.read_text("utf-8"), file=f"{folder.name}/{path.name}")
        except PackError as error:
            problems += error.problems
            continue
        problems += _file_problems(source, fields=name == "fields")
        if not problems:
            lists[name] = _terms(source.value["terms"])
            lists |= {"national": _terms(source.value["national"])} if name == "fields" else {}
    if problems:
        raise PackError(tuple(problems))
    return Catalogue(**lists)


def unknown_terms(pack: Pack, catalogue: Catalogue) -> Iterator[Problem]:
    """What facts counted from the register name that the catalogue does not know.

    Such a fact would count nothing for ever, without a word.
    """
    for fact in pack.facts.values():
        if fact.register is None:
            continue
        for key, given, terms in (
            ("level", fact.register.levels, catalogue.levels),
            ("field", fact.register.fields, catalogue.fields),
            ("kind", fact.register.kinds, catalogue.kinds),
        ):
            known = [term.id for term in terms]
            for one in given:
                if one not in known:
                    message = f"{fact.id}: {key} không có “{one}” trong danh mục."
                    hint = f"Chọn trong: {', '.join(known)}."
                    yield Problem(fact.place, "register", message, hint)


def _terms(items: list[dict[str, Any]]) -> tuple[Term, ...]:
    return tuple(
        Term(
            id=item["id"],
            label=tidy(item["label"]),
            aliases=tuple(map(tidy, item.get("aliases", ()))),
            maps_to=item.get("maps_to", ""),
        )
        for item in items
    )


def _spellings(term: Term) -> frozenset[str]:
    return frozenset(map(slug, (term.label, term.id, *term.aliases)))


def _file_problems(source: Source, *, fields: bool) -> Iterator[Problem]:
    lists = ("national", "terms") if fields else ("terms",)
    if not isinstance(source.value, dict) or set(source.value) != set(lists):
        wanted = " và ".join(f"“{name}:”" for name in lists)
        yield Problem(source.place(()), "catalogue", f"Tệp danh mục phải có đúng {wanted}.")
        return
    problems = [problem for name in lists for problem in _list_problems(source, name)]
    yield from problems
    if fields and not problems:
        yield from _national_problems(source)


def _list_problems(source: Source, name: str) -> Iterator[Problem]:
    items = source.value[name]
    if not isinstance(items, list) or not items:
        yield Problem(source.place((name,)), "catalogue", f"“{name}” phải là một danh sách.")
        return
    taken: dict[str, str] = {}
    for number, item in enumerate(items):
        place = source.place((name, number))
        fault = _term_fault(item)
        if fault:
            yield Problem(place, "catalogue", fault, "Mỗi mục có id, label; có thể thêm aliases.")
            continue
        for spelling in _spellings(_terms([item])[0]):
            if taken.setdefault(spelling, item["id"]) != item["id"] or item in items[:number]:
                message = f"“{spelling}” thuộc cả {taken[spelling]} lẫn {item['id']}."
                yield Problem(place, "ambiguous", message, "Mỗi cách ghi chỉ thuộc một mục.")


def _term_fault(item: object) -> str:
    if not isinstance(item, dict):
        return "Mục của danh mục phải gồm các khóa và giá trị."
    if unknown := [key for key in item if key not in _KEYS]:
        return f"Không có khóa “{unknown[0]}”."
    aliases = item.get("aliases", [])
    texts = [item.get("id"), item.get("label"), item.get("maps_to", "x")]
    if not isinstance(aliases, list) or not all(isinstance(text, str) for text in texts + aliases):
        return "id, label, maps_to và từng mục của aliases phải là chữ."
    return "" if slug(item["id"]) == item["id"] else f"id “{item['id']}” phải là chữ-không-dấu."


def _national_problems(source: Source) -> Iterator[Problem]:
    national = [item["id"] for item in source.value["national"]]
    for number, item in enumerate(source.value["terms"]):
        if item.get("maps_to") not in national:
            place = source.place(("terms", number, "maps_to"))
            message = f"maps_to “{item.get('maps_to', '')}” không có trong “national”."
            yield Problem(place, "unknown", message, f"Chọn một trong: {', '.join(national)}.")
