"""The tables of the accounts, beside the engine's in the same database; numbers and names stand in them sealed."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

from formkit.storage.tables import Instant

metadata = MetaData()
_ID = String(64)

accounts = Table(
    "portal_accounts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("number_index", _ID, nullable=False, unique=True),
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
    Column("at", Instant, nullable=False),
    Index("portal_attempts_by_subject", "kind", "subject", "at"),
)

registrations = Table(
    "portal_registrations",
    metadata,
    Column("visit_hash", _ID, primary_key=True),
    Column("answers", Text, nullable=False),
    Column("updated", Instant, nullable=False),
)
