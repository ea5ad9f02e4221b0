"""All records of a form, one after another in constant memory: for staff, figures and exports."""

from collections.abc import Iterator

from formkit.records.model import Record
from formkit.records.store import Cursor, Reading

_PAGE = 500


def every_record(view: Reading, form: str, *, after: Cursor | None = None, page: int = _PAGE) -> Iterator[Record]:
    """Each record of a form once, as at the moment of the view, the one untouched longest first.

    The view stays open meanwhile: do not hand this to somebody who reads slowly, write it to a file first.
    """
    while records := view.records_of_form(form, after=after, limit=page):
        yield from records
        after = cursor_at(records[-1])


def cursor_at(record: Record) -> Cursor:
    """Where to go on after a record."""
    return record.updated, record.id
