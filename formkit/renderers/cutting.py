"""Drawn fields, remembered: what a template makes of a field is kept, cut where the person's answers stand.

The templates stay the only source of markup. A widget's template is a pure function of its field, so its output can be
kept for every value of a choice; for free text, and for the id of a row, once, drawn around a mark; for a group and for
rows once, drawn around the fields inside. A template that does more with these than write them out is noticed, and
drawn anew each time. No person's text is kept.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from markupsafe import Markup, escape

from formkit.fields.base import Shape
from formkit.renderers.parts import FieldPart
from formkit.renderers.standins import (
    SEALED_TUPLE,
    SEALED_VALUES,
    MarkedName,
    MarkedNumber,
    MarkedText,
    Sealed,
    Touched,
)
from formkit.renderers.view import FieldView, RowView

_Drawn = Callable[[FieldView], Markup]
_Pieces = tuple[str, ...]
_MOST_VARIANTS = 400
_NOT_YET: _Pieces = ("not drawn yet",)
_EDGES = ("\ufdd0", "\ufdd1\ufdd1")
_HOLDING = (Shape.GROUP, Shape.ROWS)


class Cuttings:
    """Pieces of drawn fields by what they were drawn from; forgotten with the form they belong to.

    Every other piece is a text; those between are names of what stands there: `value`, `row` (the id of the row the
    field is in), `r2` (the id of the third row inside), `f0` (the first field inside). A blank row that is the very one
    of the page before is not looked at again.
    """

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[FieldPart, dict[object, _Pieces | None]] = WeakKeyDictionary()
        self._blanks: WeakKeyDictionary[FieldPart, tuple[RowView, tuple[Markup, ...]]] = WeakKeyDictionary()

    def draw(self, field: FieldView, drawn: _Drawn) -> Markup:
        """What `drawn` makes of the field, from memory where that is the same."""
        if type(field) is Sealed:
            return field.mark
        free = _is_free(field)
        if free is None:
            return drawn(field)
        row = _row_id(field)
        pieces = self._pieces(field, free, row, drawn)
        if pieces is None:
            return drawn(field)
        if len(pieces) == 1:
            return Markup(pieces[0])  # noqa: S704 - what a template wrote
        return self._filled(field, pieces, row, drawn)

    def _pieces(self, field: FieldView, free: bool, row: str, drawn: _Drawn) -> _Pieces | None:
        known = self._known.get(field.part)
        if known is None:
            known = self._known[field.part] = {}
        key = _key(field, free, row)
        pieces = known.get(key, _NOT_YET)
        if pieces is _NOT_YET:
            if len(known) >= _MOST_VARIANTS:
                known.clear()
            pieces = known[key] = _cut(field, free, row, drawn)
        return pieces

    def _filled(self, field: FieldView, pieces: _Pieces, row: str, drawn: _Drawn) -> Markup:
        names, whole = pieces[1::2], list(pieces)
        if field.part.field.shape in _HOLDING:
            inside = self._drawn_inside(field, drawn)
            told = {f"r{at}": escape(each.id) for at, each in enumerate(field.rows)}
            told |= {f"f{at}": each for at, each in enumerate(inside)}
        else:
            told = {"value": escape(field.value)}
        if row:
            told["row"] = escape(row)
        whole[1::2] = [told[name] for name in names]
        return Markup("".join(whole))  # noqa: S704 - what a template wrote, and what was escaped

    def _drawn_inside(self, field: FieldView, drawn: _Drawn) -> list[Markup]:
        inside, blank = [self.draw(each, drawn) for each in _inside(field)], field.blank_row
        if blank is None:
            return inside
        known = self._blanks.get(field.part)
        if known is None or known[0] is not blank:
            known = self._blanks[field.part] = (blank, tuple([self.draw(each, drawn) for each in blank.fields]))
        return [*inside, *known[1]]


def _is_free(field: FieldView) -> bool | None:
    """Whether the field is kept for any value, or for this one of few that the form itself names; None: not at all."""
    if field.errors or field.warnings or field.files or field.retired:
        return None
    part, value = field.part, field.value
    if part.field.shape in _HOLDING:
        return None if type(value) not in SEALED_VALUES or any(row.errors for row in field.rows) else True
    if value is None or type(value) is bool:
        return False
    if part.choice_list is None:
        return True if type(value) is str or type(value) is int else None
    offered = part.choice_list.by_value
    return False if field.selected and all(one in offered for one in field.selected) else None


def _row_id(field: FieldView) -> str:
    """The id of the row the field is in, if it is in one: what its name has more than its path."""
    if field.name == field.part.path:
        return ""
    names, path = field.name.split("."), field.part.path.split(".")
    if len(names) != len(path) + 1:
        return ""
    return next((name for name, own in zip(names, path, strict=False) if name != own), "")


def _inside(field: FieldView) -> list[FieldView]:
    inside = [*field.fields]
    for row in field.rows:
        inside += row.fields
    return inside


def _key(field: FieldView, free: bool, row: str) -> object:
    """Everything a template can read of a field, but for what is marked."""
    return (
        field.name.replace(f".{row}.", "..", 1) if row else field.name,
        type(field.value),
        free or field.value if type(field.value) is bool else () if free else tuple(field.selected),
        field.required,
        field.typed,
        field.visible,
        field.hidden,
        field.css,
        field.locked,
        field.lock_told,
        field.lock_reason,
        field.calculated,
        bool(field.described_by),
        tuple([hint.hidden for hint in field.hints]),
        tuple([hint.html for hint in field.hints]) if len(field.hints) != len(field.part.hints) else None,
        _key_inside(field) if field.part.field.shape in _HOLDING else None,
    )


def _key_inside(field: FieldView) -> object:
    blank = field.blank_row
    return (
        len(field.fields),
        tuple([(row.title, len(row.fields)) for row in field.rows]),
        (blank.id, blank.title, len(blank.fields)) if blank else None,
    )


def _cut(field: FieldView, free: bool, row: str, drawn: _Drawn) -> _Pieces | None:
    """The pieces around what is marked; None if the template does something else with that."""
    holding = field.part.field.shape in _HOLDING
    if not free and not row:
        return (str(drawn(field)),)
    if free and field.read_only and not holding:
        return None
    try:
        first, second = (
            re.split(f"{edge}aZ([a-z]+[0-9]*){edge}", drawn(_Marking(edge).field(field, free, row))) for edge in _EDGES
        )
    except (Touched, Exception):
        return None  # a fault of the template's own comes up when it is drawn anew
    return tuple(first) if first == second else None


class _Marking:
    """Marks the answers of a field, with marks of one kind: what was done to them shows against another kind's.

    Marks have letters in both cases and differ in length.
    """

    def __init__(self, edge: str) -> None:
        self.edge = edge

    def field(self, field: FieldView, free: bool, row: str) -> FieldView:
        """The field with marks in place of its answers."""
        marked: dict[str, Any] = self._named(field, row) if row else {}
        if free and field.part.field.shape in _HOLDING:
            marked |= self._sealed(field, marked.get("name", field.name), marked.get("id", field.id))
        elif free:
            kind = MarkedText if isinstance(field.value, str) else MarkedNumber
            marked |= {"value": kind(self._mark("value")), "selected": SEALED_TUPLE}
        return replace(field, **marked)

    def _mark(self, name: str) -> str:
        return f"{self.edge}aZ{name}{self.edge}"

    def _named(self, field: FieldView, row: str) -> dict[str, Any]:
        html_id = field.id.replace(f"-{row}-", f"-{self._mark('row')}-", 1)
        return {
            "name": MarkedName(field.name.replace(f".{row}.", f".{self._mark('row')}.", 1)),
            "id": MarkedName(html_id),
            "described_by": MarkedName(field.described_by.replace(field.id, html_id)) if field.described_by else "",
        }

    def _sealed(self, field: FieldView, name: str, html_id: str) -> dict[str, Any]:
        blank, rows = field.blank_row, list[RowView]()
        count = len(_inside(field)) + (len(blank.fields) if blank else 0)
        sealed = [Sealed(self._mark(f"f{at}")) for at in range(count)]
        fields, at = sealed[: len(field.fields)], len(field.fields)
        for number, row in enumerate(field.rows):
            inside, at = sealed[at : at + len(row.fields)], at + len(row.fields)
            rows.append(self._row(row, f"r{number}", name, html_id, inside))
        return {
            "value": SEALED_VALUES[type(field.value)],
            "selected": SEALED_TUPLE,
            "fields": fields,
            "rows": rows,
            "blank_row": replace(blank, fields=sealed[at:]) if blank else None,
        }

    def _row(self, row: RowView, mark: str, name: str, html_id: str, inside: Sequence[Any]) -> RowView:
        row_id = self._mark(mark)
        return replace(
            row,
            id=MarkedName(row_id),
            name=MarkedName(f"{_plain(name)}.{row_id}"),
            html_id=MarkedName(f"{_plain(html_id)}-{row_id}"),
            fields=inside,
        )


def _plain(text: str) -> str:
    return "".join(str.__iter__(text))
