"""A pydantic model → the table of its keys: what may be written, what holds if nothing is, what it means."""

from collections.abc import Mapping
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from docs.generating.markdown import code, table
from formkit.expressions.types import UNBOUNDED
from formkit.fields.dates import DayLimit, MonthLimit, YearLimit
from formkit.fields.numbers import Limit
from formkit.fields.uploads import shown_size
from formkit.schemas import cases_spec, form_spec
from formkit.schemas.values import Day, ExpressionSpec, Id, RuleSpec, Size, TextSpec, Words
from formkit.texts import Text

_NAMED: tuple[tuple[Any, str], ...] = (
    (TextSpec, "text"),
    (RuleSpec, "condition"),
    (ExpressionSpec, "expression"),
    (Day, "day"),
    (Id, "id"),
    (Size, "size"),
    (Words, "word, or list of words"),
    (cases_spec.ExpectedIssues, "path: code, or [an issue](#an-issue-expected), or a list; or `none`"),
    (form_spec.Hints, "text, or list of `when` and `text`"),
    (form_spec.Locked, "`always`, `after_submission`, `never`"),
    (form_spec.ChoiceValue, "text, or [a choice](#a-choice)"),
    (form_spec.ChoiceListValue, "[a choice list](#a-choice-list)"),
    (dict[str, form_spec.TreatmentValue], "path: `keep`, `ask_again`, or [a treatment](#a-treatment)"),
    (Literal[True], "`true`"),
    (form_spec.Migration, "old value: new value; or one new value"),
    (DayLimit, "day, or `today`"),
    (MonthLimit, "month, or `today`"),
    (YearLimit, "year, or `today`"),
    (Limit, "number"),
    (bool, "`true`, `false`"),
    (int, "whole number"),
    (str, "word"),
    (Decimal, "number"),
    (Any, "anything"),
)


def keys_table(model: type[BaseModel], headings: Mapping[str, str] | None = None, *, on: str = "") -> str:
    """The table of a model's own keys; `headings` are the models that have a section on the page `on`."""
    hints = get_type_hints(model, include_extras=True)
    rows = [
        (
            code(field.alias or name),
            _kind(hints[name], headings or {}, on),
            _default(field, hints[name]),
            _meaning(field),
        )
        for name, field in model.model_fields.items()
    ]
    return table(("Key", "What is written", "If left out", "Meaning"), rows)


def _meaning(field: FieldInfo) -> str:
    return field.description or ""


def _kind(hint: Any, headings: Mapping[str, str], on: str) -> str:
    for known, words in _NAMED:
        if hint == known:
            return words
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _kind(inner[0], headings, on)
    if origin is Literal:
        return ", ".join(code(str(each)) for each in inner)
    if origin in (Union, UnionType):
        return " or ".join(_kind(each, headings, on) for each in inner if each is not NoneType)
    if origin is list:
        return f"list of {_kind(inner[0], headings, on)}"
    if origin is dict:
        return f"id: {_kind(inner[1], headings, on)}"
    return _model(hint, headings, on)


def _model(model: type[BaseModel], headings: Mapping[str, str], on: str) -> str:
    heading = headings[model.__name__]
    return f"[{heading.lower()}]({on}#{heading.lower().replace(' ', '-')})"


def _default(field: FieldInfo, hint: Any) -> str:
    if field.is_required():
        return "must be there"
    found = field.get_default(call_default_factory=True)
    if found is None or found is PydanticUndefined or isinstance(found, BaseModel) or found in ([], {}):
        return ""
    if isinstance(found, int | Decimal) and abs(found) == UNBOUNDED:
        return "no limit"
    if isinstance(found, Text):
        return ", ".join(found.values())
    return code(_written(found, hint))


def _written(found: object, hint: Any) -> str:
    if hint == Size and isinstance(found, int):
        return shown_size(found)
    if isinstance(found, bool):
        return str(found).lower()
    return f"[{', '.join(map(str, found))}]" if isinstance(found, list) else str(found)
