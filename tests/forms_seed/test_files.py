"""The form files themselves: they check clean, and every text speaks both languages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from formkit.choices import Choice
from formkit.compiler import Compiler
from formkit.fields.base import Shape
from formkit.form import Form
from formkit.schemas.source import read_yaml
from formkit.texts import Text
from tests.forms_seed.filled import FORMS

FILES = sorted(FORMS.rglob("*.yaml"))
SCHEMA = FORMS.parent / "formkit" / "schemas" / "form.schema.json"
NAMES = ["accountant_collection", "registration", "transfer_in", "transfer_out"]


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_all_forms_check_clean() -> None:
    compiled = Compiler().compile_path(FORMS)
    assert compiled.diagnostics == ()
    assert sorted(compiled.forms) == NAMES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_editors_find_the_schema_and_accept_the_file(path: Path, schema: Draft202012Validator) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    named = path.parent / first.removeprefix("# yaml-language-server: $schema=")
    assert named.resolve() == SCHEMA
    for document in read_yaml(path).documents:
        assert [error.message for error in schema.iter_errors(document.value)] == []


@pytest.mark.parametrize("name", NAMES)
def test_s151_every_text_is_chinese_and_has_an_english_translation(forms: dict[str, Form], name: str) -> None:
    assert [text for text in texts(forms[name]) if set(text) != {"zh", "en"}] == []


@pytest.mark.parametrize("name", NAMES)
def test_s151_every_choice_offered_is_translated(forms: dict[str, Form], name: str) -> None:
    """Proper names of places outside Guangdong stay Chinese."""
    missing = [
        choice.value
        for list_id, choices in forms[name].choices.items()
        for choice in walk(choices.choices)
        if set(choice.label) != {"zh", "en"} and list_id != "transfer_destinations"
    ]
    assert missing == []


def walk(choices: tuple[Choice, ...]) -> Iterator[Choice]:
    for choice in choices:
        yield choice
        yield from walk(choice.children)


def texts(form: Form) -> Iterator[Text]:
    """Every text of a form that people read."""
    yield form.title
    yield from filter(None, (form.summary, form.submission_label, form.submission_note, form.submission_done))
    yield from (fact.label for fact in form.facts.values())
    yield from (check.message for check in form.checks)
    for step in form.steps:
        yield from filter(None, (step.title, step.note, *(check.message for check in step.checks)))
        yield from (text for section in step.sections for text in (section.title, section.note) if text)
    for field in form.fields.values():
        yield field.label if field.shape is not Shape.NOTE else field.type.text
        yield from (hint.text for hint in field.hints)
        yield from (check.message for check in field.checks)
        yield from field.messages.values()
        if field.lock.reason is not None:
            yield field.lock.reason
    if form.workflow is not None:
        for state in form.workflow.states.values():
            yield from filter(None, (state.label, state.national_status, state.note))
        yield from (way.label for way in form.workflow.transitions.values() if way.label)
