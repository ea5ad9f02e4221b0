"""What a page posted, name by name → the raw answers of its step, and back; and small edits of raw answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID, Field, Form

Pairs = Sequence[tuple[str, str]]
CONTROL = "_"
"""Names that begin with it are the page's own (`_action`, `_csrf`, `_version`): no field's id does."""


def answers_from_pairs(form: Form, step: str, pairs: Pairs, shown: Iterable[str] = ()) -> dict[str, JSON]:
    """The raw answers a page posted, nested as the form is.

    `shown` are the instance paths of fields the page had a control for: one of this step that did not come is blank
    (an unticked radio, a file taken away). Names the form does not know are passed on, for validation to refuse.
    """
    answers: dict[str, JSON] = {}
    for name, values in _by_name(pairs).items():
        _put(answers, form.top_fields, name, _one_or_many(values))
    for path in shown:
        if form.step_of.get(path.partition(".")[0]) == step:
            _blank_if_absent(answers, path)
    return {name: _as_list(form.top_fields.get(name), value) for name, value in answers.items()}


def pairs_from_answers(form: Form, step: str, answers: Mapping[str, JSON]) -> list[tuple[str, str]]:
    """What a page would post to give these raw answers."""
    fields = [field for field in form.steps_by_id[step].fields if field.id in answers]
    return [pair for field in fields for pair in _pairs(field, field.id, answers[field.id])]


def over(old: Mapping[str, JSON], new: Mapping[str, JSON], form: Form) -> dict[str, JSON]:
    """New answers laid over old ones; inside groups and rows too, for a page does not post what it does not show."""
    laid = {**old, **new}
    for name in new:
        field, value = form.top_fields.get(name), new[name]
        if field is not None and field.shape is Shape.GROUP and isinstance(value, Mapping):
            laid[name] = {**_mapping(old.get(name)), **value}
        elif field is not None and field.shape is Shape.ROWS and isinstance(value, list):
            laid[name] = [_over_row(_rows(old.get(name)), row) if isinstance(row, Mapping) else row for row in value]
    return laid


def _over_row(rows: Sequence[Mapping[str, JSON]], row: Mapping[str, JSON]) -> dict[str, JSON]:
    """A row laid over the one of its id; what is posted as an id may be anything."""
    before = next((one for one in rows if one.get(ROW_ID) == row.get(ROW_ID)), {})
    return {**before, **row}


def answer_at(answers: Mapping[str, JSON], path: str) -> JSON:
    """The raw answer at an instance path; None if there is none."""
    here: JSON = answers
    for part in path.split("."):
        if isinstance(here, list):
            here = next((row for row in _rows(here) if row.get(ROW_ID) == part), None)
        else:
            here = here.get(part) if isinstance(here, Mapping) else None
    return here


def with_answer(answers: Mapping[str, JSON], path: str, value: JSON) -> dict[str, JSON]:
    """The answers with another one at an instance path whose group or row is there already."""
    name, _, rest = path.partition(".")
    if not rest:
        return {**answers, name: value}
    inside = answers.get(name)
    if isinstance(inside, list):
        row_id, _, column = rest.partition(".")
        rows = [
            with_answer(row, column, value) if isinstance(row, Mapping) and row.get(ROW_ID) == row_id else row
            for row in inside
        ]
        return {**answers, name: rows}
    return {**answers, name: with_answer(_mapping(inside), rest, value)}


def with_new_row(rows: JSON, taken: Iterable[JSON] = ()) -> tuple[list[JSON], str]:
    """The rows with a blank one at the end, and its id: one that neither they nor `taken` have."""
    kept = list(rows) if isinstance(rows, list) else []
    ids = {row.get(ROW_ID) for row in _rows(kept)} | set(taken)
    fresh = next(f"r{number}" for number in range(1, len(ids) + 2) if f"r{number}" not in ids)
    return [*kept, {ROW_ID: fresh}], fresh


def without_row(rows: JSON, row_id: str) -> list[JSON]:
    """The rows without one."""
    return [row for row in _rows(rows) if row.get(ROW_ID) != row_id]


def _by_name(pairs: Pairs) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if not name.startswith(CONTROL):
            found.setdefault(name, []).append(value)
    return found


def _one_or_many(values: list[str]) -> JSON:
    """A hidden blank stands before boxes that may stay unticked: it counts only where nothing else came."""
    told = [value for value in values if value != ""]
    return told if len(told) > 1 else told[0] if told else ""


def _put(answers: dict[str, JSON], fields: Mapping[str, Field], name: str, value: JSON) -> None:
    """Puts a value at `field`, `group.field` or `rows.id.column`; what goes deeper stays a name nobody knows."""
    top, _, rest = name.partition(".")
    inside = answers.get(top)
    if not rest:
        if not (isinstance(inside, dict) and value == ""):  # the marker of rows that did come
            answers[top] = value
        return
    if not isinstance(inside, dict):
        inside = answers[top] = {}
    field = fields.get(top)
    if field is None or field.shape is not Shape.ROWS:
        inside[rest] = value
        return
    row_id, _, column = rest.partition(".")
    row = inside.setdefault(row_id, {} if column else value)
    if column and isinstance(row, dict):
        row[column] = value


def _blank_if_absent(answers: dict[str, JSON], path: str) -> None:
    name, _, rest = path.partition(".")
    if not rest:
        answers.setdefault(name, None)
    elif isinstance(answers.get(name), dict):
        _blank_if_absent(answers[name], rest)


def _as_list(field: Field | None, value: JSON) -> JSON:
    """Rows were gathered by their ids; they are a list, in the order in which they came."""
    if field is None or field.shape is not Shape.ROWS or not isinstance(value, dict):
        return value
    return [{ROW_ID: row_id, **row} if isinstance(row, dict) else row for row_id, row in value.items()]


def _pairs(field: Field, name: str, value: JSON) -> Iterator[tuple[str, str]]:
    if field.shape is Shape.GROUP and isinstance(value, Mapping):
        for inner in field.fields:
            if inner.id in value:
                yield from _pairs(inner, f"{name}.{inner.id}", value[inner.id])
    elif field.shape is Shape.ROWS and isinstance(value, list):
        yield name, ""
        for row in _rows(value):
            yield f"{name}.{row[ROW_ID]}.{ROW_ID}", str(row[ROW_ID])
            for inner in field.fields:
                if inner.id in row:
                    yield from _pairs(inner, f"{name}.{row[ROW_ID]}.{inner.id}", row[inner.id])
    else:
        several = value if isinstance(value, list) and value else [value]
        yield from ((name, _posted(one)) for one in several)


def _posted(value: JSON) -> str:
    if isinstance(value, Mapping):
        return str(value.get("id", ""))
    if value is None or value == []:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _rows(value: JSON) -> list[Mapping[str, JSON]]:
    return [row for row in value if isinstance(row, Mapping) and ROW_ID in row] if isinstance(value, list) else []


def _mapping(value: JSON) -> Mapping[str, JSON]:
    return value if isinstance(value, Mapping) else {}
