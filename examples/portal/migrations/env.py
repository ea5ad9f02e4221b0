"""What Alembic runs: the steps, over the connection it was handed."""

from alembic import context

from examples.portal.migrations import VERSION_TABLE
from examples.portal.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
with context.begin_transaction():
    context.run_migrations()
