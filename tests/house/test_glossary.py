"""The glossary binds Vietnamese words to names in code: both sides exist, and none is missing."""

import ast
import importlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
SPOKEN_FOR = (
    *sorted((ROOT / "registry").glob("*.py")),
    *(
        ROOT / "scoring" / f"{name}.py"
        for name in ("pack", "rules", "facts", "sheet", "problems", "cases")
    ),
)
"""Modules whose values a reader of the code meets first."""


def _rows(columns):
    """Cells of every row of the tables with that many columns, headings and rules left out."""
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = (
            [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        )
        if len(cells) == columns and "`" in cells[1]:
            yield cells


def _words():
    """(name, module) of every word that is bound to something in code."""
    return [
        (name.strip("`"), module.strip("`"))
        for _, name, module, _ in _rows(4)
        if module.startswith("`")
    ]


def _dataclasses(path):
    return [
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and any(ast.unparse(one).startswith("dataclass") for one in node.decorator_list)
    ]


def _has(name, module):
    """Whether ``Class``, ``Class.attribute`` or ``function`` is defined by *module*."""
    owner, _, attribute = name.partition(".")
    found = getattr(importlib.import_module(module), owner, None)
    if found is None or found.__module__ != module:
        return False
    fields = getattr(found, "__dataclass_fields__", {})
    return not attribute or attribute in fields or hasattr(found, attribute)


def test_every_name_in_the_glossary_exists_where_it_says():
    assert [(name, module) for name, module in _words() if not _has(name, module)] == []


def test_every_value_stands_in_the_glossary():
    values = {
        (name, path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."))
        for path in SPOKEN_FOR
        for name in _dataclasses(path)
    }

    assert sorted(values - set(_words())) == []


def test_no_vietnamese_word_stands_for_two_things():
    words = [cells[0] for columns in (4, 2) for cells in _rows(columns)]

    assert sorted(word for word in set(words) if words.count(word) > 1) == []


def test_names_kept_for_later_are_still_free():
    kept = {cells[1].strip("`") for cells in _rows(2)}
    classes = {
        found
        for room in ("scoring", "registry", "documents", "tui")
        for path in (ROOT / room).rglob("*.py")
        for found in re.findall(
            r"^class (\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
    }

    assert kept & classes == set()
    assert "Model" not in classes
