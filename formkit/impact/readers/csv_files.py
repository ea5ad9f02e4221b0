"""CSV with a head, in UTF-8: a record a row."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING, BinaryIO

from formkit.form import Form
from formkit.impact.entries import Batch, MakesReads, SourceUnreadable, Unreadable
from formkit.impact.readers.lines import opened, size_of
from formkit.impact.readers.tables import Rows

if TYPE_CHECKING:
    from _csv import Reader as _Rows

_BATCH = 1000
_LARGEST_CELL = 4 << 20


class CsvReader:
    """Reads rows; a row is told by the line it begins at."""

    def __init__(self, named: str, editions: Sequence[Form]) -> None:
        self._named, self._size, self._read = named, size_of(named), 0
        with self._opened() as (_, rows):
            head = self._head(rows)
        self.unused: Sequence[str] = Rows(head, editions).unused
        self.reads: MakesReads = partial(Rows, head)

    def batches(self) -> Iterator[Batch]:
        """Rows with the lines they begin at; blank ones left out."""
        batch: list[tuple[int, list[str] | Unreadable]] = []
        with self._opened() as (content, rows):
            self._head(rows)
            for position, row in _numbered(rows):
                if row:
                    batch.append((position, row))
                if len(batch) == _BATCH:
                    self._read = content.tell()
                    yield batch
                    batch = []
        if batch:
            yield batch

    def share_read(self) -> float | None:
        """By bytes."""
        return min(1.0, self._read / self._size)

    @contextmanager
    def _opened(self) -> Iterator[tuple[BinaryIO, "_Rows"]]:
        # Bytes that are no UTF-8 become lone surrogates, which no UTF-8 has: their rows are told, the rest goes on.
        csv.field_size_limit(_LARGEST_CELL)
        with opened(self._named) as content:
            stream = TextIOWrapper(content, encoding="utf-8-sig", errors="surrogateescape", newline="")
            yield content, csv.reader(stream, strict=True)
            stream.detach()

    def _head(self, rows: "_Rows") -> list[str]:
        try:
            head = next(rows, None)
        except csv.Error:
            head = None
        if not head:
            raise SourceUnreadable("no_head", name=self._named)
        if not _is_utf8("".join(head)):
            raise SourceUnreadable("source_not_utf8", name=self._named)
        return head


def _numbered(rows: "_Rows") -> Iterator[tuple[int, list[str] | Unreadable]]:
    while True:
        position = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield position, Unreadable(position, "not_csv")
            continue
        yield position, row if _is_utf8("".join(row)) else Unreadable(position, "not_utf8")


def open_csv(named: str, editions: Sequence[Form]) -> CsvReader:
    """The rows of a file."""
    return CsvReader(named, editions)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
