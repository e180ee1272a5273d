"""The schema for editors: every key is worded, packs fit it, slips do not."""

import datetime as dt
import json
import re
from decimal import Decimal

import pytest

from registry.rulebook import RULES_DIR, read_pack_files
from scoring.authoring.editor_schema import DIALECT, editor_schema
from scoring.authoring.key_words import KEY_WORDS
from scoring.case_files import CaseFile
from scoring.cases import CASE_KEYS
from scoring.source import read_source

SCHEMA = editor_schema()
FILES = [
    pytest.param(text, id=f"{folder.parent.name}/{name}")
    for folder in sorted(RULES_DIR.glob("*/pack.yaml"))
    for name, text in read_pack_files(folder.parent).items()
]
KNOWN = {
    *("$ref", "anyOf", "type", "const", "enum", "properties", "required", "additionalProperties"),
    *(
        "propertyNames",
        "patternProperties",
        "items",
        "minProperties",
        "minItems",
        "minLength",
        "maxLength",
    ),
    *("pattern", "format", "minimum", "exclusiveMinimum", "title", "description", "default"),
}
TYPES = {
    "object": dict,
    "array": list,
    "string": str | dt.date,
    "integer": int,
    "number": int | Decimal,
    "boolean": bool,
    "null": type(None),
}


def fits(value, schema):
    """Whether *value* fits *schema*: as much of JSON Schema as this one uses, and no more."""
    assert set(schema) - {"$schema", "$defs"} <= KNOWN
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    if "anyOf" in schema and not any(fits(value, one) for one in schema["anyOf"]):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "const" in schema and value != schema["const"]:
        return False
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        return False
    match value:
        case dict():
            return fits_mapping(value, schema)
        case list():
            items = schema.get("items", {})
            return len(value) >= schema.get("minItems", 0) and all(
                fits(one, items) for one in value
            )
        case str():
            return (
                schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**6)
                and re.search(schema.get("pattern", ""), value) is not None
                and schema.get("format") != "date"
            )
        case int() | Decimal() if not isinstance(value, bool):
            least, above = schema.get("minimum"), schema.get("exclusiveMinimum")
            return (least is None or value >= least) and (above is None or value > above)
    return True


def _is(value, kind):
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, TYPES[kind])


def fits_mapping(value, schema):
    if len(value) < schema.get("minProperties", 0):
        return False
    known = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    for key, one in value.items():
        if not fits(key, schema.get("propertyNames", {})):
            return False
        inner = known.get(key) or next(
            (found for pattern, found in patterns.items() if re.search(pattern, key)),
            schema.get("additionalProperties", True),
        )
        if inner is False or (inner is not True and not fits(one, inner)):
            return False
    return set(schema.get("required", ())) <= set(value)


@pytest.mark.parametrize("text", FILES)
def test_file_of_a_shipped_pack_fits(text):
    assert fits(read_source(text, file="x").value, SCHEMA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("effective: {from: 2018-01-01", "effective: {form: 2018-01-01"),
        ("effective: {from: 2018-01-01", 'effective: {from: "hôm nay"'),
        ("{criterion: 0.01", "{criterion: 0"),
        ("type: yes_no", "type: co_khong"),
        ("max: 5\n", 'max: "5"\n'),
        ("  among: [xuat-sac, tot, dat]\n", ""),
        ("version: 1.0.0", "version: một"),
    ],
)
def test_slip_in_a_pack_does_not_fit(old, new):
    text = read_pack_files(RULES_DIR / "dan-van-kheo-minh-hoa")["pack.yaml"]
    assert old in text

    assert not fits(read_source(text.replace(old, new, 1), file="x").value, SCHEMA)


def test_every_key_of_every_model_has_a_title_and_a_description():
    said = {
        name: {
            key: (value["title"], value["description"])
            for key, value in model["properties"].items()
        }
        for name, model in SCHEMA["$defs"].items()
    }

    assert {name: [*keys] for name, keys in said.items()} == {
        name: sorted(keys, key=[*said[name]].index) for name, keys in KEY_WORDS.items()
    }
    assert [
        (name, key)
        for name, keys in said.items()
        for key, (title, description) in keys.items()
        if not title or not description.endswith((".", "…", "?")) or len(description) > 160
    ] == []


def test_schema_is_plain_json_of_the_2020_12_dialect_without_names_of_classes():
    text = json.dumps(SCHEMA, ensure_ascii=False)

    assert SCHEMA["$schema"] == DIALECT
    assert json.loads(text) == SCHEMA
    assert re.findall(r'"title": "\w*File"', text) == []


def test_formula_may_be_text_a_number_or_a_truth():
    gate = SCHEMA["$defs"]["GateFile"]["properties"]["require"]

    assert gate["type"] == ["string", "number", "boolean"]


def test_outline_of_a_case_has_the_keys_that_cases_are_read_by():
    assert tuple(CaseFile.model_fields) == CASE_KEYS
