"""The keys of a form file by where one stands: what may be written there, and what each means."""

from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from formkit.fields import FIELD_TYPES
from formkit.schemas.cases_spec import CasesFileSpec
from formkit.schemas.form_spec import (
    CalendarSpec,
    ChoiceListSpec,
    DifferenceSpec,
    FieldSpec,
    FormSpec,
    SectionSpec,
    StepSpec,
)

_PLACED = (StepSpec, SectionSpec, FieldSpec)
_OUT = {"remove": DifferenceSpec.model_fields["remove"]}
_BY_KIND: Mapping[str, type[BaseModel]] = {"calendar": CalendarSpec, "cases": CasesFileSpec}


def keys_at(
    path: Sequence[str], kind: str | None, field_type: str, *, variant: bool = False
) -> Mapping[str, FieldInfo]:
    """The keys that may stand below the keys of `path`; in a field those of its type too, in a variant its own."""
    model = _model_at(path, _BY_KIND.get(kind or "", FormSpec))
    if model is None:
        return {}
    found = {info.alias or name: info for name, info in model.model_fields.items()}
    if model is FieldSpec and field_type in FIELD_TYPES:
        own = FIELD_TYPES[field_type].Options.model_fields
        found |= {info.alias or name: info for name, info in own.items()}
    if variant and model is not ChoiceListSpec:
        found |= DifferenceSpec.model_fields if model in _PLACED else _OUT
    return found


def _model_at(path: Sequence[str], start: type[BaseModel]) -> type[BaseModel] | None:
    """The model of the mapping below a path; None where ids or a value stand there."""
    model: type[BaseModel] = start
    by_id = False
    for step in path:
        if by_id:
            by_id = False
            continue
        found = _inside(model, step)
        if found is None and model is ChoiceListSpec:
            found = _inside(model, "choices")  # written short, its choices alone
            if found is None:
                return None
            model = found[0]
            continue
        if found is None:
            return None
        model, by_id = found
    return None if by_id else model


def _inside(model: type[BaseModel], key: str) -> tuple[type[BaseModel], bool] | None:
    """The model that stands below a key, and whether ids stand between."""
    for name, hint in get_type_hints(model, include_extras=True).items():
        info = model.model_fields.get(name)
        if info is not None and key == (info.alias or name):
            return _model_in(hint, by_id=False)
    return None


def _model_in(hint: Any, *, by_id: bool) -> tuple[type[BaseModel], bool] | None:
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint, by_id
    if origin is Annotated or origin is list:
        return _model_in(inner[0], by_id=by_id)
    if origin is dict:
        return _model_in(inner[1], by_id=True)
    if origin in (Union, UnionType):
        return next((found for each in inner if (found := _model_in(each, by_id=by_id))), None)
    return None
