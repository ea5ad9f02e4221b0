"""URL → Store."""

from pathlib import Path
from typing import Protocol

from formkit.records.store import Store
from formkit.registry import Registry
from formkit.storage.keys import Keys
from formkit.storage.sqlite import open_sqlite


class Opener(Protocol):
    """Opens a store at what follows `scheme://` in its URL."""

    def __call__(self, place: str, /, *, keys: Keys | None = None, migrating: bool = False) -> Store:
        """The store, its tables made if it is new; older tables are brought up to date if `migrating`."""


def _postgres(place: str, *, keys: Keys | None = None, migrating: bool = False) -> Store:
    from formkit.storage.postgres import open_postgres  # its driver is an extra that SQLite has no need of

    return open_postgres(place, keys=keys, migrating=migrating)


STORAGES: Registry[Opener] = Registry("storage", {"sqlite": open_sqlite, "postgresql": _postgres})


def open_store(url: str | Path, *, keys: Keys | None = None, storages: Registry[Opener] = STORAGES) -> Store:
    """The store at a file path or a URL, made ready if it is new. With `keys`, what people typed is encrypted in it.

    `data/formkit.db`, `sqlite:///data/formkit.db` (four slashes for an absolute path), `sqlite://` in memory;
    `postgresql://user:password@host/database`. Raises `UnknownName` for a scheme nobody serves, `SchemaMismatch` for a
    store of another formkit (`migrate` brings an older one up to date), `StoreUnavailable`.
    """
    opener, place = _found(url, storages)
    return opener(place, keys=keys)


def migrate(url: str | Path, *, storages: Registry[Opener] = STORAGES) -> None:
    """Bring the store's tables up to date, all of it or nothing; what is kept in them stays."""
    opener, place = _found(url, storages)
    opener(place, migrating=True).close()


def _found(url: str | Path, storages: Registry[Opener]) -> tuple[Opener, str]:
    scheme, separator, rest = str(url).partition("://")
    return (storages[scheme], rest) if separator else (storages["sqlite"], f"/{url}")
