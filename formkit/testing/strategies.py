"""Hypothesis strategies: answers a form takes, and answers of which some are wrong."""

from collections.abc import Mapping
from copy import deepcopy
from itertools import islice

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from formkit.errors import FormkitError
from formkit.evaluation import Instance
from formkit.fields.base import JSON, Moment, Shape
from formkit.form import Field, Form
from formkit.search.candidates import bad_answers, good_values
from formkit.search.placing import put
from formkit.testing.samples import Filling, sample_facts

_MOST_CHANGES = 6
_LONGEST_TEXT = 60
_TEXT = st.characters(exclude_categories=("C", "Z"))
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
ANY_JSON: SearchStrategy[JSON] = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=6
)


class NoGoodAnswers(FormkitError):  # noqa: N818 - read as a sentence: except NoGoodAnswers
    """Nothing was found that the form takes; answers to begin with, or facts, help."""

    def __init__(self, form: Form, issues: str) -> None:
        super().__init__(f"no answers to {form.id} were found that it takes: pass start= or facts= (left: {issues})")


def answers_for(
    form: Form,
    *,
    today: str,
    facts: Mapping[str, JSON] | None = None,
    record: Mapping[str, JSON] | None = None,
    start: Mapping[str, JSON] | None = None,
) -> SearchStrategy[dict[str, JSON]]:
    """Answers that validate without an error; `facts` not given are those of `sample_facts`.

    They begin from answers made up once (with `start` among them) and differ from these in a few fields.
    """
    first = _first(form, today, facts, record, start)

    @st.composite
    def drawn(draw: DrawFn) -> dict[str, JSON]:
        filling = _copy(first)
        for _ in range(draw(st.integers(0, _MOST_CHANGES))):
            _vary(filling, draw)
        return filling.answers

    return drawn()


def mixed_answers_for(
    form: Form,
    *,
    today: str,
    facts: Mapping[str, JSON] | None = None,
    record: Mapping[str, JSON] | None = None,
    start: Mapping[str, JSON] | None = None,
) -> SearchStrategy[dict[str, JSON]]:
    """Answers as an attacker or a broken program sends them: good ones, some of them replaced by anything."""
    good = answers_for(form, today=today, facts=facts, record=record, start=start)
    fields = [field for field in form.fields.values() if field.shape is not Shape.NOTE]

    @st.composite
    def drawn(draw: DrawFn) -> dict[str, JSON]:
        answers = deepcopy(draw(good))
        spoilt = draw(st.lists(st.sampled_from(fields), max_size=_MOST_CHANGES))
        # Inner answers first: what holds them may not be able to hold anything afterwards.
        for field in sorted(spoilt, key=lambda each: -each.path.count(".")):
            top, *inner = field.path.split(".")
            rows = form.fields[top].shape is Shape.ROWS
            path = ".".join([top, *(["r1"] if rows and inner else []), *inner])
            put(answers, path, draw(st.sampled_from(list(bad_answers(field))) | ANY_JSON))
        if draw(st.booleans()):
            answers[draw(st.text(min_size=1))] = draw(ANY_JSON)
        return answers

    return drawn()


def values_for(field: Field, moment: Moment) -> SearchStrategy[JSON]:
    """Values the field's type may take; most of them good."""
    known = list(islice(good_values(field, moment), 20))
    wide = _by_schema(field.type.json_schema())
    if not known:
        return wide if wide is not None else st.none()
    return st.sampled_from(known) if wide is None else st.sampled_from(known) | wide


def _first(
    form: Form,
    today: str,
    facts: Mapping[str, JSON] | None,
    record: Mapping[str, JSON] | None,
    start: Mapping[str, JSON] | None,
) -> Filling:
    known = {**sample_facts(form, today=today), **(facts or {})}
    filling = Filling(form, known, record, today, dict(start or {}))
    filling.fill()
    filling.mend()
    left = filling.errors()
    if left:
        raise NoGoodAnswers(form, ", ".join(f"{issue.path or '-'} {issue.code}" for issue in left))
    return filling


def _copy(filling: Filling) -> Filling:
    return Filling(filling.form, filling.facts, filling.record, filling.today, filling.answers)


def _vary(filling: Filling, draw: DrawFn) -> None:
    """One field changed, and what that asks anew; undone where it leaves an error."""
    open_ = _changeable(filling)
    if not open_:
        return
    before = deepcopy(filling.answers)
    instance = draw(st.sampled_from(open_))
    moment = Moment(filling.today, {**filling.evaluation().values, **(instance.setting.row or {})})
    put(filling.answers, instance.path, draw(st.none() | values_for(instance.field, moment)))
    if draw(st.booleans()):
        filling.fill()
    if filling.errors():
        filling.answers = before


def _changeable(filling: Filling) -> list[Instance]:
    instances = filling.evaluation().instances
    return [i for i in instances if i.field.shape is Shape.VALUE and not (i.state.locked or i.state.calculated)]


def _by_schema(schema: Mapping[str, JSON]) -> SearchStrategy[JSON] | None:
    kind = schema.get("type")
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if kind == "boolean":
        return st.booleans()
    if kind == "integer":
        return st.integers(schema.get("minimum"), schema.get("maximum"))
    if kind == "string" and schema.get("format") == "date":
        return st.dates().map(lambda day: day.isoformat())
    if kind == "string" and "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    if kind == "string":
        most = min(schema.get("maxLength", _LONGEST_TEXT), _LONGEST_TEXT)
        return st.text(_TEXT, min_size=min(schema.get("minLength", 0), most), max_size=most)
    return None
