"""A draft at hand, with what its pages are judged by: the record it changes, the facts, the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

from starlette.responses import RedirectResponse

from formkit.carrying import Carried, carried
from formkit.editions.following import edition_for
from formkit.errors import FormkitError, UnknownName
from formkit.evaluation import Evaluation, evaluate
from formkit.fields.base import JSON, Shape
from formkit.form import Form
from formkit.issues import Issue, Level
from formkit.locales import sentence
from formkit.records.model import Answers, Draft, Record
from formkit.records.service import load_draft, load_record, submit
from formkit.records.settling import Submission
from formkit.records.store import AlreadySubmitted
from formkit.texts import LANGUAGES, Text
from formkit.validation import Result, judge, validate
from formkit.web.owned import held_by, may_change, values_of
from formkit.web.site import HostRefused
from formkit.web.visit import Visit, form_named
from formkit.wizard import CHECK, Path, path_with_issues

_TOKEN_LENGTH = 64
"""What a page's own token has is half of this; a longer one is nobody's, and a column is not made for it."""
QUIET = frozenset({"hidden"})
"""Issues nobody needs to hear of: an answer typed before its field went away is natural in a browser."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Some answers, settled and judged, and the way through the steps that follows from them."""

    answers: Mapping[str, JSON]
    evaluation: Evaluation
    issues: tuple[Issue, ...]
    path: Path

    def issues_of(self, step: str) -> tuple[Issue, ...]:
        """What there is to say of one step."""
        form = self.evaluation.form
        return tuple(issue for issue in self.issues if issue.code not in QUIET and self._is_of(issue, step, form))

    def _is_of(self, issue: Issue, step: str, form: Form) -> bool:
        """Whether it belongs to the step, or to an undeclared name that was posted with it."""
        return form.step_of_issue(issue) == step or (issue.path != "" and form.step_of_issue(issue) == "")

    @property
    def told(self) -> tuple[Issue, ...]:
        """What there is to say of all."""
        return tuple(issue for issue in self.issues if issue.code not in QUIET)

    def shown(self, step: str) -> list[str]:
        """The instance paths of the fields of a step that have a control on its page."""
        evaluation = self.evaluation
        return [
            path
            for path, state in evaluation.states.items()
            if state.visible and not state.locked and not state.calculated and _has_control(evaluation.form, path, step)
        ]


@dataclass(frozen=True)
class Work:
    """A draft that is being filled in."""

    visit: Visit
    draft: Draft
    record: Record | None
    outdated: bool = False
    """Whether the draft has to go on in another edition: what is typed is kept, and nothing is submitted."""

    @cached_property
    def facts(self) -> Mapping[str, JSON]:
        """What the portal knows of the person, asked once a request."""
        return self.visit.facts

    @property
    def form(self) -> Form:
        """The form it is a draft of."""
        return self.visit.form

    @property
    def is_change(self) -> bool:
        """Whether it changes a record."""
        return self.record is not None

    @property
    def checked(self) -> bool:
        """Whether the check page has been reached before: what is corrected then leads back to it."""
        return self.is_change or self.draft.step == CHECK

    @cached_property
    def held(self) -> Carried | None:
        """What is on record, as the form reads it."""
        return held_by(self.visit, self.record) if self.record else None

    @property
    def recorded(self) -> Mapping[str, JSON] | None:
        """The values on record."""
        return self.held.answers if self.held else None

    @property
    def asked_again(self) -> tuple[str, ...]:
        """The paths of values on record that are asked for again."""
        return self.held.asked_again if self.held else ()

    def now_at(self, draft: Draft) -> "Work":
        """The same work, its draft having moved on."""
        return replace(self, draft=draft)

    def judged(self, answers: Mapping[str, JSON], sent: Iterable[str] = ()) -> Judged:
        """Judges answers; `sent` are steps that are being sent just now."""
        evaluation = evaluate(
            self.form,
            answers,
            record=self.recorded,
            facts=self.facts,
            today=self.visit.today,
            asked_again=self.asked_again,
        )
        issues = judge(evaluation).issues
        visited = {*self.visited(evaluation, answers), *sent}
        return Judged(answers, evaluation, issues, path_with_issues(evaluation, issues, visited))

    @cached_property
    def stored(self) -> Judged:
        """What the draft holds, judged."""
        return self.judged(self.draft.answers)

    def visited(self, evaluation: Evaluation, answers: Mapping[str, JSON]) -> set[str]:
        """The steps that were sent: those with answers, and before the farthest of them those that ask for nothing."""
        steps = list(self.form.steps_by_id)
        if self.is_change:
            return set(steps)
        sent = {self.form.step_of[name] for name in answers if name in self.form.step_of}
        asking = {
            self.form.step_of[path.partition(".")[0]]
            for path, state in evaluation.states.items()
            if not state.locked and not state.calculated and _has_control(self.form, path)
        }
        farthest = max([self._position(self.draft.step), *(steps.index(one) + 1 for one in sent)])
        return sent | {one for at, one in enumerate(steps) if at < farthest and one not in asking}

    def passed(self, step: str) -> bool:
        """Whether the person has been beyond a step: only then is it time to tell what is missing in it."""
        later = list(self.form.steps_by_id)[self._position(step) + 1 :]
        beyond = self._position(self.draft.step) > self._position(step)
        return beyond or any(self.form.step_of.get(name) in later for name in self.draft.answers)

    def _position(self, step: str | None) -> int:
        steps = list(self.form.steps_by_id)
        return len(steps) if step == CHECK else steps.index(step) if step in steps else 0


