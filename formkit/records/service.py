"""What happens to drafts and records: start, save, submit exactly once, change. Pure functions over a `Store`.

Time comes in as `now`, who asks as `owner`: a draft, record or attachment of somebody else is one that is not there
(`UnknownName`). When a function has returned, what it did is on disk; when it raised, nothing of it is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Protocol

from formkit.calendars import WorkingDays
from formkit.errors import UnknownName
from formkit.form import Form
from formkit.issues import Issue, Level
from formkit.records.attachments import trusted_answers
from formkit.records.changes import same_json, without_paths, without_unstored
from formkit.records.identifiers import new_id
from formkit.records.model import JSON, Answers, AuditEntry, Draft, Record, Revision
from formkit.records.settling import Settling, Submission
from formkit.records.store import AlreadySubmitted, DraftConflict, Reading, Store, Transaction
from formkit.wizard import CHECK

__all__ = [
    "AUDITED",
    "REFUSED",
    "Judge",
    "Submission",
    "Verdict",
    "discard_draft",
    "history",
    "keep_only",
    "load_draft",
    "load_record",
    "move_draft",
    "open_change",
    "open_drafts",
    "records_of",
    "save_draft",
    "start_draft",
    "submit",
]

REFUSED = frozenset({"locked", "calculated", "unknown_field"})
"""Issues that say an answer was not the person's to give: such an answer is never kept, in a draft neither."""
AUDITED = frozenset({"locked", "calculated"})
_AUDITED_PATHS = 50


class Verdict(Protocol):
    """What validation says of answers; `formkit.validation.Result` is one."""

    @property
    def values(self) -> Mapping[str, JSON]:
        """What is to be stored."""

    @property
    def issues(self) -> Sequence[Issue]:
        """What there is to say; an error stops a submission."""


class Judge(Protocol):
    """Judges answers: `functools.partial(validate, form, facts=facts, today=today)`.

    What is never kept, such as a password, the draft does not have: a judge puts it among the answers itself.
    """

    def __call__(self, answers: Answers, /, *, record: Answers | None) -> Verdict:
        """The verdict on these answers of a person with this record."""


def start_draft(
    store: Store, form: Form, *, owner: str, now: datetime, once: bool = False, another: bool = False
) -> Draft:
    """The owner's open draft of this form, else a new one; `another` makes a new one all the same.

    With `once`, an owner who has a record of this form already is told: `AlreadySubmitted`.
    """
    with store.transaction() as tx:
        records = tx.records(owner, form.id) if once else ()
        if records:
            raise AlreadySubmitted(records[0])
        started = [draft for draft in tx.open_drafts(owner, form.id) if draft.purpose == "new"]
        if started and not another:
            return started[0]
        return _new_draft(tx, form, owner, now)


def open_change(store: Store, form: Form, record_id: str, *, owner: str, now: datetime) -> Draft:
    """The record's open change draft, else a new, empty one: it will hold only what is typed anew."""
    with store.transaction() as tx:
        record = _owned_record(tx, record_id, owner)
        if record.form != form.id:
            raise UnknownName("record", record_id)
        for draft in tx.open_drafts(owner, record.form):
            if draft.record == record.id:
                return draft
        return _new_draft(tx, form, owner, now, record)


def keep_only(store: Store, draft: Draft, names: Collection[str], *, now: datetime) -> Draft:
    """The draft with the answers to some top-level fields alone: what was begun elsewhere in it is forgotten."""
    kept = {name: value for name, value in draft.answers.items() if name in names}
    if len(kept) == len(draft.answers):
        return draft
    narrowed = replace(draft, answers=kept, version=draft.version + 1, updated=now)
    with store.transaction() as tx:
        _replace_draft(tx, narrowed, draft.version)
    return narrowed


def load_draft(store: Store, draft_id: str, *, owner: str) -> Draft:
    """A draft, open or submitted."""
    with store.reading() as view:
        return _owned_draft(view, draft_id, owner)


