"""The schema that editors read: current, whole, and of one mind with the loader."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from formkit.fields import FIELD_TYPES
from formkit.fields.base import Shape
from formkit.fields.editor_schema import SCHEMA_FILE, editor_schema, schema_text

SCHEMA = json.loads(SCHEMA_FILE.read_text("utf-8"))
FORMS = sorted((Path(__file__).parents[2] / "forms").rglob("*.yaml"))


def faults(text: str) -> list[str]:
    """Where a YAML text breaks the schema."""
    found = []
    for document in yaml.load_all(text, _Plain):
        found += [
            "/".join(map(str, error.absolute_path))
            for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(document)
        ]
    return found


class _Plain(yaml.SafeLoader):
    """Dates stay text, as in formkit's own reader."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def form(field: str) -> str:
    return f"form: f\ntitle: 表\nedition: 2023-05-26\nsteps:\n  one:\n    title: 一\n    fields:\n      a: {field}\n"


def test_the_file_on_disk_is_current() -> None:
    assert SCHEMA_FILE.read_text("utf-8") == schema_text(), "run python -m formkit.fields.editor_schema"


def test_it_is_a_schema_in_which_every_reference_leads_somewhere() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    references = {part.partition('"')[0] for part in json.dumps(SCHEMA).split('"$ref": "#/$defs/')[1:]}
    assert references <= set(SCHEMA["$defs"])


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_the_forms_of_the_house_keep_to_it(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("name", FIELD_TYPES)
def test_every_type_and_its_keys_may_be_written(name: str) -> None:
    kind = FIELD_TYPES[name]
    inner = {"fields": {"b": {"type": "text"}}} if kind.shape in (Shape.GROUP, Shape.ROWS) else {}
    for examples in kind.examples:
        field: dict[str, Any] = {"type": name, "label": "项", "hint": "请填", **examples.options, **inner}
        assert faults(form(json.dumps(field, ensure_ascii=False))) == []
        assert faults(form(json.dumps({**field, "colour": 1}))) == ["steps/one/fields/a"]


@pytest.mark.parametrize(
    ("field", "at"),
    [
        ("{type: txet}", "steps/one/fields/a/type"),
        ("{type: text, max_length: many}", "steps/one/fields/a/max_length"),
        ("{type: choice}", "steps/one/fields/a"),
        ("{type: text, max_size: 2 MB}", "steps/one/fields/a"),
        ("{type: text, fields: {b: {type: text}}}", "steps/one/fields/a"),
        ("{type: text, label: {fr: Nom}}", "steps/one/fields/a/label"),
        ("{type: image, formats: [gif]}", "steps/one/fields/a/formats/0"),
    ],
)
def test_a_fault_is_marked_where_it_is(field: str, at: str) -> None:
    assert faults(form(field)) == [at]


VARIANT = """\
form: city
extends: ../base.yaml
remove: [summary]
choices:
  pay: {half: {until: 2026-12-31}, full: 足额, none: {label: 无薪, first: true}}
steps:
  about:
    remove: [note]
    fields:
      a: {hint: 新, max_length: 40, remove: [required_when]}
      b: {type: text, label: 乙, after: a}
      c: {fields: {d: {required: true}}}
    sections: {money: {title: 钱}}
    checks: [{id: early, level: warning}]
  new: {title: 新, note: 好, before: about}
workflow: {transitions: {approve: {after: 5 days}}}
"""


def test_a_variant_states_differences_alone() -> None:
    assert faults(VARIANT) == []


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("max_length", "max_lenght", "steps/about/fields/a"),
        ("remove: [note]", "remove: {note: 1}", "steps/about/remove"),
        ("first: true", "first: no", "choices/pay"),
        ("title: 钱", "titel: 钱", "steps/about/sections/money"),
        ("level: warning", "level: mild", "steps/about/checks/0/level"),
    ],
)
def test_a_fault_of_a_variant_is_marked_where_it_is(old: str, new: str, at: str) -> None:
    assert faults(VARIANT.replace(old, new)) == [at]


def test_lists_and_calendars_are_known_too() -> None:
    assert faults("choices:\n  sex: {'1': 男, '2': {zh: 女, en: Female}}\n") == []
    assert faults("calendar: china\nyears: {'2026': {holidays: [2026-10-01]}}\n") == []
    assert faults("nothing: here\n") != []


def test_a_host_with_types_of_its_own_gets_a_schema_of_them() -> None:
    class Stamp(FIELD_TYPES["text"]):  # type: ignore[misc, name-defined]
        """A stamp."""

        name = "stamp"

    assert "stamp_keys" in editor_schema(FIELD_TYPES.extended([Stamp]))["$defs"]
    assert "stamp_keys" not in SCHEMA["$defs"]
