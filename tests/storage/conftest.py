"""Every storage there is, for the tests of what all of them promise."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from formkit.records.store import Store
from formkit.storage import open_store

PLACES: dict[str, Callable[[Path], str | Path]] = {
    "sqlite file": lambda folder: folder / "formkit.db",
    "sqlite in memory": lambda _: "sqlite://",
}


@pytest.fixture(params=PLACES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new, empty store of each kind."""
    store = open_store(PLACES[request.param](tmp_path))
    yield store
    store.close()
