"""What has changed in a record, when and by whom: read by its owner."""

from dataclasses import dataclass

from starlette.responses import Response

from formkit.errors import UnknownName
from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID, Field, Form
from formkit.records.changes import as_list
from formkit.records.model import Answers, Change, Revision
from formkit.records.service import history
from formkit.web.look import draw
from formkit.web.owned import record_of
from formkit.web.visit import Visit


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One value that changed, in words; blank where there was or is none."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RevisionPart:
    """One revision, the first of which changed nothing: it is what was submitted."""

    number: int
    at: str
    by: str
    edition: str
    rows: tuple[ChangeRow, ...]


def show_history(visit: Visit) -> Response:
    """Every revision, the latest first."""
    record = record_of(visit)
    revisions = history(visit.site.store, record.id, owner=record.owner)
    parts = [revision_part(visit, one, before) for before, one in zip((None, *revisions), revisions, strict=False)]
    return draw(
        visit,
        "history.html",
        page=visit.page(back_url=visit.to("record", record=record.id)),
        title=visit.form.title.in_(visit.language),
        number=record.number,
        revisions=parts[::-1],
    )


def revision_part(visit: Visit, revision: Revision, before: Revision | None) -> RevisionPart:
    """A revision in words; `before` is the one before it, which knows the rows that went."""
    language = visit.language
    form = visit.site.forms.edition(visit.form.id, revision.edition_hash) or visit.form
    rows = tuple(
        change_row(form, change, language, (before.values if before else {}, revision.values))
        for change in revision.changes
    )
    by = visit.say("by.applicant" if revision.actor == visit.person.id else "by.office")
    return RevisionPart(revision.number, visit.day_and_time(revision.at), by, revision.edition, rows)


def change_row(form: Form, change: Change, language: str, sides: tuple[Answers, Answers]) -> ChangeRow:
    """A change in words; a field that the form no longer has is told by its name."""
    field = form.field_at(change.path)
    label = _label(form, change.path, language, sides)
    old, new = (_text(form, field, change.path, value, language) for value in (change.old, change.new))
    return ChangeRow(label, old, new)


def _label(form: Form, path: str, language: str, sides: tuple[Answers, Answers]) -> str:
    """`奖励信息（第 2 项）奖励名称`: the way to the value, by labels and the row's number."""
    parts = path.split(".")
    outer = form.top_fields.get(parts[0])
    if outer is None:
        return path
    told = outer.label.in_(language)
    if outer.shape is Shape.ROWS and len(parts) > 1:
        told += f" {_row_number(parts, sides)}"
    inner = form.field_at(path) if len(parts) > 1 else None
    return f"{told} · {inner.label.in_(language)}" if inner is not None and inner is not outer else told


def _row_number(parts: list[str], sides: tuple[Answers, Answers]) -> str:
    for values in reversed(sides):
        ids = [row.get(ROW_ID) for row in values.get(parts[0]) or () if isinstance(row, dict)]
        if parts[1] in ids:
            return f"#{ids.index(parts[1]) + 1}"
    return ""


def _text(form: Form, field: Field | None, path: str, value: JSON, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, dict) and path.count(".") == 1 and (outer := form.top_fields.get(path.split(".")[0])):
        told = ((inner, value.get(inner.id)) for inner in outer.fields)
        return "; ".join(
            f"{inner.label.in_(language)}: {_text(form, inner, inner.path, one, language)}"
            for inner, one in told
            if one is not None
        )
    if field is None or field.shape is not Shape.VALUE:
        return ""
    if field.type.attachment:
        return ", ".join(str(one["name"]) for one in as_list(value) if isinstance(one, dict) and "name" in one)
    try:
        return str(field.type.format(value, language))
    except (UnknownName, KeyError, TypeError, ValueError):
        return str(value)
