"""From any earlier schema to the newest, one step a version; a new store takes all of them."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

FOLDER = Path(__file__).parent
VERSION_TABLE = "formkit_version"
"""Not Alembic's own name for it: the database may be shared with a program that uses Alembic too."""

_one_at_a_time = Lock()  # Alembic's steps speak to "the" migration of the process


def upgrade(connection: Connection, version: str = "head", folder: Path = FOLDER) -> None:
    """Bring the tables to a version, within the connection's transaction: all of it happens, or nothing.

    `folder` is where the steps are: a host whose own tables stand in the same database has a folder of its own.
    """
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with _one_at_a_time:
        if folder == FOLDER:
            _adopt(connection, config)
        command.upgrade(config, version)


def _adopt(connection: Connection, config: Config) -> None:
    """The first stores kept their version in a table of our making; from then on Alembic keeps it."""
    if inspect(connection).has_table("schema_version"):
        connection.execute(text("DROP TABLE schema_version"))
        command.stamp(config, "0001")
