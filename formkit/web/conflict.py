"""Two tabs, one draft: the second is told, sees what it typed beside what is stored, and chooses."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from starlette.responses import Response

from formkit.fields.base import JSON, Refused
from formkit.form import Form
from formkit.records.changes import differences, without_unstored
from formkit.records.model import Change
from formkit.web.answers import pairs_from_answers
from formkit.web.look import draw
from formkit.web.visit import Visit
from formkit.web.work import Work


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer, as it was typed here and as it is stored."""

    label: str
    here: str
    stored: str


def conflicting(form: Form, step: str, stored: Mapping[str, JSON], typed: Mapping[str, JSON]) -> list[Change]:
    """The answers of one step that differ."""
    names = [field.id for field in form.steps_by_id[step].fields if field.id in typed and field.type.stored]
    old, new = ({name: answers.get(name) for name in names} for answers in (stored, typed))
    return [one for one in differences(form, old, new) if not _both_blank(one)]


def page_base(form: Form, step: str, stored: Mapping[str, JSON]) -> str:
    """A fingerprint of the answers a page was made from: while it is the same, nobody else has changed that page."""
    fields = form.steps_by_id[step].fields if step in form.steps_by_id else ()
    answers = {field.id: stored.get(field.id) for field in fields}
    return sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()[:16]


def conflict_page(work: Work, step: str, typed: Mapping[str, JSON]) -> Response:
    """409, with both texts and two buttons: keep mine, keep what is stored. `work` is at the draft as it is stored."""
    visit, form, draft = work.visit, work.form, work.draft
    typed = without_unstored(form, typed)
    found = conflicting(form, step, draft.answers, typed)
    rows = [
        Difference(
            _label(form, one.path, visit), _text(form, one.path, one.new, visit), _text(form, one.path, one.old, visit)
        )
        for one in found
    ]
    action = visit.posted("_action")
    return draw(
        visit,
        "conflict.html",
        409,
        page=visit.page(),
        title=form.title.in_(visit.language),
        step_title=form.steps_by_id[step].title.in_(visit.language),
        rows=rows,
        action=visit.to("step", draft=draft.id, step=step),
        version=draft.version,
        base=page_base(form, step, draft.answers),
        going=action if action in ("next", "back", "save") else "save",
        pairs=pairs_from_answers(form, step, typed),
        stored_at=visit.clock_time(draft.updated),
    )


def _both_blank(change: Change) -> bool:
    return all(value is None or value in ("", [], {}) for value in (change.old, change.new))


def _label(form: Form, path: str, visit: Visit) -> str:
    parts = path.split(".")
    labels = [form.fields[parts[0]].label.in_(visit.language)]
    inner = form.field_at(path)
    if len(parts) > 1 and inner is not None and inner.path != parts[0]:
        labels.append(inner.label.in_(visit.language))
    return " · ".join(labels)


def _text(form: Form, path: str, value: JSON, visit: Visit) -> str:
    """An answer as a person reads it; what cannot be read, as it was typed."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, Mapping) and "media_type" not in value:  # a whole row that came or went
        inside = form.field_at(path.partition(".")[0])
        columns = inside.fields if inside else ()
        texts = [_text(form, f"{path}.{one.id}", value.get(one.id), visit) for one in columns]
        return " · ".join(text for text in texts if text)
    field = form.field_at(path)
    try:
        return field.type.format(field.type.parse(value), visit.language) if field else str(value)
    except Refused:
        return value if isinstance(value, str) else str(value)
