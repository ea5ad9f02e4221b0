"""What pydantic says of a mapping → diagnostics in our own words, each at the words it is about."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from formkit.compiler.meaning import meant, meant_day, meant_id, meant_number, meant_size, plain
from formkit.compiler.reporting import Reporter, YamlPath
from formkit.schemas.values import ID_PATTERN

_CODES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "literal_error": "wrong-choice",
    **dict.fromkeys(("string_type", "string_too_short", "string_too_long"), "wrong-text"),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), "wrong-mapping"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "too_short", "too_long"), "wrong-list"),
    **dict.fromkeys(("bool_parsing", "bool_type"), "wrong-yes-no"),
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), "wrong-whole-number"),
    **dict.fromkeys(
        ("float_type", "float_parsing", "finite_number", "decimal_type", "decimal_parsing"), "wrong-number"
    ),
    **dict.fromkeys(("greater_than", "greater_than_equal"), "below-least"),
    **dict.fromkeys(("less_than", "less_than_equal"), "above-most"),
}
_WIDE_BRACKETS = "｛｝［］【】（）〔〕"
_OPENING = "｛［【（〔"


class Faults:
    """Reports what was wrong with the mapping at `at` that was to be a `spec`."""

    def __init__(self, reporter: Reporter, at: YamlPath, spec: type[BaseModel]) -> None:
        self.reporter, self.at, self.spec = reporter, at, spec
        self._mistaken: set[YamlPath] = set()

    def report(self, error: ValidationError) -> None:
        """Keeps each fault, save those that only follow from another."""
        faults = error.errors(include_url=False)
        for fault in faults:
            if fault["type"] == "missing":
                self._missing((*self.at, *fault["loc"]))
        for fault in faults:
            if fault["type"] != "missing":
                self._report(fault)

    def _missing(self, path: YamlPath) -> None:
        """A key that is missing, or is there under a name much like it."""
        wanted, written = str(path[-1]), self.reporter.value_at(path[:-1])
        known = {(field.alias or name) for name, field in _spec_at(self.spec, path[len(self.at) :]).items()}
        others = [key for key in written if key not in known] if isinstance(written, Mapping) else []
        for key in others:
            if meant(key, [wanted]) and (*path[:-1], key) not in self._mistaken:
                self._mistaken.add((*path[:-1], key))
                self.reporter.report_unknown("unknown-key", (*path[:-1], key), key, [wanted], key=True)
                return
        self.reporter.report("missing-key", path[:-1], {"value": wanted}, key=True)

    def _report(self, fault: Any) -> None:
        path = (*self.at, *fault["loc"])
        names_key = bool(path) and path[-1] == "[key]"
        path = path[:-1] if names_key else path
        if path in self._mistaken or self.reporter.value_at(path) is None:
            return
        if isinstance(fault["input"], Mapping) and None in fault["input"].values() and "text" in fault["type"]:
            return
        code = _CODES.get(fault["type"], fault["type"] if "-" in fault["type"] else "wrong-value")
        context = _plain(dict(fault.get("ctx", {})))
        if code == "unknown-key":
            known = [(field.alias or name) for name, field in _spec_at(self.spec, fault["loc"]).items()]
            self.reporter.report_unknown("unknown-key", path, str(path[-1]), known, key=True)
        elif code == "unknown-language":
            self._language(path, str(context["value"]), str(context["known"]).split(", "))
        else:
            self._value(code, path, fault, context, names_key=names_key)

    def _language(self, path: YamlPath, value: str, known: list[str]) -> None:
        at = (*path, value)
        if self.reporter.value_at(at) is not None:
            self.reporter.report_unknown("unknown-language", at, value, known, key=True)

    def _value(self, code: str, path: YamlPath, fault: Any, context: dict[str, object], *, names_key: bool) -> None:
        written = fault.get("input")
        value = str(context.pop("value", written)) if isinstance(written, str | int) else self.reporter.quoted(path)
        value = self.reporter.quoted(path) if isinstance(written, bool) else value[:80]
        if code == "wrong-choice":
            self._choice(path, value, re.findall(r"'([^']*)'", str(context.get("expected", ""))))
            return
        if code == "wrong-value":
            context["reason"] = fault["msg"]
        for bound, name in (("gt", "ge"), ("lt", "le")):
            if bound in context:
                context[name] = context[bound]
        code, near = _mended(code, value, path)
        params = {**context, "value": value, "near": near}
        variant = f"{code}.near" if near else code
        self.reporter.report(variant, path, params, key=names_key)

    def _choice(self, path: YamlPath, value: str, known: list[str]) -> None:
        slip = _list_slip(value)
        if slip:
            self.reporter.report(slip, path, {"found": value[0], "value": value, "near": _as_list(value)})
        else:
            self.reporter.report_unknown("wrong-choice", path, value, known)


def _mended(code: str, value: str, path: YamlPath) -> tuple[str, str]:
    """The code that fits best, and what the author meant, where that can be told."""
    if code == "wrong-yes-no":
        near = meant(value, ["true", "false"])
        return ("required-not-yes-no" if path[-1:] == ("required",) and not near else code), near
    if code == "wrong-locked":
        return code, meant(value, ["always", "after_submission", "never", "true", "false"])
    if code == "wrong-day":
        day = meant_day(value)
        return ("no-such-day" if day == "" else code), day or ""
    if code in ("wrong-size", "size-without-unit"):
        return code, meant_size(value)
    if code == "wrong-whole-number":
        return code, meant_number(value)
    if code in ("wrong-month", "wrong-year"):
        return code, "today" if meant(value, ["today"]) else ""
    return code, meant_id(value, ID_PATTERN) if code == "bad-id" else ""


def _list_slip(value: str) -> str:
    """How a list of words was written that is none."""
    if value[:1] in _OPENING and value:
        return "full-width-bracket"
    if any(sign in value for sign in "，、；"):
        return "full-width-comma"
    return "brackets-missing" if "," in value else ""


def _as_list(value: str) -> str:
    inside = value.strip(_WIDE_BRACKETS + "[] ")
    return "[" + ", ".join(word for word in re.split(r"[,，、；;\s]+", plain(inside)) if word) + "]"


def _spec_at(spec: type[BaseModel], location: YamlPath) -> dict[str, FieldInfo]:
    """The fields of the model an unknown key was written in, as far as annotations tell."""
    model: type[BaseModel] = spec
    for step in location[:-1]:
        field = model.model_fields.get(str(step)) or next(
            (f for f in model.model_fields.values() if f.alias == step), None
        )
        found = _model_in(field.annotation) if field else None
        model = found or model
    return dict(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found:
            return found
    return None


def _plain(context: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, str | int) else str(value) for name, value in context.items()}
