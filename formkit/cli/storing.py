"""The store that a verb's `--store` names, and the publications in it as people and programs read them."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from formkit.cli.usage import UsageError
from formkit.errors import UnknownName
from formkit.fields.base import JSON

if TYPE_CHECKING:
    from formkit.records.model import Publication
    from formkit.records.store import Store

_HASH = 8
"""How much of a hash people read."""


def add_store_arguments(parser: ArgumentParser, words: Callable[[str], str], *, writes: bool = True) -> None:
    """`--store`, and for what writes to it, who does it and why."""
    parser.add_argument("--store", metavar="URL", required=True, help=words("argument.store"))
    if writes:
        parser.add_argument("--by", metavar="NAME", help=words("argument.by"))
        parser.add_argument("--reason", metavar="TEXT", help=words("argument.reason"))


@contextmanager
def opened_store(url: str) -> "Iterator[Store]":
    """The store at a URL or path; one that is not there is not made."""
    from formkit.records.store import StoreUnavailable
    from formkit.storage import open_store
    from formkit.storage.preparing import SchemaMismatch

    file = url.removeprefix("sqlite:///") if url.startswith("sqlite:///") or "://" not in url else None
    if file is not None and not Path(file).is_file():
        raise UsageError("no_store", url=url)
    try:
        store = open_store(url)
    except UnknownName as error:
        raise UsageError("unknown_storage", name=error.name, known=", ".join(error.known)) from None
    except SchemaMismatch as error:
        raise UsageError("store_of_another", why=str(error)) from None
    except StoreUnavailable as error:
        raise UsageError("store_down", url=without_password(url), why=str(error)) from None
    try:
        yield store
    except StoreUnavailable as error:
        raise UsageError("store_down", url=without_password(url), why=str(error)) from None
    finally:
        store.close()


def actor_of(name: str | None) -> str:
    """Who does it: as they say, else as the system knows them."""
    try:
        return name or getuser()
    except (KeyError, OSError):
        return "?"


def short_hash(edition_hash: str) -> str:
    """A hash as people read it."""
    return edition_hash[:_HASH]


def local_time(moment: datetime, time_zone: str | None = None) -> str:
    """A moment where the form is at home, else where the command runs."""
    return moment.astimezone(ZoneInfo(time_zone) if time_zone else None).strftime("%Y-%m-%d %H:%M")


def publication_json(publication: "Publication") -> dict[str, JSON]:
    """A publication for programs."""
    return {
        "form": publication.form,
        "number": publication.number,
        "edition": publication.edition,
        "hash": publication.edition_hash,
        "starts": publication.starts.isoformat(),
        "at": publication.at.isoformat(),
        "by": publication.actor,
        "rollback": publication.rollback,
        "reason": publication.reason,
    }


def without_password(url: str) -> str:
    """A URL as it may be shown."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}" if separator else url
