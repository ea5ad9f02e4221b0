"""The `json` renderer: the view as JSON, for a program that draws its own page."""

import json

from formkit.fields.base import JSON
from formkit.renderers.page import Page
from formkit.renderers.view import FieldView, FormView, RowView, SectionView, StepView, SummaryItem


class JsonRenderer:
    """One JSON object a view; conditions are the rules as `formkit.js` reads them."""

    whole = False

    def __call__(self, view: FormView, page: Page) -> str:
        """The object as text."""
        return json.dumps(_form(view, page), ensure_ascii=False, indent=1)


def _form(view: FormView, page: Page) -> dict[str, JSON]:
    form = view.parts.form
    return {
        "form": form.id,
        "edition": form.edition,
        "title": view.title,
        "language": view.html_language,
        "current": view.current,
        "action": page.action,
        "number": view.number,
        "count": view.count,
        "progress": [{"id": item.id, "title": item.title, "state": item.state} for item in view.progress],
        "steps": [_step(step) for step in view.steps],
        "errors": [_issue(item) for item in view.errors],
        "warnings": [_issue(item) for item in view.warnings],
        "notices": [_issue(item) for item in view.notices],
    }


def _issue(item: SummaryItem) -> dict[str, JSON]:
    return {"label": item.label, "text": item.text}


def _step(step: StepView) -> dict[str, JSON]:
    return {
        "id": step.id,
        "title": step.title,
        "note": str(step.part.note),
        "context": json.loads(step.answers),
        "sections": [_section(section) for section in step.sections],
    }


def _section(section: SectionView) -> dict[str, JSON]:
    condition = section.part.condition
    return {
        "id": section.id,
        "title": section.part.title,
        "note": str(section.part.note),
        "condition": json.loads(condition.json) if condition else None,
        "fields": [_field(field) for field in section.fields],
    }


def _field(field: FieldView) -> dict[str, JSON]:
    part = field.part
    found: dict[str, JSON] = {
        "name": field.name,
        "type": part.type.name,
        "widget": part.widget,
        "label": part.label,
        "value": field.value,
        "text": field.text if field.is_value else "",
        "required": field.required,
        "locked": field.locked,
        "lock_reason": field.lock_reason,
        "calculated": field.calculated,
        "condition": json.loads(part.condition.json) if part.condition else None,
        "hints": [str(hint.html) for hint in field.hints if not hint.hidden]
        + ([part.own_hint] if part.own_hint else []),
        "errors": list(field.errors),
        "warnings": list(field.warnings),
    }
    if part.options:
        offered = [*part.options, *field.retired]
        found["options"] = [{"value": one.value, "label": one.label, "group": one.group} for one in offered]
    if field.fields:
        found["fields"] = [_field(inner) for inner in field.fields]
    if field.rows or field.blank_row:
        found["rows"] = [_row(row) for row in field.rows]
        found["columns"] = [_field(inner) for inner in field.blank_row.fields] if field.blank_row else []
    return found


def _hints(field: FieldView) -> list[JSON]:
    own = [field.part.own_hint] if field.part.own_hint else []
    return [str(hint.html) for hint in field.hints if not hint.hidden] + own


def _row(row: RowView) -> dict[str, JSON]:
    return {"id": row.id, "title": row.title, "errors": list(row.errors), "fields": [_field(f) for f in row.fields]}