def submit_work(work: Work, version: int) -> Submission:
    """Makes the draft a record, or a change a revision, exactly once; raises `HostRefused` where the host bars it."""
    visit = work.visit

    def judged(answers: Answers, /, *, record: Answers | None) -> Result:
        asked = work.asked_again
        return validate(work.form, answers, record=record, facts=work.facts, today=visit.today, asked_again=asked)

    visit.refuse_if_barred()
    if work.record is not None and not may_change(work.form, work.record):
        raise HostRefused(Text({language: sentence("pages", "read_only", {}, language) for language in LANGUAGES}))
    return submit(
        visit.site.store,
        work.form,
        work.draft.id,
        owner=visit.person.id,
        token=visit.posted("_token")[:_TOKEN_LENGTH],
        judge=judged,
        now=visit.now,
        version=version,
        calendar=visit.site.calendar,
        held=partial(values_of, visit),
    )


def record_page(work: Work, submission: Submission) -> RedirectResponse:
    """To the record that a submission became."""
    record_id = submission.record.id if submission.record else ""
    done = "same" if work.is_change and submission.revision is None and not submission.repeated else "done"
    return work.visit.redirect("record", {done: "1"}, record=record_id)


class DraftOutdated(FormkitError):  # noqa: N818 - read as a sentence: except DraftOutdated
    """Another edition has come into force: the person is to be told before the draft goes on in it."""

    def __init__(self, form: str, draft: str) -> None:
        self.form, self.draft = form, draft
        super().__init__(f"draft {draft} of {form} goes on in another edition")


def open_work(visit: Visit, *, outdated: bool = False) -> Work:
    """The draft of the path, in the edition that judges it.

    Raises `UnknownName`, `AlreadySubmitted` when it is a record by now, and `DraftOutdated` when it is to go on in
    another edition; with `outdated`, that one is opened in its own edition, to keep what is typed.
    """
    owner, draft = visit.person.id, draft_of_path(visit)
    if draft.submitted_record:
        raise AlreadySubmitted(load_record(visit.site.store, draft.submitted_record, owner=owner))
    record = load_record(visit.site.store, draft.record, owner=owner) if draft.record else None
    form = edition_for(visit.site.forms, draft, visit.today, record)
    own = visit.site.forms.edition(draft.form, draft.edition_hash)
    moves = own is not None and own.edition_hash != form.edition_hash
    if moves and not outdated:
        raise DraftOutdated(draft.form, draft.id)
    if own is None:  # nobody knows any more what was asked then
        found = carried(None, form, draft.answers, today=visit.today, purpose="draft")
        draft = replace(draft, answers=found.answers)
    return Work(visit.at(own if moves and own else form), draft, record, moves)


def draft_of_path(visit: Visit) -> Draft:
    """The draft the path names, of the form it names; raises `UnknownName`."""
    form = form_named(visit.site, visit.param("form"))
    draft = load_draft(visit.site.store, visit.param("draft"), owner=visit.person.id)
    if draft.form != form.id:
        raise UnknownName("draft", draft.id)
    return draft


def form_of_draft(visit: Visit) -> Form | None:
    """The form of the path, in the edition its draft was filled in with, where there is a draft; None for no form."""
    form = visit.site.forms.get(str(visit.request.path_params.get("form", "")))
    if form is None or "draft" not in visit.request.path_params:
        return form
    try:
        draft = draft_of_path(visit)
    except UnknownName:
        return form
    return visit.site.forms.edition(draft.form, draft.edition_hash) or form


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether anything stands in the way."""
    return any(issue.level is Level.ERROR for issue in issues)


def _has_control(form: Form, path: str, step: str | None = None) -> bool:
    field = form.field_at(path)
    if field is None or field.shape is not Shape.VALUE:
        return field is not None and field.shape is Shape.ROWS and step is None
    return step is None or form.step_of.get(path.partition(".")[0]) == step
