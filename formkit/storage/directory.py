"""The contents of attachments in a folder: on disk for good before anybody says so."""

import errno
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from formkit.errors import UnknownName
from formkit.records.store import StoreFull, StoreUnavailable
from formkit.storage.durable import sync_folder

_ID = re.compile(r"[0-9a-f]{32}")
_CHUNK = 1 << 20
_UNFINISHED = "unfinished"


class DirectoryAttachments:
    """Contents as files `ab/ab12…`, named by ids formkit made itself; no name a person gave becomes a path."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
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
                _write(unfinished, BytesIO(content) if isinstance(content, bytes) else content)
                unfinished.rename(target)
                sync_folder(target.parent)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise

    def open(self, attachment_id: str) -> BinaryIO:
        """The content, to read."""
        try:
            return self._place(attachment_id).open("rb")
        except FileNotFoundError:
            raise UnknownName("attachment", attachment_id) from None

    def remove(self, attachment_id: str) -> None:
        """Delete the content, if it is there."""
        place = self._place(attachment_id)
        with _failures():
            place.unlink(missing_ok=True)
            sync_folder(place.parent)

    def kept_before(self, before: datetime) -> Iterator[str]:
        """The ids of contents kept before a moment; leftovers of unfinished uploads as old as that are deleted."""
        with _failures():
            for leftover in _files_before(self._folder / _UNFINISHED, before):
                leftover.unlink(missing_ok=True)
            for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
                yield from (file.name for file in _files_before(folder, before) if _ID.fullmatch(file.name))

    def _place(self, attachment_id: str) -> Path:
        if not _ID.fullmatch(attachment_id):
            raise UnknownName("attachment", attachment_id[:40])
        return self._folder / attachment_id[:2] / attachment_id


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