def save_draft(
    store: Store,
    form: Form,
    draft_id: str,
    answers: Answers,
    *,
    owner: str,
    version: int,
    now: datetime,
    step: str | None = None,
    issues: Iterable[Issue] = (),
) -> Draft:
    """Put answers, valid or not, over those the draft has, by top-level field; the draft as it stands then.

    `version` is the one the page was made from: if the draft has moved on, `DraftConflict` carries it as it is, and
    nothing is overwritten (a repeated save of the same answers is no conflict). `issues` are what validation said:
    refused answers are left out, and attempts on locked and calculated fields are audited. Passwords, undeclared
    names and attachments that are not this draft's own are never kept. `AlreadySubmitted` if there is a record by now.
    """
    issues = tuple(issues)
    with store.transaction() as tx:
        draft = _open_draft(tx, draft_id, owner, form)
        _audit_refusals(tx, issues, owner, draft_id, now)
        typed = without_unstored(form, without_paths(answers, [i.path for i in issues if i.code in REFUSED]))
        merged = {**draft.answers, **trusted_answers(tx, form, draft, typed)}
        place = (form.edition, form.edition_hash, step or draft.step)
        if same_json(merged, draft.answers) and place == (draft.edition, draft.edition_hash, draft.step):
            return draft
        if draft.version != version:
            raise DraftConflict(draft)
        edition, edition_hash, step = place
        saved = replace(draft, answers=merged, edition=edition, edition_hash=edition_hash, step=step)
        saved = replace(saved, version=version + 1, updated=now)
        _replace_draft(tx, saved, version)
        return saved


def move_draft(store: Store, form: Form, draft: Draft, answers: Answers, *, now: datetime) -> Draft:
    """The draft in another edition, with these answers; those it leaves behind are kept, should it come back.

    If it has moved on since it was read, `DraftConflict` carries it as it is.
    """
    earlier = {**(draft.earlier or {}), draft.edition_hash: draft.answers}
    answers = {**earlier.pop(form.edition_hash, {}), **answers}
    step = draft.step if draft.step in (*form.steps_by_id, CHECK) and answers else None
    moved = replace(draft, edition=form.edition, edition_hash=form.edition_hash, answers=answers, step=step)
    moved = replace(moved, version=draft.version + 1, updated=now, earlier=earlier)
    details = {"from": draft.edition, "to": form.edition, "answers_kept": bool(answers)}
    with store.transaction() as tx:
        _open_draft(tx, draft.id, draft.owner, form)
        _replace_draft(tx, moved, draft.version)
        tx.add_audit_entry(AuditEntry(new_id(), now, draft.owner, "moved_to_edition", draft.id, details))
    return moved


def discard_draft(store: Store, draft_id: str, *, owner: str) -> None:
    """Forget an open draft; its attachments go with the next sweep."""
    with store.transaction() as tx:
        tx.remove_draft(_open_draft(tx, draft_id, owner).id)


def submit(
    store: Store,
    form: Form,
    draft_id: str,
    *,
    owner: str,
    token: str,
    judge: Judge,
    now: datetime,
    version: int | None = None,
    reason: str | None = None,
    calendar: WorkingDays | None = None,
    held: Callable[[Record], Answers] = attrgetter("values"),
) -> Submission:
    """Make the draft a record (or a change draft a revision of its record), exactly once.

    Repeated by a double click, another tab or after a lost reply, it returns the same record. `token` is a random
    word that the page carries: it tells a repeated request (`repeated`) from another page's (`other_token`). With
    `version`, what is submitted is what the page showed, else `DraftConflict`. By the `calendar` it is told when a form
    with a workflow is due. `held` says what a record of another edition holds, as this form reads it. If the judge
    finds an error nothing is stored, and the issues come back.
    """
    with store.reading() as view:
        draft = _owned_draft(view, draft_id, owner, form)
        record = view.record(draft.record) if draft.record else None
        if draft.submitted_record:
            return _submitted_before(view, draft, token)
    if version not in (None, draft.version):
        raise DraftConflict(draft)
    verdict = judge(draft.answers, record=held(record) if record else None)
    issues = tuple(verdict.issues)
    if any(issue.level is Level.ERROR for issue in issues):
        _audit_refused_submission(store, issues, owner, draft_id, now)
        return Submission(None, issues)
    with store.transaction() as tx:
        current = _owned_draft(tx, draft_id, owner)
        if current.submitted_record:
            return _submitted_before(tx, current, token)
        if current.version != draft.version or (record and tx.record(record.id) != record):
            raise DraftConflict(current)
        values = without_unstored(form, verdict.values)
        settling = Settling(tx, form, draft, values, token, now, reason, calendar)
        return settling.changed(record, held(record), issues) if record else settling.recorded(issues)


