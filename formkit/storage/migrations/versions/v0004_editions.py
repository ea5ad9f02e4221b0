"""The content of editions, when which of them was published, and the answers a draft had in editions it has left."""

import sqlalchemy as sa
from alembic import op

from formkit.storage.tables import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NAME = sa.String(200)


def upgrade() -> None:
    """Nothing has been published yet: until something is, the forms a program brings with it are in force."""
    op.create_table(
        "editions",
        sa.Column("form", _NAME, primary_key=True),
        sa.Column("hash", _NAME, primary_key=True),
        sa.Column("name", _NAME, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("texts", sa.JSON, nullable=False),
    )
    op.add_column("drafts", sa.Column("earlier", sa.JSON))
    op.create_table(
        "publications",
        sa.Column("form", _NAME, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("edition", _NAME, nullable=False),
        sa.Column("edition_hash", _NAME, nullable=False),
        sa.Column("starts", Instant, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor", _NAME, nullable=False),
        sa.Column("rollback", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
    )
