"""The author's guide explains every code that check and lint can give, and no other."""

import ast
import re
from pathlib import Path

import pytest

from registry.rulebook import RULES_DIR

ROOT = Path(__file__).parents[2]
GUIDE = (RULES_DIR / "README.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Mã lỗi\n")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| (.+?) \| (.+?) \|$", SECTION, flags=re.MULTILINE)
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
MAKERS = {"Problem", "Fault", "problem", "problem_in", "fault", "_refuse"}
"""Whatever makes a finding, directly or by handing its words on."""
STARTS = ("scoring.pack", "scoring.cases", "scoring.lint.linting", "registry.rulebook")
"""What the commands check and lint ask."""


def reached(names):
    """The files of *names* and of every module of scoring they import, directly or not."""
    found, todo = {}, [*names]
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found[name] = ROOT / f"{name.replace('.', '/')}.py"
        tree = ast.parse(found[name].read_text(encoding="utf-8"))
        imports = [one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
        todo += [one.module for one in imports if one.module.startswith("scoring.")]
    return sorted(found.values())


SOURCES = reached(STARTS)


def codes_in(path):
    """Codes given by one module: written in a call, in a row that is yielded, in a table of words."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in MAKERS:
            # The message comes after the code and is never one lower-case word.
            codes = [one for one in map(literal, node.args[:4]) if one]
            yield from codes[:1]
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            yield from filter(None, map(literal, node.value.elts[1:2]))
        elif path.stem == "lint_text" and isinstance(node, ast.Assign):
            yield from map(literal, getattr(node.value, "keys", ()))


def literal(node):
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) and CODE.fullmatch(value) else ""


GIVEN = {code for path in SOURCES for code in codes_in(path)}


def test_codes_are_found_in_the_source():
    told = {"unknown-key", "bad-type", "range", "null", "branch", "band", "not-ranked", "case"}
    assert told | {"encoding", "tier-overlap", "mixed-logic", "always-true", "expired"} <= GIVEN


def test_every_code_stands_in_the_guide_once():
    listed = [code for code, *_ in ROWS]
    assert sorted(set(listed)) == sorted(listed)
    assert {"missing": sorted(GIVEN - {*listed}), "gone": sorted({*listed} - GIVEN)} == {
        "missing": [],
        "gone": [],
    }


@pytest.mark.parametrize(("code", "avoid", "better", "why"), ROWS, ids=[row[0] for row in ROWS])
def test_every_code_says_what_to_avoid_what_to_write_and_why(code, avoid, better, why):
    assert avoid != better
    assert all(3 <= len(text) <= 140 for text in (avoid, better, why)), code
