"""JSON Schema of a pack's files (lược đồ cho trình soạn thảo), so that editors complete keys."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from scoring.authoring.key_words import KEY_WORDS
from scoring.case_files import CasesFile, ExpectFile
from scoring.outline import CriteriaFile
from scoring.schema import PackFile
from scoring.shape_files import Formula

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FILES: tuple[tuple[type[BaseModel], str], ...] = (
    (PackFile, "pack.yaml"),
    (CriteriaFile, "criteria/*.yaml"),
    (CasesFile, "tests/*.yaml"),
)
_READS_FORMULA = Formula.__metadata__[0].func  # type: ignore[attr-defined]


class _Words(GenerateJsonSchema):
    """Kinds of values as they are written in YAML."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "number"} | {key: value for key, value in schema.items() if key == "gt"}

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        if schema["function"]["function"] is _READS_FORMULA:
            return {"type": ["string", "number", "boolean"]}
        return super().function_before_schema(schema)


def editor_schema() -> dict[str, Any]:
    """One schema for the three kinds of files: which one a file is shows in its keys."""
    wanted = [(model, "validation") for model, _ in _FILES] + [(ExpectFile, "validation")]
    _, whole = models_json_schema(wanted, schema_generator=_Words)  # type: ignore[arg-type]
    models = whole["$defs"]
    models["CaseFile"]["properties"]["expect"] = {"$ref": "#/$defs/ExpectFile"}
    # Points are expected by the id of a criterion, which only the pack itself knows.
    models["ExpectFile"]["additionalProperties"] = True
    for name, model in models.items():
        _word(name, model)
    return {
        "$schema": DIALECT,
        "title": "Bộ quy tắc",
        "description": "pack.yaml, criteria/*.yaml và tests/*.yaml của một bộ quy tắc.",
        "anyOf": [{"$ref": f"#/$defs/{model.__name__}"} for model, _ in _FILES],
        "$defs": models,
    }


def _word(name: str, model: dict[str, Any]) -> None:
    """Put Vietnamese titles and descriptions where pydantic puts names of classes and fields."""
    files = {one.__name__: file for one, file in _FILES}
    model["title"] = files.get(name, "Các khóa ở đây")
    model.pop("description", None)
    for key, value in model.get("properties", {}).items():
        said = KEY_WORDS[name][key]
        if value.get("default") is None:
            value.pop("default", None)
        elif value.get("type") == "number":
            value["default"] = float(value["default"])
        for one in (value, *value.get("anyOf", ())):
            if "gt" in one:  # pydantic puts the limit of an exact number under its own name
                one["exclusiveMinimum"] = float(one.pop("gt"))
        value["title"] = said.split(":")[0].rstrip(".")
        value["description"] = said
