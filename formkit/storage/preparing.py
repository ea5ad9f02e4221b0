"""A store that is opened is made ready if it is new, and refused if its tables are of another formkit."""

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from formkit.errors import FormkitError
from formkit.storage.sql_store import BEGIN_TO_WRITE, Judge
from formkit.storage.tables import SCHEMA_VERSION, metadata, schema_version


class SchemaMismatch(FormkitError):  # noqa: N818 - read as a sentence: except SchemaMismatch
    """The store was made by another version of formkit than this one can read."""

    def __init__(self, found: int) -> None:
        self.found = found
        super().__init__(f"the store has schema version {found}; this formkit reads version {SCHEMA_VERSION}")


def prepare(engine: Engine, judge: Judge) -> None:
    """Make the tables of a new store; refuse a store of another version."""
    try:
        with engine.execution_options(**{BEGIN_TO_WRITE: True}).begin() as connection:
            _prepare_tables(connection)
    except DBAPIError as error:
        engine.dispose()
        raise (judge(error) or error) from error
    except FormkitError:
        engine.dispose()
        raise


def _prepare_tables(connection: Connection) -> None:
    schema_version.create(connection, checkfirst=True)
    found = connection.execute(select(schema_version.c.version)).scalar_one_or_none()
    if found is None:
        metadata.create_all(connection)
        connection.execute(insert(schema_version).values(version=SCHEMA_VERSION))
    elif found != SCHEMA_VERSION:
        raise SchemaMismatch(found)
