"""Drawn fields, remembered: what a template makes of a field is kept, cut where the person's value stands.

The templates stay the only source of markup. A widget's template is a pure function of its field, so its output can be
kept for every value of a choice, and for free text once, drawn around a marker. A template that does more with the
value than write it out (compares it, measures it) is noticed, and drawn anew each time. No person's text is kept.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

from markupsafe import Markup, escape

from formkit.fields.base import JSON, Shape
from formkit.renderers.parts import FieldPart
from formkit.renderers.view import FieldView

_MOST_VARIANTS = 400
_MARKERS = ("\ufdd0formkit-1\ufdd0", "\ufdd1formkit-2\ufdd1")
_Pieces = tuple[str, ...]
_NOT_YET: _Pieces = ("not drawn yet",)


class Cuttings:
    """Pieces of drawn fields by what they were drawn from; forgotten with the form they belong to."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[FieldPart, dict[object, _Pieces | None]] = WeakKeyDictionary()

    def draw(self, field: FieldView, drawn: Callable[[FieldView], Markup]) -> Markup:
        """What `drawn` makes of the field, from memory where that is the same."""
        part = field.part
        if field.errors or field.warnings or field.files or field.retired or part.field.shape not in _CUT:
            return drawn(field)
        value = field.value
        free = part.choice_list is None and (type(value) is str or type(value) is int)
        if not free and not _is_of_few(part, field):
            return drawn(field)
        known = self._known.get(part)
        if known is None:
            known = self._known[part] = {}
        key = _key(field, () if free else tuple(field.selected))
        pieces = known.get(key, _NOT_YET)
        if pieces is _NOT_YET:
            if len(known) >= _MOST_VARIANTS:
                known.clear()
            pieces = known[key] = _cut(field, drawn) if free else (str(drawn(field)),)
        if pieces is None:
            return drawn(field)
        return Markup(str(escape(value)).join(pieces))  # noqa: S704 - cut from what a template wrote


def _is_of_few(part: FieldPart, field: FieldView) -> bool:
    """Whether the value is one of few that the form itself names."""
    if field.value is None or type(field.value) is bool:
        return True
    offered = part.choice_list.by_value if part.choice_list else {}
    return bool(field.selected) and all(one in offered for one in field.selected)


_CUT = (Shape.VALUE, Shape.NOTE)


def _key(field: FieldView, value: object) -> object:
    """Everything a template can read of a field, but for a free value."""
    return (
        field.name,
        type(field.value),
        value,
        field.required,
        field.typed,
        field.visible,
        field.hidden,
        field.css,
        field.locked,
        field.lock_told,
        field.lock_reason,
        field.calculated,
        field.described_by,
        tuple([hint.hidden for hint in field.hints]),
        tuple([hint.html for hint in field.hints]) if len(field.hints) != len(field.part.hints) else None,
    )


def _cut(field: FieldView, drawn: Callable[[FieldView], Markup]) -> _Pieces | None:
    """The pieces around the value; None if the template does something else with it."""
    if field.read_only:
        return None
    try:
        first, second = (
            drawn(replace(field, value=_marked(field.value, marker), selected=_UNTOUCHABLE)).split(marker)
            for marker in _MARKERS
        )
    except _Touched:
        return None
    return tuple(first) if first == second else None


def _marked(value: JSON, marker: str) -> Any:
    return _MarkedText(marker) if isinstance(value, str) else _MarkedNumber(marker)


class _Touched(Exception):  # noqa: N818 - a verdict: the template asked something of the value
    """A template did more with a value than write it out."""


def _touched(*_: object, **__: object) -> NoReturn:
    raise _Touched


_GUARDED = (  # noqa: SIM905 - thirty words read better unquoted
    "__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __str__ __repr__ __format__ __add__ __radd__ __sub__ "
    "__rsub__ __mul__ __rmul__ __mod__ __rmod__ __floordiv__ __rfloordiv__ __truediv__ __rtruediv__ __int__ __float__ "
    "__index__ __abs__ __neg__ __contains__ __getitem__ __iter__ __len__"
).split()


def _guarded(base: type) -> type:
    names: dict[str, object] = dict.fromkeys(_GUARDED, _touched)
    for name in dir(base):
        if not name.startswith("__"):
            names[name] = _touched
    return type(f"_Guarded{base.__name__.title()}", (base,), names)


class _MarkedText(_guarded(str)):  # type: ignore[misc]
    """A text that can only be written out."""

    def __html__(self) -> str:
        return "".join(str.__iter__(self))


class _MarkedNumber(_guarded(int)):  # type: ignore[misc]
    """A number that can only be written out, as the marker it stands for."""

    def __new__(cls, marker: str) -> "_MarkedNumber":
        made = int.__new__(cls, 0)
        made.marker = marker
        return made

    def __html__(self) -> str:
        return str(self.marker)


class _Untouchable(_guarded(tuple)):  # type: ignore[misc]
    """Chosen values that cannot be asked for."""

    __html__ = _touched


_UNTOUCHABLE = _Untouchable()
