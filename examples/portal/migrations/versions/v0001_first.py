"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

from formkit.storage.tables import Instant

revision = "1"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.String(64)
_LOOKUP = sa.String(100)
_CODE = sa.String(40)


def upgrade() -> None:
    """Everything anew."""
    _accounts()
    _interfaces()
    _staff()


def _session_columns(of: str) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("token_hash", _ID, primary_key=True),
        sa.Column("name", _ID, nullable=False, unique=True),
        sa.Column("account", _ID, sa.ForeignKey(f"{of}.id"), nullable=False),
        sa.Column("began", Instant, nullable=False),
        sa.Column("seen", Instant, nullable=False),
        sa.Column("browser", sa.String(100), nullable=False),
    )


def _accounts() -> None:
    op.create_table(
        "portal_accounts",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("number_index", _LOOKUP, nullable=False, unique=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("created", Instant, nullable=False),
    )
    op.create_table("portal_sessions", *_session_columns("portal_accounts"))
    op.create_index("ix_portal_sessions_account", "portal_sessions", ["account"])
    op.create_table(
        "portal_codes",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("mobile_index", _ID, nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("code_hash", _ID, nullable=False),
        sa.Column("sent", Instant, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("used", Instant),
    )
    op.create_index("portal_codes_by_mobile", "portal_codes", ["mobile_index", "sent"])
    op.create_table(
        "portal_attempts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", _ID, nullable=False),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_index("ix_portal_attempts_at", "portal_attempts", ["at"])
    op.create_index("portal_attempts_by_subject", "portal_attempts", ["kind", "subject", "at"])
    op.create_table(
        "portal_registrations",
        sa.Column("visit_hash", _ID, primary_key=True),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("updated", Instant, nullable=False),
    )


def _interfaces() -> None:
    op.create_table(
        "portal_nonces",
        sa.Column("sender", _CODE, primary_key=True),
        sa.Column("nonce", _ID, primary_key=True),
        sa.Column("at", Instant, nullable=False),
    )
    op.create_index("ix_portal_nonces_at", "portal_nonces", ["at"])
    op.create_table(
        "portal_exam_calls",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("client", _CODE, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("number_index", _LOOKUP, nullable=False),
        sa.Column("outcome", sa.JSON, nullable=False),
    )
    op.create_index("portal_exam_calls_by_client", "portal_exam_calls", ["client", "at"])
    op.create_table(
        "portal_reports",
        sa.Column("record", _ID, primary_key=True),
        sa.Column("state", _CODE, nullable=False),
        sa.Column("at", Instant, nullable=False),
    )


def _staff() -> None:
    op.create_table(
        "portal_staff",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("name", _CODE, nullable=False, unique=True),
        sa.Column("role", _CODE, nullable=False),
        sa.Column("division", _CODE, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
    )
    op.create_table("portal_staff_sessions", *_session_columns("portal_staff"))
    op.create_index("ix_portal_staff_sessions_account", "portal_staff_sessions", ["account"])
    op.create_table(
        "portal_files",
        sa.Column("record", _ID, primary_key=True),
        sa.Column("account", _ID, nullable=False),
        sa.Column("number_index", _LOOKUP, nullable=False),
        sa.Column("name_index", _LOOKUP, nullable=False),
        sa.Column("mobile_index", _LOOKUP, nullable=False),
        sa.Column("receipt", _CODE, nullable=False),
        sa.Column("division", _CODE, nullable=False),
        sa.Column("status", _CODE, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("updated", Instant, nullable=False),
    )
    for column in ("account", "number_index", "name_index", "mobile_index", "receipt", "division"):
        op.create_index(f"ix_portal_files_{column}", "portal_files", [column])
    op.create_table(
        "portal_files_read",
        sa.Column("form", _CODE, primary_key=True),
        sa.Column("updated", Instant, nullable=False),
        sa.Column("record", _ID, nullable=False),
    )
