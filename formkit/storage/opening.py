"""URL → Store."""

from collections.abc import Callable
from pathlib import Path

from formkit.records.store import Store
from formkit.registry import Registry
from formkit.storage.sqlite import open_sqlite

Opener = Callable[[str], Store]
"""Opens a store at what follows `scheme://` in its URL."""


def _postgres(place: str) -> Store:
    from formkit.storage.postgres import open_postgres  # its driver is an extra that SQLite needs not

    return open_postgres(place)


STORAGES: Registry[Opener] = Registry("storage", {"sqlite": open_sqlite, "postgresql": _postgres})


def open_store(url: str | Path, *, storages: Registry[Opener] = STORAGES) -> Store:
    """The store at a file path or a URL, made ready if it is new.

    `data/formkit.db`, `sqlite:///data/formkit.db` (four slashes for an absolute path), `sqlite://` in memory;
    `postgresql://user:password@host/database`. Raises `UnknownName` for a scheme nobody serves, `SchemaMismatch` for a
    store of another formkit, `StoreUnavailable`.
    """
    scheme, separator, rest = str(url).partition("://")
    return storages[scheme](rest) if separator else storages["sqlite"](f"/{url}")
