"""Uploaded files: content first, then its row, then the answer; which ones an answer may name; what is swept."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import BinaryIO

from formkit.errors import UnknownName
from formkit.form import Field, Form
from formkit.records.changes import LEAVE_OUT, as_list, named_attachment, rebuilt
from formkit.records.identifiers import new_id
from formkit.records.model import JSON, Answers, Attachment, Draft
from formkit.records.store import AlreadySubmitted, AttachmentStore, Reading, Store

ORPHAN_AGE = timedelta(days=1)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: attachments no answer names, and contents no row names."""

    attachments: int
    contents: int


def add_attachment(
    store: Store,
    files: AttachmentStore,
    draft_id: str,
    content: bytes | BinaryIO,
    *,
    owner: str,
    path: str,
    name: str,
    media_type: str,
    now: datetime,
    width: int | None = None,
    height: int | None = None,
) -> Attachment:
    """Keep an uploaded file, already judged, for the answer at `path` of an open draft.

    When this returns, content and row are on disk; `save_draft` then puts `attachment.value` into the answer.
    """
    with store.reading() as view:
        _uploading_draft(view, draft_id, owner)
    stream = BytesIO(content) if isinstance(content, bytes) else content
    sha256, size = _digest(stream)
    attachment = Attachment(
        id=new_id(),
        owner=owner,
        path=path,
        name=name,
        media_type=media_type,
        size=size,
        sha256=sha256,
        created=now,
        width=width,
        height=height,
        draft=draft_id,
    )
    files.keep(attachment.id, stream)
    with store.transaction() as tx:
        _uploading_draft(tx, draft_id, owner)
        tx.add_attachment(attachment)
    return attachment


def load_attachment(store: Store, attachment_id: str, *, owner: str) -> Attachment:
    """The row of an attachment; its content is at `files.open(attachment_id)`."""
    with store.reading() as view:
        attachment = view.attachment(attachment_id)
    if attachment is None or attachment.owner != owner or attachment.removed:
        raise UnknownName("attachment", attachment_id)
    return attachment


def with_attachments(store: Store, form: Form, draft: Draft, answers: Answers) -> dict[str, JSON]:
    """Answers as `save_draft` would keep them: what names an attachment of this draft says what is stored of it."""
    with store.reading() as view:
        return trusted_answers(view, form, draft, answers)


def trusted_answers(view: Reading, form: Form, draft: Draft, answers: Answers) -> dict[str, JSON]:
    """Answers in which each attachment is described by its row, never by the browser; others' are left out."""

    def keep(field: Field, path: str, value: JSON) -> JSON:
        if not field.type.attachment or field.type.is_blank(value):
            return value
        paths = _paths(form, path)
        own = [_own_attachment(view, draft, paths, named_attachment(one)) for one in as_list(value)]
        values = [attachment.value for attachment in own if attachment]
        if isinstance(value, list):
            return values
        return values[0] if values else LEAVE_OUT

    return rebuilt(form, answers, keep)


def sweep(store: Store, files: AttachmentStore, *, now: datetime, age: timedelta = ORPHAN_AGE) -> Swept:
    """Delete what uploads left behind that is older than `age` and that no open draft and no record names."""
    before = now - age
    return Swept(_sweep_attachments(store, before, now), _sweep_contents(store, files, before))


def _sweep_attachments(store: Store, before: datetime, now: datetime) -> int:
    with store.transaction() as tx:
        orphans = [attachment for attachment in tx.loose_attachments(before) if not _named_by_draft(tx, attachment)]
        for attachment in orphans:
            tx.replace_attachment(replace(attachment, removed=now))
        return len(orphans)


def _sweep_contents(store: Store, files: AttachmentStore, before: datetime) -> int:
    swept = 0
    for attachment_id in files.kept_before(before):
        with store.reading() as view:
            attachment = view.attachment(attachment_id)
        if attachment is None or attachment.removed:
            files.remove(attachment_id)
            swept += 1
    return swept


def _named_by_draft(view: Reading, attachment: Attachment) -> bool:
    """Whether its draft has it among its answers, or among those that another edition left behind."""
    draft = view.draft(attachment.draft) if attachment.draft else None
    known = [draft.answers, *(draft.earlier or {}).values()] if draft is not None else []
    return any(attachment.id in json.dumps(dict(answers)) for answers in known)


def _own_attachment(
    view: Reading, draft: Draft, paths: Collection[str], attachment_id: str | None
) -> Attachment | None:
    attachment = view.attachment(attachment_id) if attachment_id else None
    if attachment is None or attachment.removed or attachment.owner != draft.owner or attachment.path not in paths:
        return None
    of_record = draft.record is not None and attachment.record == draft.record
    return attachment if attachment.draft == draft.id or of_record else None


def _paths(form: Form, path: str) -> frozenset[str]:
    """The path of an answer, and those it had while its field, or what holds that, had an earlier id."""
    first, *between = path.split(".")
    holder, field = form.top_fields[first], form.field_at(path)
    tops = (first, *holder.renamed_from)
    if field is None or field is holder:
        return frozenset(tops)
    lasts = (field.id, *field.renamed_from)
    return frozenset(".".join((top, *between[:-1], last)) for top in tops for last in lasts)


def _uploading_draft(view: Reading, draft_id: str, owner: str) -> Draft:
    draft = view.draft(draft_id)
    if draft is None or draft.owner != owner:
        raise UnknownName("draft", draft_id)
    record = view.record(draft.submitted_record) if draft.submitted_record else None
    if record:
        raise AlreadySubmitted(record)
    return draft


def _digest(content: BinaryIO) -> tuple[str, int]:
    sha256, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(_CHUNK):
        sha256.update(chunk)
        size += len(chunk)
    content.seek(0)
    return sha256.hexdigest(), size
