"""The tables of the first formkit: drafts, records, revisions, attachments, audit entries.

Written out, not taken from `formkit.storage.tables`: those go on changing, and this step never does.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from formkit.storage.tables import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.String(64)
_NAME = sa.String(200)


def upgrade() -> None:
    """Make them."""
    _records()
    _drafts()
    _revisions()
    _attachments()
    _audit_entries()


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("id", _ID, primary_key=True),
        _needed("form", _NAME),
        _needed("owner", _NAME),
        sa.Column("number", sa.String(40), nullable=False, unique=True),
        _needed("values", sa.JSON),
        _needed("edition", _NAME),
        _needed("edition_hash", _NAME),
        _needed("submitted", Instant),
        _needed("updated", Instant),
        _needed("revision", sa.Integer),
        sa.Column("state", _NAME),
    )
    op.create_index("records_by_owner", "records", ["owner", "form"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", _ID, primary_key=True),
        _needed("form", _NAME),
        _needed("edition", _NAME),
        _needed("edition_hash", _NAME),
        _needed("owner", _NAME),
        _needed("created", Instant),
        _needed("updated", Instant),
        _needed("purpose", sa.String(10)),
        sa.Column("record", _ID),
        _needed("answers", sa.JSON),
        _needed("version", sa.Integer),
        sa.Column("step", _NAME),
        sa.Column("submitted_record", _ID, sa.ForeignKey("records.id")),
    )
    op.create_index("drafts_by_owner", "drafts", ["owner", "form"])


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("record", _ID, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        _needed("edition", _NAME),
        _needed("edition_hash", _NAME),
        _needed("values", sa.JSON),
        _needed("actor", _NAME),
        _needed("at", Instant),
        _needed("draft", _ID),
        _needed("token", _NAME),
        _needed("changes", sa.JSON),
        sa.Column("reason", sa.Text),
        sa.UniqueConstraint("draft", name="one_revision_a_draft"),
    )


def _attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", _ID, primary_key=True),
        _needed("owner", _NAME),
        _needed("path", sa.Text),
        _needed("name", sa.Text),
        _needed("media_type", _NAME),
        _needed("size", sa.BigInteger),
        _needed("sha256", sa.String(64)),
        _needed("created", Instant),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("draft", _ID),
        sa.Column("record", _ID, sa.ForeignKey("records.id")),
        sa.Column("removed", Instant),
    )
    op.create_index("attachments_by_owner", "attachments", ["owner"])
    op.create_index("attachments_by_age", "attachments", ["created"])


def _audit_entries() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", _ID, primary_key=True),
        _needed("at", Instant),
        _needed("actor", _NAME),
        _needed("action", _NAME),
        _needed("subject", _NAME),
        _needed("details", sa.JSON),
    )
    op.create_index("audit_entries_by_subject", "audit_entries", ["subject", "at"])


def _needed(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)
