"""Field types made as the compiler makes them, with two small choice lists around."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from formkit.choices import Choice, ChoiceList
from formkit.fields import FIELD_TYPES, FieldType, Finding, Moment, Refused, Surroundings
from formkit.issues import Level
from formkit.texts import Text

TODAY = "2026-11-23"


def _choice(value: str, label: str, **more: Any) -> Choice:
    return Choice(value, Text({"zh": label, "en": value.title()}), **more)


COLOURS = ChoiceList(
    "colours",
    (
        _choice("red", "红", renamed_from=("crimson",)),
        _choice("blue", "蓝", since="2019-01-11"),
        _choice("green", "绿"),
        _choice("grey", "灰", until="2020-12-31"),
        _choice("ultraviolet", "紫外", since="2030-01-01"),
    ),
)
PLACES = ChoiceList(
    "places",
    (
        _choice(
            "440100", "广州市", children=(_choice("440106", "天河区"), _choice("440102", "东山区", until="2005-04-28"))
        ),
        _choice("441900", "东莞市"),
        _choice("449900", "旧市", until="2000-01-01", children=(_choice("449901", "旧区"),)),
    ),
)
SURROUNDINGS = Surroundings(
    {"colours": COLOURS, "places": PLACES}, ("document", "id_number", "mobile", "password", "name")
)


def make(kind: str | type[FieldType[Any]], options: Mapping[str, Any] | None = None, /, **more: Any) -> FieldType[Any]:
    """A field type with options as in YAML."""
    found = FIELD_TYPES[kind] if isinstance(kind, str) else kind
    return found(found.Options.model_validate({**(options or {}), **more}), SURROUNDINGS)


def findings(field: FieldType[Any], value: Any, today: str = TODAY, **siblings: Any) -> list[Finding]:
    """Everything the type says of a value."""
    return list(field.check(value, Moment(today, siblings)))


def errors(found: Iterable[Finding]) -> list[str]:
    """The codes of those that stop a submission."""
    return [finding.code for finding in found if finding.level is Level.ERROR]


def verdicts(field: FieldType[Any], raw: Any, today: str = TODAY, **siblings: Any) -> list[str]:
    """The codes of everything wrong with a raw answer, warnings as `warning:code`."""
    try:
        value = field.parse(raw)
    except Refused as refused:
        return [refused.code]
    found = () if value is None else findings(field, value, today, **siblings)
    return [f.code if f.level is Level.ERROR else f"{f.level}:{f.code}" for f in found]


def every_example() -> Iterator[tuple[str, Mapping[str, Any], Any, Any]]:
    """(type name, options, raw, value) of every good example."""
    for name, kind in FIELD_TYPES.items():
        for examples in kind.examples:
            for raw, value in examples.good:
                yield name, examples.options, raw, value
