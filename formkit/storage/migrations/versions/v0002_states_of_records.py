"""When a record entered its state and when the system is to look at it, and every transition taken."""

import sqlalchemy as sa
from alembic import op

from formkit.storage.tables import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.String(64)
_NAME = sa.String(200)


def upgrade() -> None:
    """Nobody had taken a transition yet: a record has been in its state since it was submitted."""
    op.add_column("records", sa.Column("entered", Instant))
    op.add_column("records", sa.Column("due", Instant))
    op.create_index("records_by_due", "records", ["form", "due"])
    op.create_index("records_by_state", "records", ["form", "state"])
    op.execute("UPDATE records SET entered = submitted WHERE state IS NOT NULL")
    op.create_table(
        "state_changes",
        sa.Column("record", _ID, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("transition", _NAME, nullable=False),
        sa.Column("source", _NAME, nullable=False),
        sa.Column("target", _NAME, nullable=False),
        sa.Column("actor", _NAME, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("reason", sa.Text),
    )
