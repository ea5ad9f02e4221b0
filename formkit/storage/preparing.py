"""A store that is opened is made ready if it is new, and refused if its tables are of another formkit."""

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from formkit.errors import FormkitError
from formkit.storage.sql_store import BEGIN_TO_WRITE, Judge
from formkit.storage.tables import SCHEMA_VERSION

COMMAND = "python -m formkit.storage migrate URL"
_VERSIONS = {"formkit_version": "version_num", "schema_version": "version"}
"""Where a store says its version; the second is how the first stores did."""


class SchemaMismatch(FormkitError):  # noqa: N818 - read as a sentence: except SchemaMismatch
    """The store was made by another version of formkit than this one can read."""

    def __init__(self, found: int) -> None:
        self.found = found
        mend = f"bring it up to date: {COMMAND}" if found < SCHEMA_VERSION else "run the later formkit that made it"
        super().__init__(f"the store has schema version {found}; this formkit reads version {SCHEMA_VERSION}; {mend}")


def prepare(engine: Engine, judge: Judge, *, migrating: bool = False) -> None:
    """Make the tables of a new store; refuse a store of another version, unless it is older and we are migrating."""
    try:
        with engine.execution_options(**{BEGIN_TO_WRITE: True}).begin() as connection:
            _prepare_tables(connection, migrating)
    except DBAPIError as error:
        engine.dispose()
        raise (judge(error) or error) from error
    except FormkitError:
        engine.dispose()
        raise


def _prepare_tables(connection: Connection, migrating: bool) -> None:
    found = _version_of(connection)
    if found > SCHEMA_VERSION or (0 < found < SCHEMA_VERSION and not migrating):
        raise SchemaMismatch(found)
    if found == SCHEMA_VERSION and not migrating:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))  # a large table takes its time
    from formkit.storage.migrations import upgrade  # only a store that is new or old has need of Alembic

    upgrade(connection)


def _version_of(connection: Connection) -> int:
    """The version of the tables; 0 if there are none."""
    tables = inspect(connection)
    for table, column in _VERSIONS.items():
        if tables.has_table(table):
            return int(connection.execute(text(f"SELECT {column} FROM {table}")).scalar_one())  # noqa: S608 - ours
    return 0
