"""The reference is what the code says, and leaves nothing out."""

import re

import pytest

from docs.generating.cases_file import CASE_HEADINGS
from docs.generating.form_file import HEADINGS
from docs.reference import FOLDER, PAGES
from formkit.cli.arguments import VERBS
from formkit.expressions import BUILT_IN
from formkit.fields import FIELD_TYPES
from formkit.lint import RULES
from formkit.locales import sentences
from formkit.schemas import cases_spec, form_spec
from formkit.texts import LANGUAGES
from tests.locales.test_diagnostics import codes as diagnostic_codes
from tests.locales.test_diagnostics import near_codes


def headings(page: str) -> set[str]:
    return set(re.findall(r"^#+ (.+)$", (FOLDER / page).read_text("utf-8"), re.M))


@pytest.mark.parametrize("name", PAGES)
def test_it_is_current(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == PAGES[name](), "run python -m docs.reference"


def test_every_field_type_has_its_entry() -> None:
    assert headings("field-types.md") >= set(FIELD_TYPES)


def test_every_rule_function_has_its_entry() -> None:
    assert headings("rule-functions.md") >= set(BUILT_IN)


def test_every_command_has_its_entry() -> None:
    assert headings("command-line.md") >= {"formkit", *VERBS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_issue_code_has_its_entry(language: str) -> None:
    assert headings("issue-codes.md") >= {*sentences("issues", language), *sentences("web", language)}


def test_every_diagnostic_code_has_its_entry() -> None:
    assert headings("diagnostic-codes.md") >= diagnostic_codes() | near_codes()


def test_every_lint_rule_has_its_entry() -> None:
    assert headings("lint-rules.md") >= set(RULES)


def test_every_key_of_a_form_file_has_its_meaning() -> None:
    models = [getattr(form_spec, name) for name in HEADINGS]
    models += [getattr(cases_spec, name) for name in CASE_HEADINGS]
    models += [kind.Options for kind in FIELD_TYPES.values()]
    without = [
        (model.__name__, key) for model in models for key, field in model.model_fields.items() if not field.description
    ]
    assert without == []


def test_every_part_of_a_form_file_has_its_section() -> None:
    parts = {
        name
        for room in (form_spec, cases_spec)
        for name, found in vars(room).items()
        if name.endswith("Spec") and hasattr(found, "model_fields")
    }
    assert parts - {"Spec", "ConditionsSpec"} == {*HEADINGS, *CASE_HEADINGS}
