"""One SQLite file of a stand-in: everything it knows survives a restart, and several processes may serve it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from formkit.storage.sqlite import sqlite_driver

_driver: Any = sqlite_driver()
Busy: type[sqlite3.Error] = _driver.OperationalError
"""The file is locked for too long, or not to be used."""
_PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"


class Database:
    """Opens one connection for each transaction."""

    def __init__(self, path: Path, schema: str) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(self._connect()) as connection:
            connection.executescript(_PRAGMAS + schema)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Takes the write lock at once, so that what was read still holds when it writes."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = _driver.connect(self._path, timeout=5.0, isolation_level=None)
        connection.row_factory = _driver.Row
        return connection
