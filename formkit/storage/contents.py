"""What all attachment stores do alike: where a content lies under its id, and its envelope where there are keys."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Protocol

from formkit.errors import UnknownName
from formkit.records.store import AttachmentStore
from formkit.storage.envelope import Place, is_current, is_sealed, open_bytes, seal_bytes
from formkit.storage.keys import Keys

_ID = re.compile(r"[0-9a-f]{32}")


class KeptContents(AttachmentStore, Protocol):
    """An attachment store that can be encrypted anew."""

    def kept(self) -> Iterator[str]:
        """The ids of all contents."""

    def renew(self, attachment_id: str) -> bool:
        """Encrypt a content with the key that encrypts now, if it is not; whether it was not."""


def is_id(name: str) -> bool:
    """Whether a name is one of formkit's own."""
    return _ID.fullmatch(name) is not None


def place_of(attachment_id: str) -> str:
    """`ab/ab12…`, the same in every store; no name a person gave becomes a path."""
    if not is_id(attachment_id):
        raise UnknownName("attachment", attachment_id[:40])
    return f"{attachment_id[:2]}/{attachment_id}"


def sealed_content(keys: Keys | None, attachment_id: str, content: bytes | BinaryIO) -> BinaryIO:
    """A content as it is stored."""
    stream = BytesIO(content) if isinstance(content, bytes) else content
    if keys is None:
        return stream
    return BytesIO(seal_bytes(keys, _inside(attachment_id), stream.read()))


def opened_content(keys: Keys, attachment_id: str, stored: bytes) -> bytes:
    """A stored content as it was given. Raises `Unreadable` if it does not decrypt."""
    return open_bytes(keys, _inside(attachment_id), stored)


def outdated_content(keys: Keys | None, attachment_id: str, stored: bytes) -> bytes | None:
    """The content, if it is stored otherwise than with the key that encrypts now; else None."""
    if keys is None or is_current(keys, stored):
        return None
    return opened_content(keys, attachment_id, stored) if is_sealed(stored) else stored


def _inside(attachment_id: str) -> Place:
    return Place("attachments", attachment_id, "content")
