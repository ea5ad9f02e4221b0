"""The part of the editors' schema for variants: the parts of a form, of which a variant states only differences."""

from collections.abc import Mapping
from typing import Any

from formkit.registry import Registry
from formkit.schemas.form_spec import (
    CheckSpec,
    ChoiceListSpec,
    ChoiceSpec,
    DifferenceSpec,
    DraftsSpec,
    FactSpec,
    FieldSpec,
    FormSpec,
    SectionSpec,
    StateSpec,
    StepSpec,
    SubmissionSpec,
    TransitionSpec,
    WorkflowSpec,
)

VARIANT = "FormDifferences"

_PLACED = (StepSpec, SectionSpec, FieldSpec, ChoiceSpec)
_PARTS = (*_PLACED, FormSpec, FactSpec, ChoiceListSpec, CheckSpec, DraftsSpec, SubmissionSpec, WorkflowSpec)
_NAMES = {
    **{
        part.__name__: part.__name__.removesuffix("Spec") + "Differences"
        for part in (*_PARTS, StateSpec, TransitionSpec)
    },
    "ChoiceValue": "ChoiceValueDifferences",
}
_WITHOUT_REMOVE = ("ChoiceSpec", "ChoiceListSpec")


def differences(definitions: Mapping[str, Any], field_types: Registry[type[Any]]) -> dict[str, Any]:
    """The definitions of differences, made of those of whole parts."""
    found = {_NAMES[name]: _of(name, definitions[name]) for name in _NAMES if name in definitions}
    own = {key: True for kind in field_types.values() for key in _keys(kind)}
    field = found[_NAMES["FieldSpec"]]
    field["properties"] = {**own, **field["properties"]}
    field["additionalProperties"] = False
    field.pop("allOf", None)
    found[VARIANT]["required"] = ["form", "extends"]
    return found


def _of(name: str, whole: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = _renamed({key: value for key, value in whole.items() if key != "required"})
    if "properties" in made:
        left_out = {"remove"} if name in _WITHOUT_REMOVE else set()
        left_out |= set() if name in {part.__name__ for part in _PLACED} else {"after", "before", "first"}
        said = DifferenceSpec.model_json_schema()["properties"]
        made["properties"] |= {key: kind for key, kind in said.items() if key not in left_out}
    return made


def _renamed(schema: Any) -> Any:
    """The schema with each reference to a part turned into one to its differences."""
    if isinstance(schema, list):
        return [_renamed(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _renamed(value) for key, value in schema.items()}
    name = str(found.get("$ref", "")).removeprefix("#/$defs/")
    return {**found, "$ref": f"#/$defs/{_NAMES[name]}"} if name in _NAMES else found


def _keys(kind: type[Any]) -> list[str]:
    return [info.alias or name for name, info in kind.Options.model_fields.items()]
