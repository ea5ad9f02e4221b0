"""The steps from any earlier version of the portal's own tables to the newest; a new database takes all of them."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from examples.portal.settings import SettingsInvalid
from formkit.storage.migrations import upgrade
from formkit.storage.sql_store import SqlStore

FOLDER = Path(__file__).parent
VERSION_TABLE = "portal_version"
VERSION = 1
COMMAND = "python -m examples.portal migrate"


def prepare(store: SqlStore, *, migrating: bool = False) -> None:
    """Makes the tables of a new database; those of another version are refused, older ones unless `migrating`."""
    with store.writing() as connection:
        found = _version(connection)
        if found > VERSION:
            raise SettingsInvalid(f"the portal's tables have version {found}; run the later portal that made them")
        if 0 < found < VERSION and not migrating:
            raise SettingsInvalid(f"the portal's tables have version {found}; bring them to {VERSION}: {COMMAND}")
        if found < VERSION:
            upgrade(connection, folder=FOLDER)


def check(store: SqlStore) -> None:
    """Raises `SettingsInvalid` where the tables are not of this version; they may have changed since it started."""
    with store.connected() as connection:
        found = _version(connection)
    if found != VERSION:
        raise SettingsInvalid(f"the portal's tables have version {found}; this portal reads {VERSION}")


def _version(connection: Connection) -> int:
    tables = inspect(connection)
    if tables.has_table(VERSION_TABLE):
        return int(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one())  # noqa: S608 - ours
    if tables.has_table("portal_accounts"):
        raise SettingsInvalid(
            "these tables were made by a portal from before its first release: put the data folder away and start anew"
        )
    return 0
