"""What holds of any two forms: none of itself, total, and safe means that what was taken still is."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from formkit.compiler import Compiler
from formkit.diagnostics import has_errors
from formkit.diff import CODES, Severity, change_sentence, diff, worst
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.testing.strategies import NoGoodAnswers, answers_for
from formkit.validation import validate
from tests.diff.pairs import FIELDS

FORMS = Path(__file__).parents[2] / "forms"
DAY = "2024-10-01"
FACTS = {"open": False}

# Keys a field may have, each with what it may be: what an author changes.
EDITS: tuple[dict[str, JSON], ...] = (
    {"required": True},
    {"required": False},
    {"required_when": {"status": "student"}},
    {"visible_when": {"status": ["student", "left"]}},
    {"visible_unless": "age > 20"},
    {"locked": "after_submission"},
    {"hint": "请如实填写"},
    {"label": "另一个名称"},
    {"max_length": 3},
    {"max_length": 300},
    {"min": 20},
    {"min": 1},
    {"max": 30},
    {"max": 2000},
    {"pattern": "[a-z]+"},
    {"checks": [{"rule": "age > 18", "message": "太小"}]},
    {"checks": [{"rule": "remark is blank", "message": "不要填", "level": "warning"}]},
    {"value": "age * 2"},
)
ADDED: tuple[dict[str, JSON], ...] = (
    {"type": "text", "label": "新的"},
    {"type": "integer", "label": "新的", "checks": [{"rule": "extra > 3", "message": "太小"}]},
    {"type": "text", "label": "新的", "checks": [{"rule": "extra is not blank", "message": "要填"}]},
    {"type": "rows", "label": "新的", "min_rows": 1, "fields": {"x": {"type": "text", "label": "X"}}},
    {"type": "text", "label": "新的", "required": True},
)
CHOICE: tuple[JSON, ...] = ({"label": "离岗", "until": "2024-09-25"}, {"label": "离岗", "until": "2030-01-01"}, "走了")


@pytest.mark.parametrize("file", sorted(path.name for path in FORMS.glob("*.yaml")))
def test_a_form_does_not_differ_from_itself(file: str) -> None:
    for form in _forms(file):
        again = Compiler().compile_path(str(FORMS / file)).forms[form.id]
        assert diff(form, again) == ()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_it_is_total_and_what_is_safe_still_passes(data: DataObject) -> None:
    old, new = data.draw(_edited()), data.draw(_edited())
    assert diff(new, new) == ()
    for changes in (diff(old, new), diff(new, old)):
        assert all(change.severity in CODES[change.code] for change in changes)
        assert all(change_sentence(change, language) for change in changes for language in ("zh", "en"))
    if worst(diff(old, new)) is Severity.SAFE:
        answers = data.draw(_answers(old))
        assert validate(old, answers, facts=FACTS, today=DAY).ok
        assert validate(new, answers, facts=FACTS, today=DAY).ok, diff(old, new)


@pytest.mark.parametrize("edit", [*EDITS, *ADDED], ids=str)
def test_a_single_change_that_is_safe_lets_all_answers_pass(edit: dict[str, JSON]) -> None:
    old = _compiled(FIELDS)
    assert old is not None
    taken = [answers for answers in _SOME_ANSWERS if validate(old, answers, facts=FACTS, today=DAY).ok]
    assert taken
    for name in ("extra",) if "type" in edit else ("status", "age", "pledge", "pay", "card", "remark"):
        written = deepcopy(_WRITTEN)
        fields = next((each for each in _all_fields(written) if name in each), written["steps"]["work"]["fields"])
        fields[name] = fields.get(name, {}) | edit
        new = _compiled(yaml.safe_dump(written, allow_unicode=True, sort_keys=False))
        if new is not None and worst(diff(old, new)) is Severity.SAFE:
            for answers in taken:
                assert validate(new, answers, facts=FACTS, today=DAY).ok, (name, answers)


def _all_fields(written: dict[str, JSON]) -> Iterator[dict[str, JSON]]:
    return (fields for step in written["steps"].values() for fields in _fields_of(step))


def _answers(form: Form) -> SearchStrategy[dict[str, JSON]]:
    """Answers a form takes; a form for which none are found says nothing about any."""
    try:
        return answers_for(form, today=DAY, facts=FACTS, start={"age": 25})
    except NoGoodAnswers:
        reject()


def _forms(file: str) -> Iterator[Form]:
    yield from Compiler().compile_path(str(FORMS / file)).forms.values()


@st.composite
def _edited(draw: st.DrawFn, most: int = 4) -> Form:
    """The small form with some of its keys changed; what does not compile is drawn anew."""
    written = deepcopy(_WRITTEN)
    for _ in range(draw(st.integers(0, most))):
        fields = list(_all_fields(written))
        kind = draw(st.sampled_from(("key", "key", "drop", "add", "choice", "move")))
        if kind == "key":
            some = draw(st.sampled_from(fields))
            some[draw(st.sampled_from(sorted(some)))].update(draw(st.sampled_from(EDITS)))
        elif kind == "drop":
            fields[-1].pop("photo", None)
        elif kind == "add":
            fields[draw(st.integers(0, 1))]["extra"] = draw(st.sampled_from(ADDED))
        elif kind == "choice":
            written["choices"]["status"]["left"] = draw(st.sampled_from(CHOICE))
        else:
            fields[0]["photo"] = fields[-1].pop("photo", {"type": "text", "label": "照片"})
    text = yaml.safe_dump(written, allow_unicode=True, sort_keys=False)
    form = _compiled(text)
    return form if form is not None else _compiled(FIELDS)  # type: ignore[return-value]


def _fields_of(step: dict[str, JSON]) -> Iterator[dict[str, JSON]]:
    if "fields" in step:
        yield step["fields"]
    yield from (section["fields"] for section in step.get("sections", {}).values())


@cache
def _compiled(text: str) -> Form | None:
    compiled = Compiler().compile_text(text, "small.yaml")
    return None if has_errors(compiled.diagnostics) else next(iter(compiled.forms.values()))


class _Plain(yaml.SafeLoader):
    """Days stay the text they are."""


_Plain.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_WRITTEN = yaml.load(FIELDS, _Plain)  # noqa: S506 - a safe loader
_SOME_ANSWERS = [
    {key: value for key, value in zip(("name", "status", "age", "card", "remark"), values, strict=True) if value}
    for values in product(
        ("张三",), ("working", "student"), (None, 17, 25, 60), (None, "a", "long 卡片"), (None, "备注")
    )
]
