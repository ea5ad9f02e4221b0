"""A record as one edition holds it: carried into it, settled as a change that touches nothing, and judged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from formkit.acceptance import accept
from formkit.carrying import carried
from formkit.evaluation import Evaluation, context_of, evaluate, recorded_value
from formkit.evaluation.misshapen import misshapen
from formkit.expressions import UNKNOWN, UNKNOWN_MARK
from formkit.fields.base import JSON, Refused, Shape
from formkit.form import ROW_ID, Field, Form
from formkit.impact.entries import Entry, Unreadable
from formkit.issues import Issue, Level
from formkit.validation import judge


@dataclass(frozen=True, slots=True)
class Held:
    """What there is to say of a record: `asked` on a change that touches nothing, `unfit` by a look at everything.

    `dropped` are values that count no more: this person is not asked for them, or anew, or they have no field now.
    """

    asked: tuple[Issue, ...]
    unfit: tuple[Issue, ...]
    dropped: tuple[Issue, ...]


class HeldBy:
    """Holds records against one edition, `form`; they were made in `source`, or nobody knows in which (None)."""

    def __init__(self, form: Form, source: Form | None, facts: Mapping[str, JSON], today: str) -> None:
        self.form, self._source, self._today = form, source, today
        self._facts = {name: facts.get(name, UNKNOWN) for name in form.facts}
        self._on_record = tuple(_facts_on_record(form, facts))
        self._calculated = tuple(
            (field.id, field.calculation) for field in form.top_fields.values() if field.calculation
        )
        self._locked = tuple(field.id for field in form.top_fields.values() if field.lock.always)

    def wrong_fact(self, entry: Entry) -> Unreadable | None:
        """Why a record cannot be judged: a fact beside it is none that the form can ask about."""
        for name, value in entry.facts.items():
            fact = self.form.facts.get(name)
            if fact is not None and value is not None and value != UNKNOWN_MARK and not fact.type.fits(value):
                return Unreadable(entry.position, "wrong_fact", {"name": name, "wanted": fact.type.called})
        return None

    def is_clean(self, entry: Entry) -> bool:
        """Whether the short way finds nothing at all to say: the record is what the edition would take anew today."""
        values = entry.values
        if self.form.treatments and self._is_treated(values):
            return False
        context = context_of(self.form, values, self._known(entry), self._today)
        answers = dict(values)
        for name in self._locked:
            answers.pop(name, None)
        for name, calculation in self._calculated:
            if calculation.condition is None or calculation.condition.holds(values, None, context):
                answers.pop(name, None)
        accepted = accept(self.form, answers, context)
        return accepted is not None and not accepted[1] and accepted[0] == values

    def _is_treated(self, values: Mapping[str, JSON]) -> bool:
        """Whether what the edition declares of older answers makes others of these, or asks for some again."""
        across = carried(self._source, self.form, values, today=self._today, purpose="record")
        return bool(across.asked_again) or across.answers != values

    def judged(self, entry: Entry) -> Held | Unreadable:
        """What there is to say of a record."""
        values = _with_row_ids((self._source or self.form).top_fields.values(), entry.values)
        across = carried(self._source, self.form, values, today=self._today, purpose="record")
        as_it_stands = values if self._source is self.form else across.answers
        for path, wanted in misshapen(self.form.top_fields.values(), as_it_stands):
            return Unreadable(entry.position, "wrong_shape", {"path": path, "wanted": wanted})
        again, facts = across.asked_again, self._known(entry)
        settled = evaluate(self.form, {}, record=across.answers, facts=facts, today=self._today, asked_again=again)
        asked = judge(settled).issues
        unread = {issue.path: issue for issue in _unreadable_now(settled)}
        unfit = [issue for issue in judge(settled, untouched=True).issues if issue.path not in unread]
        codes = {path: "asked_again" if self.form.field_at(path) else "unknown_field" for path in across.aside}
        codes |= dict.fromkeys(again, "asked_again") | dict.fromkeys(_hidden(settled, across.answers), "hidden")
        refused = {issue.path for issue in asked}
        dropped = [Issue(code, path, {}, Level.NOTICE) for path, code in codes.items() if path not in refused]
        return Held(asked, (*unread.values(), *unfit), tuple(dropped))

    def value(self, entry: Entry, path: str) -> JSON:
        """What a record holds at the definition path of a value that is in no row."""
        scope: JSON = entry.values
        name = ""
        for part in path.split("."):
            name = f"{name}.{part}".lstrip(".")
            field = self.form.fields.get(name)
            if field is None or not isinstance(scope, Mapping):
                return None
            scope = recorded_value(field, scope)
        return scope

    def unknown_facts(self, entry: Entry) -> tuple[str, ...]:
        """The facts that are unknown of a record."""
        return tuple(name for name, value in self._known(entry).items() if value is UNKNOWN)

    def _known(self, entry: Entry) -> dict[str, JSON]:
        """The facts of one record: those beside it, else everybody's, else what it holds itself."""
        facts = dict(self._facts)
        for name, field in self._on_record:
            value = recorded_value(field, entry.values)
            if value is not None and self.form.facts[name].type.fits(value):
                facts[name] = value
        for name, value in entry.facts.items():
            if name in facts:
                facts[name] = UNKNOWN if value == UNKNOWN_MARK else value
        return facts


