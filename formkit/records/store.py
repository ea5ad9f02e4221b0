"""What the service asks of a storage: the `Store` and `AttachmentStore` protocols, and how they fail."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import BinaryIO, Protocol

from formkit.errors import FormkitError
from formkit.records.model import Attachment, AuditEntry, Draft, Edition, Publication, Record, Revision, StateChange

Cursor = tuple[datetime, str]
"""How far somebody has read in a form's records: when the last one was updated, and its id."""


class StoreUnavailable(FormkitError):  # noqa: N818 - read as a sentence: except StoreUnavailable
    """The storage cannot do it now; nothing was stored, everything stored before is intact."""


class StoreBusy(StoreUnavailable):
    """Others hold the storage; trying again shortly helps."""


class StoreFull(StoreUnavailable):
    """There is no room left; trying again does not help until somebody makes room."""


class DraftConflict(FormkitError):  # noqa: N818 - read as a sentence: except DraftConflict
    """The draft has been saved elsewhere since the caller read it; `draft` is how it stands now."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(f"draft {draft.id} is at version {draft.version} by now")


class AlreadySubmitted(FormkitError):  # noqa: N818 - read as a sentence: except AlreadySubmitted
    """It became a record before; `record` is that record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        super().__init__(f"already submitted as {record.number}")


class Reading(Protocol):
    """One consistent view of everything kept. A thing that is not there is None."""

    def draft(self, draft_id: str) -> Draft | None:
        """A draft, open or submitted."""

    def open_drafts(self, owner: str, form: str | None = None) -> tuple[Draft, ...]:
        """An owner's drafts not yet submitted, the latest first."""

    def record(self, record_id: str) -> Record | None:
        """A record as it stands."""

    def record_numbered(self, number: str) -> Record | None:
        """The record with this receipt number."""

    def records(self, owner: str, form: str | None = None) -> tuple[Record, ...]:
        """An owner's records, the latest first."""

    def records_of_form(self, form: str, *, after: Cursor | None = None, limit: int = 500) -> tuple[Record, ...]:
        """A form's records beyond a cursor, the one untouched longest first.

        Within one view, page after page shows each record once (`every_record` does that). Whoever keeps the last
        cursor and asks again later gets what was submitted, changed or took a transition since. `updated` is when a
        request came, not when it was stored: one that waited its turn may be stored behind a cursor that is newer.
        So ask again from some minutes before the cursor, and expect to meet a record twice.
        """

    def revisions(self, record_id: str) -> tuple[Revision, ...]:
        """A record's revisions, the first one first."""

    def revision_from(self, draft_id: str) -> Revision | None:
        """The revision a draft became."""

    def state_changes(self, record_id: str) -> tuple[StateChange, ...]:
        """The transitions taken on a record, the first one first."""

    def due_records(self, form: str, at: datetime) -> tuple[str, ...]:
        """The ids of a form's records that are due at a moment, the one waiting longest first."""

    def records_in_states(self, form: str, states: Collection[str]) -> tuple[str, ...]:
        """The ids of a form's records in one of these states, the one submitted first first."""

    def undated_records(self, form: str, states: Collection[str]) -> tuple[str, ...]:
        """The ids of a form's records in one of these states that have no due moment."""

    def attachment(self, attachment_id: str) -> Attachment | None:
        """An attachment, removed ones too."""

    def attachments_of(self, record_id: str) -> tuple[Attachment, ...]:
        """The attachments a record has taken over, also those that only its earlier revisions name."""

    def loose_attachments(self, before: datetime) -> tuple[Attachment, ...]:
        """Attachments created before a moment that no record has taken over and nobody has removed."""

    def audit_entries(self, subject: str) -> tuple[AuditEntry, ...]:
        """What happened to a draft or record, in order."""

    def edition(self, form: str, edition_hash: str) -> Edition | None:
        """The content of an edition."""

    def publications(self, form: str | None = None) -> tuple[Publication, ...]:
        """What was published, of one form or of all: by form and number."""


class Transaction(Reading, Protocol):
    """A view that also writes. All of it is on disk when the block ends, or nothing if the block raises."""

    def add_draft(self, draft: Draft) -> None:
        """Keep a new draft."""

    def replace_draft(self, draft: Draft, *, version: int) -> bool:
        """Put a draft in the place of the one stored, if that is still at `version`; whether it was."""

    def remove_draft(self, draft_id: str) -> None:
        """Forget a draft."""

    def add_record(self, record: Record) -> None:
        """Keep a new record."""

    def replace_record(self, record: Record, *, revision: int) -> bool:
        """Put a record in the place of the one stored, if that is still at `revision`; whether it was."""

    def add_revision(self, revision: Revision) -> None:
        """Keep a revision; a second one from the same draft is refused."""

    def add_state_change(self, change: StateChange) -> None:
        """Keep a transition that was taken; a second one of the same number is refused."""

    def add_attachment(self, attachment: Attachment) -> None:
        """Keep an attachment's row; its content must be on disk before."""

    def replace_attachment(self, attachment: Attachment) -> None:
        """Put an attachment's row in the place of the one stored."""

    def add_audit_entry(self, entry: AuditEntry) -> None:
        """Keep an audit entry; there is no way to alter one."""

    def add_edition(self, edition: Edition) -> None:
        """Keep the content of an edition; there is no way to alter it."""

    def add_publication(self, publication: Publication) -> None:
        """Keep a publication; a second one of the same number is refused."""


class Store(Protocol):
    """Where drafts, records, revisions, attachment rows and audit entries are kept.

    Writing transactions behave as if they ran one after another, whatever threads and processes do. Anything that
    fulfils this and passes `tests/storage/test_contract.py` will serve. Raises `StoreUnavailable`.
    """

    def reading(self) -> AbstractContextManager[Reading]:
        """A consistent view that waits for nobody."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A view that writes; commits at the end of the block, keeps nothing if it raises."""

    def close(self) -> None:
        """Let go of connections and files."""


class AttachmentStore(Protocol):
    """Where the content of attachments is kept, under ids of 32 hexadecimal digits."""

    def keep(self, attachment_id: str, content: bytes | BinaryIO) -> None:
        """Have the content on disk for good when this returns; raises `StoreFull`."""

    def open(self, attachment_id: str) -> BinaryIO:
        """The content; raises `UnknownName` if there is none."""

    def remove(self, attachment_id: str) -> None:
        """Delete the content, if it is there."""

    def kept_before(self, before: datetime) -> Iterator[str]:
        """The ids of contents kept before a moment; leftovers of unfinished uploads as old as that are deleted."""
