"""A judged draft → a record or a revision of one, with its attachments and audit entry, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from formkit.calendars import WorkingDays
from formkit.form import Form
from formkit.issues import Issue
from formkit.records.changes import attachment_ids, differences
from formkit.records.identifiers import new_id, receipt_number
from formkit.records.model import JSON, Answers, AuditEntry, Change, Draft, Record, Revision, StateChange
from formkit.records.store import DraftConflict, Transaction
from formkit.workflow import next_look

CHANGE = "change"
"""What stands for a transition where a person's change led to a state."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a submission: a record, or issues that say why not."""

    record: Record | None
    issues: tuple[Issue, ...] = ()
    revision: Revision | None = None
    """The revision this draft became; None if nothing was accepted, or a change changed nothing."""
    repeated: bool = False
    """It had been submitted before: a double click, a lost reply, or another tab."""
    other_token: bool = False
    """It had been submitted before by another page than this one."""

    @property
    def accepted(self) -> bool:
        """Whether there is a record."""
        return self.record is not None


@dataclass(frozen=True, slots=True)
class Settling:
    """One draft on its way into a record, inside one transaction."""

    tx: Transaction
    form: Form
    draft: Draft
    values: Mapping[str, JSON]
    token: str
    now: datetime
    reason: str | None
    calendar: WorkingDays | None = None

    def recorded(self, issues: tuple[Issue, ...]) -> Submission:
        """A new record."""
        form, draft, workflow = self.form, self.draft, self.form.workflow
        record = Record(
            id=new_id(),
            form=form.id,
            owner=draft.owner,
            number=receipt_number(self.now, form.time_zone, lambda number: self.tx.record_numbered(number) is not None),
            values=self.values,
            edition=form.edition,
            edition_hash=form.edition_hash,
            submitted=self.now,
            updated=self.now,
            state=workflow.start if workflow else None,
            entered=self.now if workflow else None,
            due=next_look(form, workflow.start, self.now, self.calendar) if workflow else None,
        )
        self.tx.add_record(record)
        return self._revised(record, "submitted", issues, ())

    def changed(self, old: Record, held: Answers, issues: tuple[Issue, ...]) -> Submission:
        """A new revision of a record; none if nothing changed. What only older editions asked stays on record.

        `held` is what the record holds, as this form reads it.
        """
        fields = self.form.top_fields
        values = {name: value for name, value in held.items() if name not in fields} | dict(self.values)
        changes = differences(self.form, held, values)
        if not changes:
            self._close_draft(old)
            return Submission(old, issues)
        record = replace(
            old,
            values=values,
            revision=old.revision + 1,
            edition=self.form.edition,
            edition_hash=self.form.edition_hash,
            updated=self.now,
        )
        workflow = self.form.workflow
        if workflow is not None and workflow.after_change is not None:
            record = self._begun_again(record, workflow.after_change)
        if not self.tx.replace_record(record, revision=old.revision):
            raise DraftConflict(self.draft)
        return self._revised(record, "changed", issues, changes)

    def _begun_again(self, record: Record, state: str) -> Record:
        """The record in the state that a change leads to, which is written down like a transition."""
        number = len(self.tx.state_changes(record.id)) + 1
        source, actor = record.state or "", self.draft.owner
        self.tx.add_state_change(StateChange(record.id, number, CHANGE, source, state, actor, self.now, self.reason))
        due = next_look(self.form, state, self.now, self.calendar)
        return replace(record, state=state, entered=self.now, due=due)

    def _revised(
        self, record: Record, action: str, issues: tuple[Issue, ...], changes: tuple[Change, ...]
    ) -> Submission:
        revision = Revision(
            record=record.id,
            number=record.revision,
            edition=record.edition,
            edition_hash=record.edition_hash,
            values=record.values,
            actor=self.draft.owner,
            at=self.now,
            draft=self.draft.id,
            token=self.token,
            changes=changes,
            reason=self.reason,
        )
        self.tx.add_revision(revision)
        self._take_over_attachments(record)
        self._close_draft(record)
        details = {"revision": record.revision, "edition": record.edition}
        self.tx.add_audit_entry(AuditEntry(new_id(), self.now, self.draft.owner, action, record.id, details))
        return Submission(record, issues, revision)

    def _take_over_attachments(self, record: Record) -> None:
        for attachment_id in sorted(attachment_ids(self.form, record.values)):
            attachment = self.tx.attachment(attachment_id)
            if attachment and attachment.record is None:
                self.tx.replace_attachment(replace(attachment, record=record.id))

    def _close_draft(self, record: Record) -> None:
        closed = replace(
            self.draft,
            answers={},
            earlier=None,
            version=self.draft.version + 1,
            updated=self.now,
            submitted_record=record.id,
        )
        if not self.tx.replace_draft(closed, version=self.draft.version):
            raise DraftConflict(self.draft)
