"""The records of a form in a store, each with the edition it was made in."""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from formkit.errors import UnknownName
from formkit.form import Form
from formkit.impact.entries import Batch, Entry, MakesReads, SourceUnreadable, Unreadable
from formkit.records.store import Reading, Store, StoreUnavailable
from formkit.records.walking import every_record
from formkit.storage import open_store
from formkit.storage.envelope import Unreadable as Sealed
from formkit.storage.keys import VARIABLE, KeysInvalid, keys_from_environment
from formkit.storage.preparing import SchemaMismatch

_BATCH = 500


class RecordsRead:
    """Hands entries on as they are: a store gives no others."""

    def __init__(self, _: Sequence[Form]) -> None: ...

    def __call__(self, batch: Batch) -> Iterator[Entry | Unreadable]:
        """The entries."""
        yield from batch


class RecordsReader:
    """Reads a form's records, the one untouched longest first, as they stand when it begins."""

    unused: Sequence[str] = ()
    reads: MakesReads = RecordsRead

    def __init__(self, named: str, form: str) -> None:
        self._named, self._form = named, form
        file = named.removeprefix("sqlite:///")
        if "://" not in file and not Path(file).is_file():
            raise SourceUnreadable("source_not_there", name=named)

    def batches(self) -> Iterator[Batch]:
        """Entries, numbered as they come."""
        try:
            with closing(self._opened()) as store, store.reading() as view:
                entries = self._entries(view)
                while batch := list(islice(entries, _BATCH)):
                    yield batch
        except Sealed as error:
            raise SourceUnreadable("store_sealed", variable=VARIABLE, why=str(error)) from None
        except StoreUnavailable as error:
            raise SourceUnreadable("store_down", why=str(error)) from None

    def share_read(self) -> float | None:
        """Nobody counts a store beforehand."""
        return None

    def _entries(self, view: Reading) -> Iterator[Entry]:
        for number, record in enumerate(every_record(view, self._form), start=1):
            yield Entry(number, record.values, record.number, edition=record.edition, state=record.state)

    def _opened(self) -> Store:
        try:
            return open_store(self._named, keys=keys_from_environment() if os.environ.get(VARIABLE) else None)
        except KeysInvalid as error:
            raise SourceUnreadable("store_keys", why=str(error)) from None
        except (UnknownName, SchemaMismatch) as error:
            raise SourceUnreadable("store_refused", why=str(error)) from None


def open_records(named: str, editions: Sequence[Form]) -> RecordsReader:
    """The records of the form these are editions of."""
    return RecordsReader(named, editions[0].id)