def _facts_on_record(form: Form, known: Mapping[str, JSON]) -> Iterator[tuple[str, Field]]:
    """The facts that a field takes as they are, so that a record tells them."""
    for field in form.top_fields.values():
        name = field.calculation.rule.text.strip().removeprefix("facts.") if field.calculation else ""
        if name in form.facts and name not in known:
            yield name, field


def _with_row_ids(fields: Iterable[Field], values: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """The values with an id for each row that has none: what comes out of a table seldom has."""
    found = dict(values)
    for field in fields:
        rows = values.get(field.id)
        if field.shape is Shape.ROWS and isinstance(rows, list):
            found[field.id] = [
                {ROW_ID: f"n{number}", **row} if isinstance(row, Mapping) and ROW_ID not in row else row
                for number, row in enumerate(rows, start=1)
            ]
    return found


def _unreadable_now(settled: Evaluation) -> Iterator[Issue]:
    """What could not be entered any more: values on record that their field does not read today."""
    for instance in settled.instances:
        kind, value = instance.field.type, instance.value
        if value is None or instance.state.calculated:
            continue
        if kind.shape is Shape.ROWS and len(value) > kind.max_rows:
            yield _labelled(instance.field, "too_many_rows", instance.path, max=kind.max_rows, count=len(value))
        elif kind.shape is Shape.VALUE:
            try:
                kind.parse(value)
            except Refused as refused:
                yield _labelled(instance.field, refused.code, instance.path, **refused.params)


def _labelled(field: Field, code: str, path: str, **params: object) -> Issue:
    params = {"label": field.label, **params}
    return Issue(code, path, params, place=field.place, message=field.messages.get(code))


def _hidden(settled: Evaluation, values: Mapping[str, JSON]) -> Iterator[str]:
    """Where something is on record that is not asked of this person, and that no lock keeps."""
    shown = {instance.path for instance in (*settled.instances, *settled.unjudged)}
    return _hidden_in(settled.form.top_fields.values(), values, "", shown | settled.carried.keys())


def _hidden_in(fields: Iterable[Field], values: Mapping[str, JSON], prefix: str, shown: set[str]) -> Iterator[str]:
    for field in fields:
        value, path = recorded_value(field, values), f"{prefix}{field.id}"
        if value is None or field.shape is Shape.NOTE:
            continue
        if path not in shown and not any(each.startswith(f"{path}.") for each in shown):
            yield path
        elif field.shape is Shape.GROUP:
            yield from _hidden_in(field.fields, value, f"{path}.", shown)
        elif field.shape is Shape.ROWS:
            for row in value:
                yield from _hidden_in(field.fields, row, f"{path}.{row[ROW_ID]}.", shown)
