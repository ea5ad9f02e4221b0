"""URL → Store, URL → the store of its attachments."""

from pathlib import Path
from typing import Protocol

from formkit.records.store import Store
from formkit.registry import Registry
from formkit.storage.contents import KeptContents
from formkit.storage.directory import DirectoryAttachments
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


class AttachmentsOpener(Protocol):
    """Opens an attachment store at what follows `scheme://` in its URL."""

    def __call__(self, place: str, /, *, keys: Keys | None = None) -> KeptContents:
        """The attachment store, made ready if it is new."""


def _s3(place: str, *, keys: Keys | None = None) -> KeptContents:
    from formkit.storage.s3 import S3Attachments  # its library is an extra that a folder has no need of

    return S3Attachments(place, keys=keys)


ATTACHMENT_STORAGES: Registry[AttachmentsOpener] = Registry(
    "attachment storage", {"file": DirectoryAttachments, "s3": _s3}
)


def open_attachments(
    url: str | Path, *, keys: Keys | None = None, storages: Registry[AttachmentsOpener] = ATTACHMENT_STORAGES
) -> KeptContents:
    """The attachment store in a folder or at a URL, made ready if it is new. With `keys`, it is encrypted.

    `data/attachments`, `file:///srv/attachments`; `s3://bucket/prefix?endpoint=https://…&region=…`, whose credentials
    come from the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`). Raises `UnknownName` for a scheme nobody
    serves, `StoreUnavailable`.
    """
    scheme, separator, rest = str(url).partition("://")
    return storages[scheme](rest, keys=keys) if separator else storages["file"](str(url), keys=keys)


def _found(url: str | Path, storages: Registry[Opener]) -> tuple[Opener, str]:
    scheme, separator, rest = str(url).partition("://")
    return (storages[scheme], rest) if separator else (storages["sqlite"], f"/{url}")
