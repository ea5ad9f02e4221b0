"""The nonces a stand-in has seen, so that no signed request is taken twice, by whichever process."""

from collections.abc import Callable
from datetime import datetime

from examples.portal.standins.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS nonces (
    place TEXT NOT NULL, nonce TEXT NOT NULL, until REAL NOT NULL, PRIMARY KEY (place, nonce)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS nonces_by_until ON nonces (until);
"""


class Nonces:
    """Keeps each until its request would be too old anyway."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def remember(self, place: str, nonce: str, until: datetime) -> bool:
        """Whether it is new."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM nonces WHERE until < ?", (self._clock().timestamp(),))
            added = connection.execute(
                "INSERT OR IGNORE INTO nonces VALUES (?, ?, ?)", (place, nonce, until.timestamp())
            )
            return added.rowcount == 1
