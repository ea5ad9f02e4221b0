"""Every field type keeps what its own examples say of it."""

from typing import Any

import jsonschema
import pytest

from formkit.fields import FIELD_TYPES, FieldType, Shape
from formkit.fields.base import JSON, Refused
from formkit.fields.choice import ChoiceField
from formkit.issues import Issue
from formkit.locales import issue_sentence
from tests.fields.making import TODAY, errors, every_example, findings, make, verdicts

GOOD = list(every_example())
BAD = [
    (name, examples.options, raw, code)
    for name, kind in FIELD_TYPES.items()
    for examples in kind.examples
    for raw, code in examples.bad
]
VALUES = [name for name, kind in FIELD_TYPES.items() if kind.shape is not Shape.NOTE]


@pytest.mark.parametrize(("name", "options", "raw", "value"), GOOD, ids=[f"{one[0]}-{n}" for n, one in enumerate(GOOD)])
def test_a_good_answer_becomes_its_value(name: str, options: Any, raw: Any, value: Any) -> None:
    field = make(name, options)
    assert field.parse(raw) == value
    if value is None:
        return
    assert not errors(findings(field, value))
    assert not field.is_blank(value)
    jsonschema.validate(value, field.json_schema(), format_checker=jsonschema.FormatChecker())
    for language in ("zh", "en"):
        assert field.format(value, language)
        assert isinstance(field.hint(language) + field.suffix(language), str)


@pytest.mark.parametrize(
    ("name", "options", "raw", "code"), BAD, ids=[f"{one[0]}-{one[3]}-{n}" for n, one in enumerate(BAD)]
)
def test_a_bad_answer_gets_its_code(name: str, options: Any, raw: Any, code: str) -> None:
    assert code in verdicts(make(name, options), raw)


@pytest.mark.parametrize(
    ("name", "options", "raw", "code"), BAD, ids=[f"{one[0]}-{one[3]}-{n}" for n, one in enumerate(BAD)]
)
def test_what_is_said_is_a_whole_sentence_in_both_languages(name: str, options: Any, raw: Any, code: str) -> None:
    for params in _params(make(name, options), raw):
        for language in ("zh", "en"):
            words = issue_sentence(Issue(params[0], "x", {"label": "项", "name": "x", **params[1]}), language)
            assert words[-1] in "。." and "{" not in words, words


def _params(field: FieldType[Any], raw: Any) -> list[tuple[str, Any]]:
    try:
        return [(finding.code, finding.params) for finding in findings(field, field.parse(raw), TODAY)]
    except Refused as refused:
        return [(refused.code, refused.params)]


@pytest.mark.parametrize("name", VALUES)
def test_every_type_shows_itself_by_examples(name: str) -> None:
    examples = FIELD_TYPES[name].examples
    assert any(sample.good for sample in examples)
    assert any(sample.bad for sample in examples)


@pytest.mark.parametrize("name", FIELD_TYPES)
def test_every_type_says_what_a_template_needs(name: str) -> None:
    field = make(name, FIELD_TYPES[name].examples[0].options)
    assert field.widget
    jsonschema.Draft202012Validator.check_schema(field.json_schema())
    assert all(isinstance(value, (str, int, bool)) for value in field.attributes().values())
    assert not {"id", "name", "value", "required", "pattern"} & set(field.attributes())


@pytest.mark.parametrize("today", ["1000-01-01", TODAY, "9999-01-01"])
@pytest.mark.parametrize(
    ("name", "options"),
    [("yes_no", {}), ("consent", {}), ("choice", {"choices": "colours"}), ("choice", {"choices": "places"})],
)
def test_exact_values_are_what_reading_and_judging_would_give(name: str, options: Any, today: str) -> None:
    field = make(name, options)
    assert field.exact_values()
    for raw, value in field.exact_values().items():
        assert not field.is_blank(raw)
        assert field.parse(raw) == value
        assert findings(field, value, today) == []


def test_a_type_with_a_reading_of_its_own_inherits_no_exact_values() -> None:
    class Reversed(ChoiceField):
        def parse(self, raw: JSON) -> JSON:
            return super().parse(raw[::-1])

    class Drawn(ChoiceField):
        name = "drawn"

    assert not make(Reversed, {"choices": "colours"}).exact_values()
    assert make(Drawn, {"choices": "colours"}).exact_values()
