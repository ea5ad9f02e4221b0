"""The record a path names, if it is the person's own."""

from formkit.errors import UnknownName
from formkit.records.model import Record
from formkit.records.service import load_record
from formkit.web.visit import Visit


def record_of(visit: Visit) -> Record:
    """The record of the path, for its owner; raises `UnknownName`."""
    record = load_record(visit.site.store, visit.param("record"), owner=visit.person.id)
    if record.form != visit.form.id:
        raise UnknownName("record", record.id)
    return record