def load_record(store: Store, record_id: str, *, owner: str) -> Record:
    """A record as it stands."""
    with store.reading() as view:
        return _owned_record(view, record_id, owner)


def history(store: Store, record_id: str, *, owner: str) -> tuple[Revision, ...]:
    """A record's revisions, the first one first: who changed what, when, from what, to what."""
    with store.reading() as view:
        return view.revisions(_owned_record(view, record_id, owner).id)


def open_drafts(store: Store, *, owner: str, form: str | None = None) -> tuple[Draft, ...]:
    """What the owner has begun and not submitted, the latest first."""
    with store.reading() as view:
        return view.open_drafts(owner, form)


def records_of(store: Store, *, owner: str, form: str | None = None) -> tuple[Record, ...]:
    """What the owner has submitted, the latest first."""
    with store.reading() as view:
        return view.records(owner, form)


def _new_draft(tx: Transaction, form: Form, owner: str, now: datetime, record: Record | None = None) -> Draft:
    draft = Draft(
        id=new_id(),
        form=form.id,
        edition=form.edition,
        edition_hash=form.edition_hash,
        owner=owner,
        created=now,
        updated=now,
        purpose="change" if record else "new",
        record=record.id if record else None,
    )
    tx.add_draft(draft)
    return draft


def _owned_draft(view: Reading, draft_id: str, owner: str, form: Form | None = None) -> Draft:
    draft = view.draft(draft_id)
    if draft is None or draft.owner != owner or (form and draft.form != form.id):
        raise UnknownName("draft", draft_id)
    return draft


def _open_draft(view: Reading, draft_id: str, owner: str, form: Form | None = None) -> Draft:
    draft = _owned_draft(view, draft_id, owner, form)
    record = view.record(draft.submitted_record) if draft.submitted_record else None
    if record:
        raise AlreadySubmitted(record)
    return draft


def _owned_record(view: Reading, record_id: str, owner: str) -> Record:
    record = view.record(record_id)
    if record is None or record.owner != owner:
        raise UnknownName("record", record_id)
    return record


def _replace_draft(tx: Transaction, draft: Draft, version: int) -> None:
    if not tx.replace_draft(draft, version=version):
        raise DraftConflict(tx.draft(draft.id) or draft)


def _submitted_before(view: Reading, draft: Draft, token: str) -> Submission:
    record = view.record(draft.submitted_record or "")
    revision = view.revision_from(draft.id)
    other_token = revision is not None and revision.token != token
    return Submission(record, revision=revision, repeated=True, other_token=other_token)


def _audit_refusals(tx: Transaction, issues: Iterable[Issue], owner: str, draft_id: str, now: datetime) -> None:
    for code in sorted(AUDITED):
        paths = [issue.path for issue in issues if issue.code == code]
        if paths:
            details = {"paths": paths[:_AUDITED_PATHS], "count": len(paths)}
            tx.add_audit_entry(AuditEntry(new_id(), now, owner, f"refused_{code}", draft_id, details))


def _audit_refused_submission(
    store: Store, issues: tuple[Issue, ...], owner: str, draft_id: str, now: datetime
) -> None:
    if any(issue.code in AUDITED for issue in issues):
        with store.transaction() as tx:
            _audit_refusals(tx, issues, owner, draft_id, now)
