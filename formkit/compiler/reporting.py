"""Where the compiler puts what it finds: paths of one document become places, and everything is kept."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from formkit.diagnostics import Diagnostic, Place, Severity
from formkit.schemas.source import Document

YamlPath = tuple[str | int, ...]
_NOT_THERE = object()

_SYNONYMS = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "string_type": "wrong-text",
    "literal_error": "wrong-choice",
    "dict_type": "wrong-mapping",
    "model_type": "wrong-mapping",
    "model_attributes_type": "wrong-mapping",
    "list_type": "wrong-list",
    "bool_parsing": "wrong-yes-no",
    "bool_type": "wrong-yes-no",
    "int_type": "wrong-whole-number",
    "int_parsing": "wrong-whole-number",
    "int_from_float": "wrong-whole-number",
    "greater_than_equal": "below-least",
    "less_than_equal": "above-most",
}


class Reporter:
    """The diagnostics of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.diagnostics: list[Diagnostic] = []

    def report(
        self,
        code: str,
        path: YamlPath,
        params: Mapping[str, object] | None = None,
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
        place: Place | None = None,
    ) -> None:
        """Keeps a finding at `path` (its key, with `key`), or at `place`."""
        self.diagnostics.append(Diagnostic(code, place or self.place(path, key=key), params or {}, severity))

    def place(self, path: YamlPath, *, key: bool = False) -> Place:
        """The place of a path of the spec, which may name a level that the author left out by writing short."""
        return self.document.place(written_path(self.document.value, path), key=key)

    def report_invalid(self, error: ValidationError, at: YamlPath, spec: type[BaseModel]) -> None:
        """Keeps what pydantic says of the mapping at `at` that was to be a `spec`."""
        for fault in error.errors(include_url=False):
            path = at + tuple(fault["loc"])
            names_key = bool(path) and path[-1] == "[key]"
            path = path[:-1] if names_key else path
            context = dict(fault.get("ctx", {}))
            code = _SYNONYMS.get(fault["type"], fault["type"] if "-" in fault["type"] else "wrong-value")
            if code == "unknown-key":
                known = [(field.alias or name) for name, field in _spec_at(spec, fault["loc"]).items()]
                self.report_unknown("unknown-key", path, str(path[-1]), known, key=True)
            elif code == "missing-key":
                self.report(code, path[:-1], {"value": str(path[-1])}, key=True)
            else:
                value = context.pop("value", str(fault.get("input", ""))[:80])
                reason = {"reason": fault["msg"]} if code == "wrong-value" else {}
                self.report(code, path, {"value": value, **_plain(context), **reason}, key=names_key)

    def report_unknown(self, code: str, path: YamlPath, value: str, known: Iterable[str], *, key: bool = False) -> None:
        """Keeps a name nobody gave, with the nearest that somebody did."""
        names = list(known)
        near = get_close_matches(value, names, n=1, cutoff=0.6)
        variant = f"{code}.near" if near else code
        self.report(variant, path, {"value": value, "near": near[0] if near else "", "known": _listed(names)}, key=key)


def written_path(value: object, path: YamlPath) -> YamlPath:
    """The path without the levels that are not there: `hint: x` stands for `hint: [{when: …, text: x}]`."""
    written: list[str | int] = []
    for position, step in enumerate(path):
        inner = _step_into(value, step)
        if inner is _NOT_THERE:
            if position == len(path) - 1 and isinstance(value, Mapping):
                written.append(step)
            continue
        value = inner
        written.append(step)
    return tuple(written)


def _step_into(value: object, step: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(step, _NOT_THERE)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return _NOT_THERE


def _spec_at(spec: type[BaseModel], location: tuple[str | int, ...]) -> dict[str, FieldInfo]:
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
    return {name: value if isinstance(value, (str, int)) else str(value) for name, value in context.items()}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:12]) + ("…" if len(names) > 12 else "")
