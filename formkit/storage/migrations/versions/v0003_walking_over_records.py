"""Indexes to walk over all records of a form, and over the attachments of a record."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_index("records_by_update", "records", ["form", "updated", "id"])
    op.create_index("attachments_by_record", "attachments", ["record"])
