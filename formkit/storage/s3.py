"""The contents of attachments in a bucket of an S3-compatible store: acknowledged by it before anybody says so."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from formkit.errors import UnknownName
from formkit.records.store import StoreFull, StoreUnavailable
from formkit.storage.contents import is_id, opened_content, outdated_content, place_of, sealed_content
from formkit.storage.keys import Keys

BUSY_SECONDS = 5.0
_REQUEST_SECONDS = 20
_RETRIES = 2
_OPTIONS = ("endpoint", "region")
_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "access_key_id", "AWS_SECRET_ACCESS_KEY": "secret_access_key"}
_SESSION = {"AWS_SESSION_TOKEN": "session_token"}
_FULL = ("StorageFull", "QuotaExceeded", "InsufficientCapacity", "status 507", ": 507 ")


class S3Attachments:
    """Contents as objects `prefix/ab/ab12…`, each written by one request: it is there whole, or not at all.

    With `keys` they are encrypted. A content is read whole before any of it is handed out: a store that breaks off in
    the middle is a failure that can be told, not a file that ends too early.
    """

    def __init__(
        self,
        place: str,
        *,
        keys: Keys | None = None,
        environment: Mapping[str, str] = os.environ,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        self.keys = keys
        self._objects = _bucket(place, environment, busy_seconds)
        with _failures():  # a wrong name, a wrong secret: told when a service starts, not to who uploads first
            next(obstore.list(self._objects, chunk_size=1), None)

    def keep(self, attachment_id: str, content: bytes | BinaryIO) -> None:
        """One PUT, signed over the content's digest: when this returns, the store has said that it has all of it."""
        place = place_of(attachment_id)
        with _failures():
            stored = sealed_content(self.keys, attachment_id, content).read()
            obstore.put(self._objects, place, stored, use_multipart=False)

    def open(self, attachment_id: str) -> BinaryIO:
        """The content, to read. Raises `Unreadable` if it does not decrypt."""
        stored = self._stored(attachment_id)
        return BytesIO(stored if self.keys is None else opened_content(self.keys, attachment_id, stored))

    def renew(self, attachment_id: str) -> bool:
        """Encrypt a content with the key that encrypts now, if it is not; whether it was not."""
        content = outdated_content(self.keys, attachment_id, self._stored(attachment_id))
        if content is not None:
            self.keep(attachment_id, content)
        return content is not None

    def remove(self, attachment_id: str) -> None:
        """Delete the content, if it is there."""
        place = place_of(attachment_id)
        with _failures():
            obstore.delete(self._objects, place)

    def kept(self) -> Iterator[str]:
        """The ids of all contents."""
        return (name for name, _ in self._contents())

    def kept_before(self, before: datetime) -> Iterator[str]:
        """The ids of contents kept before a moment, by the store's clock; uploads leave nothing unfinished."""
        return (name for name, modified in self._contents() if modified < before)

    def _stored(self, attachment_id: str) -> bytes:
        place = place_of(attachment_id)
        with _failures():
            try:
                return bytes(obstore.get(self._objects, place).bytes())
            except FileNotFoundError as error:
                if "NoSuchBucket" in str(error):
                    raise
                raise UnknownName("attachment", attachment_id) from None

    def _contents(self) -> Iterator[tuple[str, datetime]]:
        with _failures():
            for page in obstore.list(self._objects, chunk_size=1000):
                for found in page:
                    name = found["path"].rpartition("/")[2]
                    if is_id(name) and found["path"] == place_of(name):
                        yield name, found["last_modified"]


def _bucket(place: str, environment: Mapping[str, str], busy_seconds: float) -> S3Store:
    url = urlsplit(f"s3://{place}")
    if url.username or not url.hostname:
        raise StoreUnavailable("the URL names a bucket, and no secret: s3://bucket/prefix?endpoint=…&region=…")
    given = {name: values[-1] for name, values in parse_qs(url.query).items()}
    for name in given:
        if name not in _OPTIONS:
            raise UnknownName("option of an s3:// URL", name, _OPTIONS)
    options: dict[str, Any] = {"region": "us-east-1", **given, **_credentials(environment)}
    return S3Store(
        url.hostname,
        prefix=url.path.strip("/") or None,
        client_options={
            "allow_http": given.get("endpoint", "").startswith("http://"),
            "connect_timeout": timedelta(seconds=busy_seconds),
            "timeout": timedelta(seconds=_REQUEST_SECONDS),
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": timedelta(seconds=busy_seconds)},
        **options,
    )


def _credentials(environment: Mapping[str, str]) -> dict[str, str]:
    missing = [name for name in _CREDENTIALS if not environment.get(name)]
    if missing:
        raise StoreUnavailable(f"the environment does not say {' and '.join(missing)}")
    names = {**_CREDENTIALS, **_SESSION}
    return {option: environment[name] for name, option in names.items() if environment.get(name)}


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError, ValueError) as error:
        said = str(error).partition("\n")[0]
        if any(mark in str(error) for mark in _FULL):
            raise StoreFull("no room left for attachments") from error
        raise StoreUnavailable(f"attachments cannot be kept: {said}") from error
