"""A form filled in as somebody might do it: the same answers every time."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice

from formkit.evaluation import Evaluation, Instance, evaluate
from formkit.fields.base import JSON, Moment, Shape
from formkit.form import ROW_ID, Form
from formkit.issues import Issue, Level
from formkit.search.candidates import good_values, sample_fact
from formkit.search.placing import put
from formkit.validation import judge

_NOT_OURS = frozenset({"calculated", "locked"})
"""Issues of answers that are not the person's to give."""
_TRIES = 12
_ROUNDS = 12


def sample_facts(form: Form, *, today: str) -> dict[str, JSON]:
    """Something the portal might know, with which the form can be filled in without an error, if that can be.

    A fact that a field shows as it is gets a value that field takes.
    """
    facts = {fact.id: sample_fact(fact.type) for fact in form.facts.values()}
    facts |= dict(_shown_facts(form, facts, today))
    fewest = _errors_left(form, facts, today)
    for name in [name for name, value in facts.items() if value is False and fewest]:
        other = {**facts, name: True}
        count = _errors_left(form, other, today)
        if count < fewest:
            facts, fewest = other, count
    return facts


def _shown_facts(form: Form, facts: Mapping[str, JSON], today: str) -> Iterator[tuple[str, JSON]]:
    for shown in form.fields.values():
        name = shown.calculation.rule.text.strip().removeprefix("facts.") if shown.calculation else ""
        found = next(good_values(shown, Moment(today, facts)), None) if name in facts else None
        if found is not None:
            yield name, found


def _errors_left(form: Form, facts: Mapping[str, JSON], today: str) -> int:
    filling = Filling(form, facts, None, today, {})
    filling.fill()
    filling.mend()
    return len(filling.errors())


def sample_answers(
    form: Form,
    *,
    facts: Mapping[str, JSON] | None = None,
    record: Mapping[str, JSON] | None = None,
    today: str,
    start: Mapping[str, JSON] | None = None,
) -> dict[str, JSON]:
    """Answers with every visible field filled in (`start` as it is), changed until nothing is wrong, if that can be."""
    filling = Filling(
        form, sample_facts(form, today=today) if facts is None else facts, record, today, dict(start or {})
    )
    filling.fill()
    filling.mend()
    return filling.answers


@dataclass
class Filling:
    """One person's answers on their way."""

    form: Form
    facts: Mapping[str, JSON]
    record: Mapping[str, JSON] | None
    today: str
    answers: dict[str, JSON]
    given: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.given = frozenset(self.answers)
        self.answers = deepcopy(self.answers)

    def evaluation(self) -> Evaluation:
        """How things stand."""
        return evaluate(self.form, self.answers, record=self.record, facts=self.facts, today=self.today)

    def errors(self) -> list[Issue]:
        """What would stop these answers."""
        return [issue for issue in judge(self.evaluation()).issues if issue.level is Level.ERROR]

    def fill(self) -> None:
        """Answers what is asked, and what is asked because of that."""
        for _ in range(_ROUNDS):
            answered = [self._answer(instance) for instance in self._open()]
            if True not in answered:
                return

    def _open(self) -> list[Instance]:
        evaluation = self.evaluation()
        instances = [*evaluation.instances, *evaluation.unjudged]
        return [i for i in instances if i.value is None and not (i.state.locked or i.state.calculated)]

    def _answer(self, instance: Instance) -> bool:
        if instance.path.partition(".")[0] in self.given or _at(self.answers, instance.path) is not None:
            return False
        if instance.field.shape is Shape.ROWS:
            put(self.answers, instance.path, [{ROW_ID: "r1"}])
            return True
        if instance.field.shape is not Shape.VALUE:
            return False
        found = next(self._choices(instance), None)
        if found is not None:
            put(self.answers, instance.path, found)
        return found is not None

    def _choices(self, instance: Instance) -> Iterator[JSON]:
        around = {**self.evaluation().values, **(instance.setting.row or {})}
        return islice(good_values(instance.field, Moment(self.today, around)), _TRIES)

    def mend(self) -> None:
        """Tries other values where there are errors, as long as that leaves fewer of them."""
        for _ in range(_ROUNDS):
            errors = self.errors()
            if not errors or not any(self._mended(issue, len(errors)) for issue in errors):
                return

    def _mended(self, issue: Issue, count: int) -> bool:
        """Whether another value at, or beside, the issue leaves fewer errors; it is kept then."""
        if issue.code in _NOT_OURS:
            put(self.answers, issue.path, None)
            return True
        before = deepcopy(self.answers)
        for instance in self._involved(issue):
            for value in [*self._choices(instance), None]:
                put(self.answers, instance.path, value)
                self.fill()
                if len(self.errors()) < count:
                    return True
                self.answers = deepcopy(before)
        return False

    def _involved(self, issue: Issue) -> Iterable[Instance]:
        instances = [i for i in self.evaluation().instances if self._is_ours(i)]
        own = [i for i in instances if i.path == issue.path]
        if issue.code != "check":
            return own
        names = {name for check in self._checks(issue) for name in check}
        return own + [i for i in instances if i not in own and (i.path in names or f"row.{i.field.id}" in names)]

    def _is_ours(self, instance: Instance) -> bool:
        given = instance.path.partition(".")[0] in self.given
        return instance.field.shape is Shape.VALUE and not (given or instance.state.calculated)

    def _checks(self, issue: Issue) -> Iterator[frozenset[str]]:
        everywhere = [*self.form.checks, *(check for step in self.form.steps for check in step.checks)]
        everywhere += [check for each in self.form.fields.values() for check in each.checks]
        return (check.rule.names for check in everywhere if check.place == issue.place)


def _at(answers: Mapping[str, JSON], path: str) -> JSON:
    top, *inner = path.split(".")
    value = answers.get(top)
    if len(inner) == 1:
        return value.get(inner[0]) if isinstance(value, dict) else None
    if len(inner) == 2:
        return next((row.get(inner[1]) for row in value or () if row.get(ROW_ID) == inner[0]), None)
    return value
