"""Answers put where a path says."""

from typing import Any

from formkit.fields.base import JSON
from formkit.form import ROW_ID


def put(answers: dict[str, JSON], path: str, value: JSON) -> None:
    """Sets the answer at an instance path (`email`, `school.level`, `awards.r1.name`); with None, takes it away."""
    top, *inner = path.split(".")
    holder = answers
    if len(inner) == 1:
        holder = answers.setdefault(top, {})
    elif inner:
        rows: list[dict[str, JSON]] = answers.setdefault(top, [])
        found = [row for row in rows if row.get(ROW_ID) == inner[0]]
        holder = found[0] if found else {ROW_ID: inner[0]}
        if not found:
            rows.append(holder)
    if value is None:
        holder.pop((inner or [top])[-1], None)
    else:
        holder[(inner or [top])[-1]] = value


def put_blank(answers: dict[str, Any], path: str) -> None:
    """Sets a blank answer, which takes away what is on record."""
    top, *inner = path.split(".")
    if not inner:
        answers[top] = None
    elif len(inner) == 1:
        answers.setdefault(top, {})[inner[0]] = None
    else:
        for row in answers.get(top, ()):
            if row[ROW_ID] == inner[0]:
                row[inner[1]] = None
