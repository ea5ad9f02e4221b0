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

    `dropped` are values that the edition does not ask this person for, or has no field for.
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
        self._given_by_others = frozenset(
            field.id for field in form.top_fields.values() if field.calculation or field.lock.always
        )

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
        answers = {name: value for name, value in values.items() if name not in self._given_by_others}
        accepted = accept(self.form, answers, context_of(self.form, values, self._known(entry), self._today))
        return accepted is not None and not accepted[1] and accepted[0] == values

    def judged(self, entry: Entry) -> Held | Unreadable:
        """What there is to say of a record."""
        values = _with_row_ids((self._source or self.form).top_fields.values(), entry.values)
        if self._source is not None:
            for path, wanted in misshapen(self._source.top_fields.values(), values):
                return Unreadable(entry.position, "wrong_shape", {"path": path, "wanted": wanted})
        across = carried(self._source, self.form, values, today=self._today, purpose="record")
        for path, wanted in misshapen(self.form.top_fields.values(), across.answers):
            return Unreadable(entry.position, "wrong_shape", {"path": path, "wanted": wanted})
        settled = evaluate(self.form, {}, record=across.answers, facts=self._known(entry), today=self._today)
        unread = {issue.path: issue for issue in _unreadable_now(settled)}
        unfit = [issue for issue in judge(settled, untouched=True).issues if issue.path not in unread]
        dropped = [Issue("unknown_field", path, {"name": path}, Level.NOTICE) for path in across.aside]
        dropped += [Issue("hidden", path, {}, Level.NOTICE) for path in _hidden(settled, across.answers)]
        return Held(judge(settled).issues, (*unread.values(), *unfit), tuple(dropped))

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
