"""Which edition judges a draft; and for one whose edition has changed, what that means for the person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from formkit.carrying import Carried, carried
from formkit.diff import Change, Severity, diff
from formkit.editions.live import Forms
from formkit.evaluation import Evaluation, evaluate
from formkit.fields.base import JSON, Refused
from formkit.form import START, SUBMISSION, Form
from formkit.issues import Level
from formkit.records.model import Answers, Draft, Record
from formkit.validation import judge

_TOLD = frozenset({"field-added", "field-removed", "step-added", "step-removed", "choice-added"})
"""Safe changes that a person who comes back is told of nevertheless."""


def edition_for(forms: Forms, draft: Draft, today: str, record: Record | None = None) -> Form:
    """The form in the edition that judges a draft on a day, by what the edition in force says of drafts.

    `record` is the one a change draft changes: the day on it counts where none is typed anew.
    """
    current = forms[draft.form]
    if draft.edition_hash == current.edition_hash:
        own: Form | None = current
    else:
        own = forms.edition(draft.form, draft.edition_hash) if forms.stands(draft.form, draft.edition_hash) else None
    policy = current.drafts
    if policy.until is not None and today > policy.until:
        return current
    if policy.decided_by not in (SUBMISSION, START):
        day = _answered_day(current, policy.decided_by, draft.answers, record.values if record else {})
        return forms.on_day(draft.form, day) if day else own or current
    keeps = policy.until is not None or policy.when_published == "keep" or policy.decided_by == START
    return own if own is not None and keeps else current


def held_in(form: Form, forms: Forms, record: Record, today: str) -> Carried:
    """What a record holds, as the form reads it in its edition."""
    if record.edition_hash == form.edition_hash:
        return Carried(dict(record.values))
    old = forms.edition(record.form, record.edition_hash)
    between = forms.between(old, form) if old is not None else ()
    return carried(old, form, record.values, today=today, purpose="record", between=between)


@dataclass(frozen=True)
class Arrival:
    """A draft that has to go on in another edition (`new`) than the one it was filled in with (`old`)."""

    old: Form
    new: Form
    draft: Draft
    today: str
    facts: Callable[[Form], Mapping[str, JSON]]
    held: Callable[[Form], Carried | None]
    between: tuple[Form, ...] = ()

    @cached_property
    def carried(self) -> Carried:
        """Its answers, as the new edition reads them."""
        return carried(self.old, self.new, self.draft.answers, today=self.today, purpose="draft", between=self.between)

    @property
    def restarts(self) -> bool:
        """Whether the person has to begin anew."""
        return self.new.drafts.when_published == "restart" and self.draft.purpose == "new"

    @property
    def answers(self) -> Answers:
        """What the draft goes on with."""
        return {} if self.restarts else self.carried.answers

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What there is to tell: what asks something of people, or gives them something, where they can see it."""
        return tuple(
            change
            for change in diff(self.old, self.new)
            if (change.severity is not Severity.SAFE or change.code in _TOLD) and self._is_seen(change.path)
        )

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The steps to do again: what was fine there is not any more, or is asked again."""
        if self.restarts:
            return tuple(self.new.steps_by_id)
        step_of = self.new.step_of
        trouble = {path.partition(".")[0] for path in _in_trouble(self._after) - _in_trouble(self._before)}
        after = {step_of[name] for name in trouble if name in step_of}
        asked = {self.new.step_of.get(path.partition(".")[0], "") for path in self.carried.asked_again}
        done = {self.old.step_of[name] for name in self.draft.answers if name in self.old.step_of}
        fresh = {step for step in after if step not in self.old.steps_by_id and done}
        again = after & done | asked | fresh
        return tuple(step for step in self.new.steps_by_id if step in again)

    @cached_property
    def _before(self) -> Evaluation:
        return self._evaluated(self.old, self.draft.answers)

    @cached_property
    def _after(self) -> Evaluation:
        return self._evaluated(self.new, self.answers)

    def _evaluated(self, form: Form, answers: Answers) -> Evaluation:
        held = self.held(form)
        return evaluate(
            form,
            answers,
            record=held.answers if held else None,
            facts=self.facts(form),
            today=self.today,
            asked_again=held.asked_again if held else (),
        )

    def _is_seen(self, path: str) -> bool:
        """Whether it is about the form as a whole, or about a field that this person is asked, then or now."""
        root = path.partition(".")[0]
        if root not in self.old.top_fields and root not in self.new.top_fields:
            return True
        states = (one.states.get(root) for one in (self._before, self._after))
        return any(state is not None and state.visible for state in states)


def _answered_day(form: Form, name: str, answers: Answers, recorded: Answers) -> str | None:
    """The day that an answer names, else the one on record."""
    field = form.top_fields.get(name)
    try:
        day = field.type.parse(answers.get(name, recorded.get(name))) if field else None
    except Refused:
        return None
    return day if isinstance(day, str) else None


def _in_trouble(evaluation: Evaluation) -> set[str]:
    """The paths at which something stands in the way."""
    return {issue.path for issue in judge(evaluation).issues if issue.level is Level.ERROR}
