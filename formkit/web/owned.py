"""The record a path names, if it is the person's own, and the edition it was submitted in."""

from formkit.carrying import Carried
from formkit.editions.following import held_in
from formkit.errors import UnknownName
from formkit.form import Form
from formkit.records.model import Answers, Record
from formkit.records.service import load_record
from formkit.web.visit import Visit


def record_of(visit: Visit) -> Record:
    """The record of the path, for its owner; raises `UnknownName`."""
    record = load_record(visit.site.store, visit.param("record"), owner=visit.person.id)
    if record.form != visit.form.id:
        raise UnknownName("record", record.id)
    return record


def as_submitted(visit: Visit, record: Record) -> tuple[Form, Answers]:
    """The form in the edition a record was last submitted in, and its values; in the one in force, if it is lost."""
    own = visit.site.forms.edition(record.form, record.edition_hash)
    return (own, record.values) if own is not None else (visit.form, values_of(visit, record))


def held_by(visit: Visit, record: Record) -> Carried:
    """What a record holds, as the visit's form reads it in its edition."""
    return held_in(visit.form, visit.site.forms, record, visit.today)


def values_of(visit: Visit, record: Record) -> Answers:
    """The values a record holds, as the visit's form reads them."""
    return held_by(visit, record).answers


def may_change(form: Form, record: Record) -> bool:
    """Whether its owner may change it now: an application is never changed, a file not while it is being looked at."""
    workflow = form.workflow
    return form.changes_records and (workflow is None or record.state not in workflow.read_only)
