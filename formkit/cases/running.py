"""One case → what the form does: settled answers, issues, the path through the steps, the state of the process."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from formkit.calendars import WorkingDays
from formkit.compiler.case_files import Case, CaseFile, Person, Process
from formkit.evaluation import Evaluation, evaluate
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.issues import Issue, Level
from formkit.texts import Text
from formkit.validation import judge
from formkit.wizard import Path, path_with_issues
from formkit.workflow import due_transition, next_look, take, transitions_open_to, workflow_of

_NOON = time(12)


@dataclass(frozen=True)
class Outcome:
    """What the form does with somebody; `taken` are the transitions taken on the way to `state`."""

    form: Form
    evaluation: Evaluation
    issues: tuple[Issue, ...]
    visited: tuple[str, ...]
    hints: Mapping[str, tuple[Text, ...]]
    state: str | None = None
    due: str | None = None
    taken: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    """The states it was in before."""

    @property
    def accepted(self) -> bool:
        """Whether it can be sent off."""
        return all(issue.level is not Level.ERROR for issue in self.issues)

    @cached_property
    def path(self) -> Path:
        """The path through the steps."""
        return path_with_issues(self.evaluation, self.issues, self.visited)

    def open_to(self, role: str) -> tuple[str, ...]:
        """The transitions open to a role in the state it is in."""
        if self.state is None:
            return ()
        context = self.evaluation.context
        today = date.fromisoformat(context.today)
        values, facts = _values_on_file(self.evaluation), context.facts
        found = transitions_open_to(self.form, self.state, role, values=values, facts=facts, today=today)
        return tuple(each.id for each in found)


@dataclass(frozen=True)
class Submission:
    """The answers a file's cases begin with, sent off: the record that makes, and what is said of them."""

    values: Mapping[str, JSON]
    issues: tuple[Issue, ...]

    @property
    def refused(self) -> tuple[Issue, ...]:
        """What stops it."""
        return tuple(issue for issue in self.issues if issue.level is Level.ERROR)


def submission_of(cases: CaseFile) -> Submission:
    """The answers a file's cases begin with, sent off."""
    person = cases.person
    facts = {name: person.facts.get(name) for name in cases.form.facts}
    result = judge(evaluate(cases.form, person.answers, facts=facts, today=person.today))
    return Submission(result.values, result.issues)


def outcome_of(form: Form, case: Case, record: Mapping[str, JSON] | None, calendar: WorkingDays | None) -> Outcome:
    """What `form` does in a case; `record` is what is on file if the case says that something is submitted."""
    person = replace(case.person, record=record) if case.submitted else case.person
    return outcome_for(form, person, case.visited, case.process, calendar)


def outcome_for(
    form: Form,
    person: Person,
    visited: Iterable[str] | None = None,
    process: Process | None = None,
    calendar: WorkingDays | None = None,
) -> Outcome:
    """What `form` does with somebody."""
    evaluation = evaluate(form, person.answers, record=person.record, facts=person.facts, today=person.today)
    settled = Outcome(
        form,
        evaluation,
        judge(evaluation).issues,
        tuple(form.steps_by_id if visited is None else visited),
        dict(_hints(evaluation)),
    )
    return settled if process is None else _processed(settled, process, calendar)


def _hints(evaluation: Evaluation) -> Iterator[tuple[str, tuple[Text, ...]]]:
    """The hints shown beside each visible field."""
    values, context = evaluation.values, evaluation.context
    for instance in (*evaluation.instances, *evaluation.unjudged):
        if instance.field.hints:
            row = instance.setting.row
            shown = [h.text for h in instance.field.hints if h.rule is None or h.rule.is_true(values, row, context)]
            yield instance.path, tuple(shown)


def _processed(settled: Outcome, process: Process, calendar: WorkingDays | None) -> Outcome:
    """The outcome with what the system does by then, and with what somebody asks for after that."""
    form, state, taken, left = settled.form, process.state, list[str](), list[str]()
    now, due = _moment(form, settled.evaluation.context.today, time.min), None
    values, facts = _values_on_file(settled.evaluation), settled.evaluation.context.facts
    if process.entered is not None:
        entered = _moment(form, process.entered, _NOON)
        look = next_look(form, state, entered, calendar)
        due = look.astimezone(ZoneInfo(form.time_zone)).date().isoformat() if look else None
        for _ in workflow_of(form).states:
            each = due_transition(form, state, entered, now, values=values, facts=facts, calendar=calendar)
            if each is None:
                break
            taken.append(each.id)
            left.append(state)
            state, entered = each.target, now
    issues = settled.issues
    if process.take is not None:
        by = process.by or workflow_of(form).transitions[process.take].by
        done = take(form, state, process.take, by, values=values, facts=facts, today=now.date(), reason=process.reason)
        if isinstance(done, Issue):
            issues = (*issues, done)
        else:
            taken.append(done.transition.id)
            left.append(state)
            state = done.target
    return replace(settled, issues=issues, state=state, due=due, taken=tuple(taken), left=tuple(left))


def _values_on_file(evaluation: Evaluation) -> Mapping[str, JSON]:
    return evaluation.kept_values if evaluation.record is None else evaluation.record


def _moment(form: Form, day: str, at: time) -> datetime:
    return datetime.combine(date.fromisoformat(day), at, ZoneInfo(form.time_zone))
