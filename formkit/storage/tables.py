"""The tables, for any database SQLAlchemy speaks to: each column is called like the noun's attribute it keeps."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
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

SCHEMA_VERSION = 1


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


def to_json(value: Any) -> str:
    """JSON text for a column: readable Chinese, unless there is a lone surrogate, which no database takes as it is."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    return text


_ID = String(64)
_NAME = String(200)

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

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
    Column("purpose", String(10), nullable=False),
    Column("record", _ID),
    Column("answers", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", _NAME),
    Column("submitted_record", _ID, ForeignKey("records.id")),
    Index("drafts_by_owner", "owner", "form"),
)

records = Table(
    "records",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("form", _NAME, nullable=False),
    Column("owner", _NAME, nullable=False),
    Column("number", String(40), nullable=False, unique=True),
    Column("values", JSON, nullable=False),
    Column("edition", _NAME, nullable=False),
    Column("edition_hash", _NAME, nullable=False),
    Column("submitted", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", _NAME),
    Index("records_by_owner", "owner", "form"),
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
    Column("reason", Text),
    UniqueConstraint("draft", name="one_revision_a_draft"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("owner", _NAME, nullable=False),
    Column("path", Text, nullable=False),
    Column("name", Text, nullable=False),
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
