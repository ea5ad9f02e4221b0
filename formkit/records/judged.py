"""Bytes somebody sent, judged: kept as a StoredFile or StoredImage, or Refused with a code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file is not taken: an issue's code and the params of its sentence."""

    code: str
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The bytes to store, and what they are by their content."""

    content: bytes
    media_type: str

    @property
    def size(self) -> int:
        """The number of bytes stored."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """The hash of the bytes stored, in hexadecimal."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class StoredImage(StoredFile):
    """A picture, drawn anew without anything but its pixels; width and height as a person sees it."""

    width: int
    height: int


def size_text(size: int) -> str:
    """A number of bytes as people write it, 1 KB being 1,024 bytes; never rounded up past a limit.

    >>> size_text(2 * 1024 * 1024), size_text(1536), size_text(10)
    ('2 MB', '1.5 KB', '10 B')
    """
    for unit, weight in (("MB", 1024 * 1024), ("KB", 1024)):
        if size >= weight:
            tenths = size * 10 // weight
            return f"{tenths // 10} {unit}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10} {unit}"
    return f"{size} B"


def refused_size(size: int, *, min_bytes: int, max_bytes: int) -> Refused | None:
    """The refusal of a file that is empty, too small or too large, judged before anything is decoded."""
    if size == 0:
        return Refused("file_empty")
    if size > max_bytes:
        return refused_too_large(size, max_bytes)
    if size < min_bytes:
        return Refused("file_too_small", {"size": size_text(size), "min": size_text(min_bytes)})
    return None


def refused_too_large(size: int, max_bytes: int) -> Refused:
    """The refusal of a file beyond its limit; a size that would read like the limit is told in bytes."""
    told, limit = size_text(size), size_text(max_bytes)
    return Refused("file_too_large", {"size": f"{size} B" if told == limit else told, "max": limit})
