"""The contents of attachments in a folder: on disk for good before anybody says so."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from formkit.errors import UnknownName
from formkit.records.store import StoreFull, StoreUnavailable
from formkit.storage.contents import is_id, opened_content, outdated_content, place_of, sealed_content
from formkit.storage.durable import sync_folder
from formkit.storage.keys import Keys

_CHUNK = 1 << 20
_UNFINISHED = "unfinished"


class DirectoryAttachments:
    """Contents as files `ab/ab12…`, named by ids formkit made itself; no name a person gave becomes a path.

    With `keys` they are encrypted, whole: no byte of a content is handed out before all of it has proved genuine.
    """

    def __init__(self, folder: str | Path, *, keys: Keys | None = None) -> None:
        self._folder, self.keys = Path(folder), keys
        with _failures():
            # All at once: a folder made in passing by one upload is not on disk for another that finds it there.
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in (_UNFINISHED, *(f"{number:02x}" for number in range(256))):
                (self._folder / name).mkdir(exist_ok=True, mode=0o700)
            sync_folder(self._folder)

    def keep(self, attachment_id: str, content: bytes | BinaryIO) -> None:
        """Write aside, fsync, rename, fsync the folder: then it is there whole, whatever happens next."""
        target = self._place(attachment_id)
        unfinished = self._folder / _UNFINISHED / f"{attachment_id}.{secrets.token_hex(8)}"
        with _failures():
            try:
                _write(unfinished, sealed_content(self.keys, attachment_id, content))
                unfinished.rename(target)
                sync_folder(target.parent)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise

    def open(self, attachment_id: str) -> BinaryIO:
        """The content, to read. Raises `Unreadable` if it does not decrypt."""
        try:
            stored = self._place(attachment_id).open("rb")
        except FileNotFoundError:
            raise UnknownName("attachment", attachment_id) from None
        if self.keys is None:
            return stored
        with stored:
            return BytesIO(opened_content(self.keys, attachment_id, stored.read()))

    def renew(self, attachment_id: str) -> bool:
        """Encrypt a content with the key that encrypts now, if it is not; whether it was not."""
        content = outdated_content(self.keys, attachment_id, self._place(attachment_id).read_bytes())
        if content is not None:
            self.keep(attachment_id, content)
        return content is not None

    def remove(self, attachment_id: str) -> None:
        """Delete the content, if it is there."""
        place = self._place(attachment_id)
        with _failures():
            place.unlink(missing_ok=True)
            sync_folder(place.parent)

    def kept(self) -> Iterator[str]:
        """The ids of all contents."""
        with _failures():
            for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
                yield from sorted(file.name for file in folder.iterdir() if is_id(file.name))

    def kept_before(self, before: datetime) -> Iterator[str]:
        """The ids of contents kept before a moment; leftovers of unfinished uploads as old as that are deleted."""
        with _failures():
            for leftover in _files_before(self._folder / _UNFINISHED, before):
                leftover.unlink(missing_ok=True)
            for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
                yield from (file.name for file in _files_before(folder, before) if is_id(file.name))

    def _place(self, attachment_id: str) -> Path:
        return self._folder / place_of(attachment_id)


def _write(path: Path, content: BinaryIO) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while chunk := content.read(_CHUNK):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _files_before(folder: Path, before: datetime) -> Iterator[Path]:
    for file in sorted(folder.iterdir()):
        with suppress(FileNotFoundError):  # another process swept it meanwhile
            if file.stat().st_mtime < before.timestamp():
                yield file


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull("no room left for attachments") from error
        raise StoreUnavailable(f"attachments cannot be kept: {error.strerror}") from error
