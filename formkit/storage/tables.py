"""The tables, for any database SQLAlchemy speaks to: each column is called like the noun's attribute it keeps."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

SCHEMA_VERSION = 4
"""Grows with every change of the tables; each has its step in `formkit/storage/migrations/versions`."""


_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC; SQLite has no zones, so there it is kept without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment to keep needs its time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> datetime | None:
        """Out of the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def keepable(text: str) -> str:
    """The text with U+FFFD for what not every database takes."""
    return _UNKEEPABLE.sub("\ufffd", text)


class Plain(TypeDecorator[str]):
    """Text that every database takes: NUL, which PostgreSQL has none of, and lone surrogates become U+FFFD."""

    impl = String
    cache_ok = True

    def process_bind_param(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> str | None:
        """Into the database, or into a question to it."""
        return None if value is None else keepable(value)


class PlainText(Plain):
    """The same, of any length."""

    impl = Text
    cache_ok = True


def to_json(value: Any) -> str:
    """JSON text for a column: readable Chinese, unless there is a lone surrogate, which no database takes as it is."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    return text


_ID = Plain(64)
_NAME = Plain(200)
_TEXT = PlainText()

metadata = MetaData()

drafts = Table(
    "drafts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("form", _NAME, nullable=False),
    Column("edition", _NAME, nullable=False),
    Column("edition_hash", _NAME, nullable=False),
    Column("owner", _NAME, nullable=False),
    Column("created", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("purpose", Plain(10), nullable=False),
    Column("record", _ID),
    Column("answers", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", _NAME),
    Column("submitted_record", _ID, ForeignKey("records.id")),
    Column("earlier", JSON),
    Index("drafts_by_owner", "owner", "form"),
)

records = Table(
    "records",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("form", _NAME, nullable=False),
    Column("owner", _NAME, nullable=False),
    Column("number", Plain(40), nullable=False, unique=True),
    Column("values", JSON, nullable=False),
    Column("edition", _NAME, nullable=False),
    Column("edition_hash", _NAME, nullable=False),
    Column("submitted", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", _NAME),
    Column("entered", Instant),
    Column("due", Instant),
    Index("records_by_owner", "owner", "form"),
    Index("records_by_due", "form", "due"),
    Index("records_by_state", "form", "state"),
    Index("records_by_update", "form", "updated", "id"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("record", _ID, ForeignKey("records.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("edition", _NAME, nullable=False),
    Column("edition_hash", _NAME, nullable=False),
    Column("values", JSON, nullable=False),
    Column("actor", _NAME, nullable=False),
    Column("at", Instant, nullable=False),
    Column("draft", _ID, nullable=False),
    Column("token", _NAME, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("reason", _TEXT),
    UniqueConstraint("draft", name="one_revision_a_draft"),
)

state_changes = Table(
    "state_changes",
    metadata,
    Column("record", _ID, ForeignKey("records.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("transition", _NAME, nullable=False),
    Column("source", _NAME, nullable=False),
    Column("target", _NAME, nullable=False),
    Column("actor", _NAME, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", _TEXT),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("owner", _NAME, nullable=False),
    Column("path", _TEXT, nullable=False),
    Column("name", _TEXT, nullable=False),
    Column("media_type", _NAME, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created", Instant, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("draft", _ID),
    Column("record", _ID, ForeignKey("records.id")),
    Column("removed", Instant),
    Index("attachments_by_owner", "owner"),
    Index("attachments_by_age", "created"),
    Index("attachments_by_record", "record"),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", _NAME, nullable=False),
    Column("action", _NAME, nullable=False),
    Column("subject", _NAME, nullable=False),
    Column("details", JSON, nullable=False),
    Index("audit_entries_by_subject", "subject", "at"),
)

editions = Table(
    "editions",
    metadata,
    Column("form", _NAME, primary_key=True),
    Column("hash", _NAME, primary_key=True),
    Column("name", _NAME, nullable=False),
    Column("file", _TEXT, nullable=False),
    Column("texts", JSON, nullable=False),
)

publications = Table(
    "publications",
    metadata,
    Column("form", _NAME, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("edition", _NAME, nullable=False),
    Column("edition_hash", _NAME, nullable=False),
    Column("starts", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", _NAME, nullable=False),
    Column("rollback", Boolean, nullable=False),
    Column("reason", _TEXT),
)
