"""The nouns that are kept: drafts, records, their revisions, states, attachments, audit entries. Immutable, plain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

JSON = Any
Answers = Mapping[str, JSON]
"""Answers or values, keyed by the ids of a form's top-level fields: plain JSON."""
Purpose = Literal["new", "change"]

_NOTHING: Mapping[str, JSON] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed so far; `version` grows with every save.

    A draft of purpose `change` holds only what is typed anew; the rest stays as in its `record`. Once submitted, it
    names the record it became (`submitted_record`) and its answers are gone: they live in the record.
    """

    id: str
    form: str
    edition: str
    edition_hash: str
    owner: str
    created: datetime
    updated: datetime
    purpose: Purpose = "new"
    record: str | None = None
    """The record a change draft changes."""
    answers: Answers = field(default_factory=lambda: _NOTHING)
    version: int = 1
    step: str | None = None
    """The step last saved: where to resume."""
    submitted_record: str | None = None
    earlier: Mapping[str, Answers] | None = None
    """By the hashes of editions it has left: its answers as they were then, should it come back to one."""


@dataclass(frozen=True, slots=True)
class Record:
    """What somebody submitted, as it stands now; `number` is the receipt number people read out."""

    id: str
    form: str
    owner: str
    number: str
    values: Answers
    edition: str
    edition_hash: str
    submitted: datetime
    updated: datetime
    revision: int = 1
    state: str | None = None
    """The state of the form's workflow; None if the form has none."""
    entered: datetime | None = None
    """When it entered this state."""
    due: datetime | None = None
    """When the system is to look whether it leaves this state; None if it never does, or nobody can tell when yet."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that changed: `awards.r2.name`; a whole row that came or went has its row's path."""

    path: str
    old: JSON
    new: JSON


@dataclass(frozen=True, slots=True)
class Revision:
    """A record as it stood after one submission: number 1 is the first, whose `changes` are empty."""

    record: str
    number: int
    edition: str
    edition_hash: str
    values: Answers
    actor: str
    at: datetime
    draft: str
    """The draft it came from; a draft becomes at most one revision, ever."""
    token: str
    """What the browser sent to name this one attempt; tells a repeated request from another tab's."""
    changes: tuple[Change, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StateChange:
    """A transition that was taken on a record: number 1 is the first."""

    record: str
    number: int
    transition: str
    source: str
    target: str
    actor: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An uploaded file: its row; the content lies in the attachment store under `id`.

    It belongs to a draft until a submission takes it over into a record; then it stays as long as the record.
    """

    id: str
    owner: str
    path: str
    """The path of the answer it was uploaded for; it is good for no other."""
    name: str
    """The name the person's file had: shown, never used as a path."""
    media_type: str
    size: int
    sha256: str
    created: datetime
    width: int | None = None
    height: int | None = None
    draft: str | None = None
    record: str | None = None
    removed: datetime | None = None

    @property
    def value(self) -> dict[str, JSON]:
        """The answer that names it."""
        names = ("id", "name", "size", "media_type", "width", "height", "sha256")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Edition:
    """The content of one edition of a form, named by its day and pinned by its hash: it never changes.

    `texts` are the form's file and all it uses, by paths relative to one folder; `file` is the form's own among them.
    """

    form: str
    hash: str
    name: str
    file: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Publication:
    """That an edition is to be in force from `starts` on: number 1 is the first of its form.

    A rollback takes back everything that was published after the edition it goes back to.
    """

    form: str
    number: int
    edition: str
    edition_hash: str
    starts: datetime
    at: datetime
    actor: str
    rollback: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something that must be answerable later: who did what to which draft or record; no personal values."""

    id: str
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, JSON] = field(default_factory=lambda: _NOTHING)
