"""The collection form as a JSON Schema, by hand, for jsonschema-rs."""

from typing import Any

import jsonschema_rs

from benchmarks.collection import values
from benchmarks.people import Given

LEAVES_OUT = (
    "reading of texts (it is given JSON of the right types), cleaning, check digits, days and years not to be in the "
    "future, years in order, the upright picture, qualifications that stand twice, the seven "
    "values known from registration, warnings, and the values themselves: it only says what is wrong, and drops nothing"
)

_MONTH = {"type": "string", "pattern": "^(19[4-9]|20[0-2])[0-9]-(0[1-9]|1[0-2])$"}
_YEAR = {"type": "integer", "minimum": 2005, "maximum": 2026}
_ROW_ID = {"type": "string", "pattern": "^[a-z0-9]{1,32}$"}
_BOOLEAN = {"type": "boolean"}
_CREDIT_CODE = {"type": "string", "pattern": "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"}
_EMAIL = {"type": "string", "maxLength": 254, "pattern": r"^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$"}


def _line(most: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": most, "pattern": r"\S"}


def _choice(list_id: str) -> dict[str, Any]:
    return {"enum": list(values(list_id))}


def _image(least: int = 0, most: int = 5 << 20, width: int = 1, height: int = 1) -> dict[str, Any]:
    described = {
        "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
        "name": {"type": "string", "maxLength": 255},
        "size": {"type": "integer", "minimum": least, "maximum": most},
        "media_type": {"enum": ["image/jpeg", "image/png"]},
        "width": {"type": "integer", "minimum": width, "maximum": 10**6},
        "height": {"type": "integer", "minimum": height, "maximum": 10**6},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }
    return _object(described, *(name for name in described if name != "sha256"))


def _object(properties: dict[str, Any], *required: str, **more: Any) -> dict[str, Any]:
    made = {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
    return made | more


def _rows(columns: dict[str, Any], required: tuple[str, ...], most: int, **more: Any) -> dict[str, Any]:
    row = _object({"_id": _ROW_ID, **columns}, "_id", *required, **more)
    return {"type": "array", "items": row, "maxItems": most, "uniqueItems": True}


def _shown(when: dict[str, Any], fields: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    """Judges fields only while they are shown: a condition on one answer decides."""
    name = next(iter(when))
    holds = {"properties": when, "required": [name]}
    return {"if": holds, "then": {"properties": fields, "required": list(required)}}


_EDUCATION_REST = {
    "degree": _choice("degrees"),
    "school": _line(100),
    "graduated": _MONTH,
}
EDUCATION = _object(
    {"level": _choice("education_levels")} | {name: {} for name in ("degree", "school", "major", "graduated")},
    "level",
    allOf=[
        _shown({"level": {"not": {"const": "none"}}}, _EDUCATION_REST, tuple(_EDUCATION_REST)),
        _shown({"level": {"not": {"enum": ["none", "60", "70"]}}}, {"major": _line(100)}, ("major",)),
    ],
)
_UNIT = {"unit_name": _line(100), "unit_code": _CREDIT_CODE, "position": {"type": "string", "maxLength": 50}}
_SHOWN_WHEN = [
    _shown({"employment_status": {"enum": ["accounting", "non_accounting"]}}, _UNIT, ("unit_name", "unit_code")),
    _shown({"employment_status": {"const": "accounting"}}, {"accounting_since": _MONTH}, ("accounting_since",)),
    _shown({"employment_status": {"const": "student"}}, {"student_card": _image()}, ("student_card",)),
    _shown({"has_abacus_level": {"const": True}}, {"abacus_level": _choice("abacus_level")}, ("abacus_level",)),
]
_ALWAYS = {
    "pledge": {"const": True},
    "ethnic_group": _choice("ethnic_groups"),
    "political_status": _choice("political_status"),
    "email": _EMAIL,
    "portrait": _image(10 << 10, 2 << 20, 295, 413),
    "id_card_portrait_side": _image(),
    "id_card_emblem_side": _image(),
    "full_time": EDUCATION,
    "employment_status": _choice("employment_status"),
    "division": _choice("guangdong_divisions"),
    "is_cpa": _BOOLEAN,
    "is_tax_agent": _BOOLEAN,
    "is_asset_appraiser": _BOOLEAN,
    "has_abacus_level": _BOOLEAN,
}
_SOMETIMES = (
    "document_front document_back document_page unit_name unit_code position accounting_since student_card abacus_level"
)
_QUALIFICATION = {
    "type": _choice("qualification_type"),
    "level": _choice("qualification_level"),
    "obtained_by": _choice("obtained_by"),
}
_TALENT = {"type": _choice("talent_type"), "selected_year": _YEAR, "training_status": _choice("training_status")}
_GRADUATED = _shown({"training_status": {"const": "graduated"}}, {"graduation_year": _YEAR}, ("graduation_year",))
_AWARD = {"name": _line(100), "level": _choice("award_level")}
_ROWS = {
    "qualifications": _rows(_QUALIFICATION, tuple(_QUALIFICATION), 20),
    "talents": _rows(_TALENT | {"graduation_year": {}}, tuple(_TALENT), 20, allOf=[_GRADUATED]),
    "awards": _rows(_AWARD, tuple(_AWARD), 50),
}
SCHEMA = _object(
    {**_ALWAYS, **_ROWS, "part_time": EDUCATION, **{name: {} for name in _SOMETIMES.split()}},
    *_ALWAYS,
    allOf=_SHOWN_WHEN,
)
_VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


def accepts(given: Given) -> bool:
    """Whether the answers keep the schema; what is wrong with them is collected by place."""
    if _VALIDATOR.is_valid(given.answers):
        return True
    found = {"/".join(map(str, error.instance_path)): error.message for error in _VALIDATOR.iter_errors(given.answers)}
    return not found
