"""A file's ending, or a URL's scheme → how its records are read."""

from collections.abc import Sequence
from pathlib import Path

from formkit.form import Form
from formkit.impact.entries import OpensReader, Reader, SourceUnreadable
from formkit.impact.readers.csv_files import open_csv
from formkit.impact.readers.lines import STANDARD_INPUT, open_lines
from formkit.impact.readers.parquet_files import open_parquet
from formkit.registry import Registry


def _open_records(named: str, editions: Sequence[Form]) -> Reader:
    from formkit.impact.readers.stores import open_records  # the storage's library is an extra that files do not need

    return open_records(named, editions)


READERS: Registry[OpensReader] = Registry(
    "source of records",
    {
        STANDARD_INPUT: open_lines,
        "ndjson": open_lines,
        "jsonl": open_lines,
        "csv": open_csv,
        "parquet": open_parquet,
        "db": _open_records,
        "sqlite": _open_records,
        "sqlite3": _open_records,
        "postgresql": _open_records,
    },
)


def open_reader(named: str, editions: Sequence[Form], *, readers: Registry[OpensReader] = READERS) -> Reader:
    """A reader of the records in a file (by its ending), at a URL (by its scheme), or of standard input for `-`.

    `editions` are those the records may be read by, the one they were made in first. Raises `SourceUnreadable`.
    """
    kind = kind_of(named)
    if kind not in readers:
        known = ", ".join(sorted(name for name in readers if name != STANDARD_INPUT))
        raise SourceUnreadable("unknown_source", name=named, known=known)
    return readers[kind](named, editions)


def kind_of(named: str) -> str:
    """The ending or the scheme that says what a source is."""
    if named == STANDARD_INPUT:
        return named
    scheme, separator, _ = named.partition("://")
    return scheme if separator else Path(named).suffix.removeprefix(".").lower()
