"""Parquet: a record a row, groups as structs and rows as lists of structs, or as JSON in text."""

from collections.abc import Iterator, Sequence
from functools import partial

from formkit.form import Form
from formkit.impact.entries import Batch, Entry, MakesReads, Reads, SourceUnreadable, Unreadable
from formkit.impact.readers.lines import opened
from formkit.impact.readers.tables import Rows

_BATCH = 1000


class ParquetRead:
    """Makes entries of the batches that the library reads."""

    def __init__(self, head: Sequence[str], editions: Sequence[Form]) -> None:
        self._rows: Reads = Rows(head, editions)

    def __call__(self, batch: Batch) -> Iterator[Entry | Unreadable]:
        """The entry of each row."""
        first, columns = batch
        cells = zip(*(column.to_pylist() for column in columns), strict=True)
        yield from self._rows([(first + number, row) for number, row in enumerate(cells)])


class ParquetReader:
    """Reads row after row; a row is told by its number."""

    def __init__(self, named: str, editions: Sequence[Form]) -> None:
        try:
            from pyarrow import ArrowException
            from pyarrow.parquet import ParquetFile
        except ImportError:
            raise SourceUnreadable("no_parquet") from None
        self._named, self._faults, self._opens = named, (ArrowException, OSError), ParquetFile
        self._done = 0
        with opened(named) as content:
            try:
                parquet = self._opens(content)
            except self._faults:
                raise SourceUnreadable("not_parquet", name=named) from None
            head, self._all = list(parquet.schema_arrow.names), parquet.metadata.num_rows
        self.unused: Sequence[str] = Rows(head, editions).unused
        self.reads: MakesReads = partial(ParquetRead, head)

    def batches(self) -> Iterator[Batch]:
        """The number of the first row, and the columns of some rows."""
        with opened(self._named) as content:
            try:
                for found in self._opens(content).iter_batches(batch_size=_BATCH):
                    yield self._done + 1, found.columns
                    self._done += found.num_rows
            except self._faults:
                raise SourceUnreadable("broken_parquet", name=self._named, rows=self._done) from None

    def share_read(self) -> float | None:
        """By rows."""
        return self._done / self._all if self._all else None


def open_parquet(named: str, editions: Sequence[Form]) -> ParquetReader:
    """The rows of a file."""
    return ParquetReader(named, editions)
