"""The field types: a registry of classes, each of which declares everything about itself."""

from typing import Any

from formkit.fields.base import (
    Examples,
    FieldType,
    Finding,
    Moment,
    Options,
    OptionsInvalid,
    Refused,
    Shape,
    Surroundings,
)
from formkit.fields.choice import ChoiceField, ChoicesField, ConsentField, YesNoField
from formkit.fields.dates import DateField, MonthField, YearField
from formkit.fields.identity import CreditCodeField, IdentityDocumentField, ResidentIdField
from formkit.fields.numbers import DecimalField, IntegerField, MoneyField
from formkit.fields.passwords import PasswordField
from formkit.fields.structure import GroupField, NoteField, RowsField
from formkit.fields.text import EmailField, LongTextField, MobileField, TextField
from formkit.fields.uploads import FileField, ImageField
from formkit.registry import Registry

_CLASSES: tuple[type[FieldType[Any]], ...] = (
    TextField,
    LongTextField,
    IntegerField,
    DecimalField,
    MoneyField,
    YesNoField,
    ConsentField,
    ChoiceField,
    ChoicesField,
    DateField,
    MonthField,
    YearField,
    EmailField,
    MobileField,
    PasswordField,
    ResidentIdField,
    IdentityDocumentField,
    CreditCodeField,
    ImageField,
    FileField,
    GroupField,
    RowsField,
    NoteField,
)

FIELD_TYPES: Registry[type[FieldType[Any]]] = Registry("field type", {kind.name: kind for kind in _CLASSES})

__all__ = [
    "FIELD_TYPES",
    "Examples",
    "FieldType",
    "Finding",
    "Moment",
    "Options",
    "OptionsInvalid",
    "Refused",
    "Shape",
    "Surroundings",
]
