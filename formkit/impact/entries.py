"""What a source of records gives: entries, and what could not be read of it; and what a reader is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from formkit.errors import FormkitError
from formkit.fields.base import JSON
from formkit.form import Form


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as its source has it, at a position that counts from 1: a line, a row, or the number in a store."""

    position: int
    values: Mapping[str, JSON]
    id: str | None = None
    facts: Mapping[str, JSON] = field(default_factory=dict)
    edition: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place of a source where no record could be read; `code` and `params` become a sentence in the room `impact`."""

    position: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


Batch = Sequence[Any]
"""What a source gives at once, as raw as can be: it travels to a worker, which makes entries of it."""


Reads = Callable[[Batch], Iterator[Entry | Unreadable]]
"""Makes the entries of a batch, in order."""
MakesReads = Callable[[Sequence[Form]], Reads]
"""Gives what makes entries, for records of these editions; it travels to the workers, so it can be pickled."""


class Reader(Protocol):
    """A source of records that is read once, batch by batch, in constant memory."""

    @property
    def reads(self) -> MakesReads:
        """How a batch becomes entries."""

    @property
    def unused(self) -> Sequence[str]:
        """The columns of a table that no field is known for."""

    def batches(self) -> Iterator[Batch]:
        """The batches, the same whoever reads them. Raises `SourceUnreadable`."""

    def share_read(self) -> float | None:
        """How much of it has been read, 0 to 1; None if nobody can tell."""


class SourceUnreadable(FormkitError):  # noqa: N818 - read as a sentence: except SourceUnreadable
    """Nothing can be read of a source; `code` and `params` have their sentence in the room `impact`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code} {params}")
        self.code, self.params = code, params


class OpensReader(Protocol):
    """Opens a source by its name, for records of the editions given: the one they were made in first."""

    def __call__(self, named: str, editions: Sequence[Form], /) -> Reader:
        """A reader that begins at the beginning. Raises `SourceUnreadable`."""
