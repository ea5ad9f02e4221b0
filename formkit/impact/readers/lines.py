"""NDJSON: a record a line, bare values or with what is known of them beside them."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, NoReturn

from formkit.form import Form
from formkit.impact.entries import Batch, Entry, MakesReads, SourceUnreadable, Unreadable

STANDARD_INPUT = "-"
LONGEST_LINE = 4 << 20
"""Bytes of a line; what is longer is no record of a form."""
_BATCH_LINES, _BATCH_BYTES = 1000, 8 << 20


class LinesRead:
    """Makes entries of lines: `{"values": {...}, "id", "facts", "edition", "state"}`, or values alone.

    Of a form with a field `values`, each line holds values alone.
    """

    def __init__(self, editions: Sequence[Form]) -> None:
        self.fields = frozenset(name for form in editions for name in form.top_fields)

    def __call__(self, batch: Batch) -> Iterator[Entry | Unreadable]:
        """The entry of each line that is not empty."""
        for position, line in batch:
            if line is None:
                yield Unreadable(position, "line_too_long", {"most": LONGEST_LINE >> 20})
            elif line.strip(b"\r\n\t \xef\xbb\xbf"):
                yield self._entry(position, line)

    def _entry(self, position: int, line: bytes) -> Entry | Unreadable:
        try:
            found = json.loads(line.decode("utf-8-sig" if position == 1 else "utf-8"), parse_constant=_refused)
        except UnicodeDecodeError:
            return Unreadable(position, "not_utf8")
        except json.JSONDecodeError as error:
            return Unreadable(position, "not_json", {"column": error.colno})
        except (ValueError, RecursionError):
            return Unreadable(position, "not_json_values")
        if not isinstance(found, dict):
            return Unreadable(position, "no_object")
        if "values" not in found or "values" in self.fields:
            named = found.pop("id", None) if "id" not in self.fields else None
            return Entry(position, found, _text(named))
        values, facts = found["values"], found.get("facts") or {}
        for name, part in (("values", values), ("facts", facts)):
            if not isinstance(part, Mapping):
                return Unreadable(position, "part_no_object", {"name": name})
        return Entry(
            position, values, _text(found.get("id")), facts, _text(found.get("edition")), _text(found.get("state"))
        )


class LinesReader:
    """Reads lines of a file, or of standard input."""

    unused: Sequence[str] = ()
    reads: MakesReads = LinesRead

    def __init__(self, named: str) -> None:
        self._named, self._read = named, 0
        self._size = None if named == STANDARD_INPUT else size_of(named)

    def batches(self) -> Iterator[Batch]:
        """Numbered lines, some at a time; a line beyond all measure as None."""
        batch: list[tuple[int, bytes | None]] = []
        room = _BATCH_BYTES
        with opened(self._named) as stream:
            for position, line in enumerate(self._lines(stream), start=1):
                batch.append((position, line))
                room -= len(line or b"")
                if len(batch) == _BATCH_LINES or room <= 0:
                    yield batch
                    batch, room = [], _BATCH_BYTES
        if batch:
            yield batch

    def share_read(self) -> float | None:
        """By bytes, where the size is known."""
        return min(1.0, self._read / self._size) if self._size else None

    def _lines(self, stream: BinaryIO) -> Iterator[bytes | None]:
        while line := stream.readline(LONGEST_LINE):
            self._read += len(line)
            if len(line) < LONGEST_LINE or line.endswith(b"\n"):
                yield line
                continue
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                self._read += len(rest)
            yield None


def open_lines(named: str, _: Sequence[Form] = ()) -> LinesReader:
    """The lines of a file; of standard input for `-`."""
    return LinesReader(named)


def opened(named: str) -> AbstractContextManager[BinaryIO]:
    """A file, or standard input, to be read. Raises `SourceUnreadable`."""
    if named == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(named).open("rb")
    except OSError:
        raise SourceUnreadable("source_not_there", name=named) from None


def size_of(named: str) -> int:
    """The bytes of a file that can be read. Raises `SourceUnreadable`."""
    with opened(named):
        return Path(named).stat().st_size


def _text(value: object) -> str | None:
    return None if value is None or isinstance(value, dict | list) else str(value)


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)
