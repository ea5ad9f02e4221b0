"""The portal's own tables, beside the engine's in the same database; numbers and names stand in them encrypted."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, Text

from formkit.storage.tables import Instant

metadata = MetaData()
_ID = String(64)
_LOOKUP = String(100)
_CODE = String(40)

accounts = Table(
    "portal_accounts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("number_index", _LOOKUP, nullable=False, unique=True),
    Column("person", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("created", Instant, nullable=False),
)

sessions = Table(
    "portal_sessions",
    metadata,
    Column("token_hash", _ID, primary_key=True),
    Column("name", _ID, nullable=False, unique=True),
    Column("account", _ID, ForeignKey("portal_accounts.id"), nullable=False, index=True),
    Column("began", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("browser", String(100), nullable=False),
)

codes = Table(
    "portal_codes",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("mobile_index", _ID, nullable=False),
    Column("purpose", String(20), nullable=False),
    Column("code_hash", _ID, nullable=False),
    Column("sent", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("used", Instant),
    Index("portal_codes_by_mobile", "mobile_index", "sent"),
)

attempts = Table(
    "portal_attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("subject", _ID, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Index("portal_attempts_by_subject", "kind", "subject", "at"),
)

registrations = Table(
    "portal_registrations",
    metadata,
    Column("visit_hash", _ID, primary_key=True),
    Column("answers", Text, nullable=False),
    Column("updated", Instant, nullable=False),
)

nonces = Table(
    "portal_nonces",
    metadata,
    Column("sender", _CODE, primary_key=True),
    Column("nonce", _ID, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
)
"""Signed requests that were taken: none is taken twice."""

exam_calls = Table(
    "portal_exam_calls",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("client", _CODE, nullable=False),
    Column("at", Instant, nullable=False),
    Column("number_index", _LOOKUP, nullable=False),
    Column("outcome", JSON, nullable=False),
    Index("portal_exam_calls_by_client", "client", "at"),
)
"""Every question of the exam system: who, when, about whom (a keyed hash), and which items matched."""

reports = Table(
    "portal_reports",
    metadata,
    Column("record", _ID, primary_key=True),
    Column("state", _CODE, nullable=False),
    Column("at", Instant, nullable=False),
)
"""What the national platform was last told of a transfer or of a person's file."""

staff = Table(
    "portal_staff",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", _CODE, nullable=False, unique=True),
    Column("role", _CODE, nullable=False),
    Column("division", _CODE, nullable=False),
    Column("password", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("disabled", Boolean, nullable=False),
)

staff_sessions = Table(
    "portal_staff_sessions",
    metadata,
    Column("token_hash", _ID, primary_key=True),
    Column("name", _ID, nullable=False, unique=True),
    Column("account", _ID, ForeignKey("portal_staff.id"), nullable=False, index=True),
    Column("began", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("browser", String(100), nullable=False),
)

files = Table(
    "portal_files",
    metadata,
    Column("record", _ID, primary_key=True),
    Column("account", _ID, nullable=False, index=True),
    Column("number_index", _LOOKUP, nullable=False, index=True),
    Column("name_index", _LOOKUP, nullable=False, index=True),
    Column("mobile_index", _LOOKUP, nullable=False, index=True),
    Column("receipt", _CODE, nullable=False, index=True),
    Column("division", _CODE, nullable=False, index=True),
    Column("status", _CODE, nullable=False),
    Column("day", Date, nullable=False),
    Column("updated", Instant, nullable=False),
)
"""What staff find and count people's files by; worked out from the records, and at any time again."""

files_read = Table(
    "portal_files_read",
    metadata,
    Column("form", _CODE, primary_key=True),
    Column("updated", Instant, nullable=False),
    Column("record", _ID, nullable=False),
)
"""How far the records have been read for `portal_files`."""
