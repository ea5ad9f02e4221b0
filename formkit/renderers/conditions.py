"""Conditions that a browser can settle by itself: the rule as JSON for formkit.js, and as CSS where that is enough."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from weakref import WeakKeyDictionary

from formkit.expressions import Rule
from formkit.expressions.types import Choice, Choices, YesNo
from formkit.fields.base import JSON, Shape
from formkit.form import Condition, Field, Form, Section, Step

ROW = "row"
_NEVER = ":not(*)"


@dataclass(frozen=True, slots=True)
class BrowserCondition:
    """What a page says of one condition: JSON for formkit.js, and the key of its rule in the form's stylesheet."""

    json: str
    css: str | None
    names: frozenset[str]


class _NoSelector(Exception):  # noqa: N818 - a verdict: the browser needs more than CSS
    """The rule asks for more than a selector can say."""


def browser_rule(rule: Rule | None, page: frozenset[str]) -> JSON:
    """A rule as the browser reads it, if it can run there and asks about something on its page; else None."""
    if rule is None or not any(_top(name) in page or _top(name) == ROW for name in rule.names):
        return None
    return rule.to_browser()


def page_names(step: Step) -> frozenset[str]:
    """The names of the answers given on a step's page."""
    return frozenset(field.id for field in step.fields)


def condition_json(ir: JSON, unless: bool) -> str:
    """A condition as it stands in a `data-` attribute: `{"when": rule}` or `{"unless": rule}`."""
    return json.dumps({"unless" if unless else "when": ir}, ensure_ascii=False, separators=(",", ":"))


_known: "WeakKeyDictionary[Form, FormConditions]" = WeakKeyDictionary()


def stylesheet(form: Form) -> str:
    """CSS that hides what does not apply, for browsers without JavaScript; those that know no `:has()` show all."""
    return conditions_of(form).stylesheet


def stylesheet_name(form: Form) -> str:
    """The file name to serve it under: another content has another name, so it may be cached for ever."""
    return f"{form.id}-{sha256(stylesheet(form).encode()).hexdigest()[:12]}.css"


def conditions_of(form: Form) -> "FormConditions":
    """The browser conditions of a form, remembered as long as the form lives."""
    found = _known.get(form)
    if found is None:
        found = _known[form] = FormConditions(form)
    return found


class FormConditions:
    """Every visibility condition of a form that a browser can settle, by field path or `section_key`."""

    def __init__(self, form: Form) -> None:
        self.known: dict[str, BrowserCondition] = {}
        self._rules: list[str] = []
        for step in form.steps:
            self._of_step(step)
        self.stylesheet = "".join(self._rules)

    def _of_step(self, step: Step) -> None:
        selectors = _Selectors(step)
        page = page_names(step)
        for section in step.sections:
            self._add(section_key(step, section), section.visible, page, selectors, None)
            for field in section.fields:
                self._of_field(field, page, selectors, None)

    def _of_field(self, field: Field, page: frozenset[str], selectors: "_Selectors", rows: str | None) -> None:
        self._add(field.path, field.visible, page, selectors, rows)
        for inner in field.fields:
            self._of_field(inner, page, selectors, field.path if field.shape is Shape.ROWS else rows)

    def _add(
        self, key: str, condition: Condition | None, page: frozenset[str], selectors: "_Selectors", rows: str | None
    ) -> None:
        ir = browser_rule(condition.rule, page) if condition else None
        if condition is None or ir is None:
            return
        text = condition_json(ir, condition.unless)
        css = selectors.hiding(condition, ir, rows)
        name = sha256(f"{key} {text}".encode()).hexdigest()[:8] if css else None
        if name:
            self._rules.append(css.replace("{target}", f'[data-css="{name}"]') + "{display:none}\n")
        self.known[key] = BrowserCondition(text, name, condition.rule.names)


def section_key(step: Step, section: Section) -> str:
    """What a section is called among the conditions; no field path has this shape."""
    return f"{step.id}/{section.id}"


class _Selectors:
    """Rules over the choices of one page → selectors that match the form (or row) where they are definitely true."""

    def __init__(self, step: Step) -> None:
        self._controls: dict[str, tuple[Field, tuple[Condition, ...]]] = {}
        for section in step.sections:
            outer = (section.visible,) if section.visible else ()
            for field in section.fields:
                self._learn(field, outer)

    def _learn(self, field: Field, outer: tuple[Condition, ...]) -> None:
        conditions = (*outer, field.visible) if field.visible else outer
        self._controls[field.path] = (field, conditions)
        for inner in field.fields:
            self._learn(inner, () if field.shape is Shape.ROWS else conditions)

    def hiding(self, condition: Condition, ir: JSON, rows: str | None) -> str:
        """The selector of `{target}` while it does not apply; empty if CSS cannot tell."""
        try:
            scope, reach = self._scope(ir, rows)
            true = reach.true(ir)
        except _NoSelector:
            return ""
        return f"{scope}:is({true}) {{target}}" if condition.unless else f"{scope}:not({true}) {{target}}"

    def _scope(self, ir: JSON, rows: str | None) -> tuple[str, "_Reach"]:
        places = {where for where, _ in _reads(ir)}
        if places == {"values"}:
            return "[data-formkit]", _Reach(self, None)
        if places == {ROW} and rows:
            return "[data-row]", _Reach(self, rows)
        raise _NoSelector

    def control(self, path: str) -> tuple[Field, tuple[Condition, ...]]:
        """The field at a path of this page, and the conditions it is shown under."""
        if path not in self._controls:
            raise _NoSelector
        return self._controls[path]


@dataclass(frozen=True, slots=True)
class _Reach:
    """Selectors seen from the form, or from a row of `rows`."""

    selectors: _Selectors
    rows: str | None

    def true(self, ir: JSON) -> str:
        """Matches where the rule is definitely true."""
        match ir:
            case ["and", *parts]:
                return "".join(map(self.true, parts))
            case ["or", *parts]:
                return _any(map(self.true, parts))
            case ["not", part]:
                return self.false(part)
            case ["!=", *sides]:
                return self.false(["==", *sides])
            case ["blank", ["get", where, path]]:
                return f":not({self._chosen(where, path, None)})"
        return self._chosen(*_asked(ir))

    def false(self, ir: JSON) -> str:
        """Matches where the rule is definitely false."""
        match ir:
            case ["and", *parts]:
                return _any(map(self.false, parts))
            case ["or", *parts]:
                return "".join(map(self.false, parts))
            case ["not", part]:
                return self.true(part)
            case ["!=", *sides]:
                return self.true(["==", *sides])
            case ["blank", ["get", where, path]]:
                return self._chosen(where, path, None)
        where, path, values = _asked(ir)
        return f"{self._chosen(where, path, None)}:not({self._chosen(where, path, values)})"

    def _chosen(self, where: str, path: Sequence[str], values: Sequence[str] | None) -> str:
        """One of the values is chosen (any value, if None) in a control that is itself shown."""
        name, shown = self._control(where, path)
        wanted = ["[value]:not([value=''])"] if values is None else [f"[value={_quoted(value)}]" for value in values]
        options = ",".join(f"input{name}{one}:checked,select{name} option{one}:checked" for one in wanted)
        return f":has({options}){shown}" if options else _NEVER

    def _control(self, where: str, path: Sequence[str]) -> tuple[str, str]:
        definition = ".".join(path) if where == "values" else f"{self.rows}.{'.'.join(path)}"
        field, conditions = self.selectors.control(definition)
        if not _always_asked(field) or not isinstance(field.type.rule_type(), (YesNo, Choice, Choices)):
            raise _NoSelector
        return self._name(definition, where), "".join(self._shown(condition, where) for condition in conditions)

    def _shown(self, condition: Condition, where: str) -> str:
        ir = condition.rule.to_browser()
        if {place for place, _ in _reads(ir)} != {where}:
            raise _NoSelector
        return f":not({self.true(ir)})" if condition.unless else self.true(ir)

    def _name(self, definition: str, where: str) -> str:
        if where == "values":
            return f"[name={_quoted(definition)}]"
        column = definition.removeprefix(f"{self.rows}.")
        return f"[name^={_quoted(f'{self.rows}.')}][name$={_quoted(f'.{column}')}]"


def _asked(ir: JSON) -> tuple[str, Sequence[str], list[str]]:
    """Where and which answer a plain question is about, and which values say yes to it, as their controls post them."""
    match ir:
        case ["==" | "has", ["get", where, path], ["const", value]] if isinstance(value, str | bool):
            return where, path, [value if isinstance(value, str) else str(value).lower()]
        case ["in", ["get", where, path], [*values]] if all(isinstance(value, str) for value in values):
            return where, path, values
        case ["yes", ["get", where, path]]:
            return where, path, ["true"]
    raise _NoSelector


def _always_asked(field: Field) -> bool:
    lock = field.lock
    return field.calculation is None and not (lock.always or lock.after_submission or lock.condition)


def _any(selectors: Iterable[str]) -> str:
    return f":is({','.join(selectors)})"


def _quoted(value: str) -> str:
    safe = "".join(c if c.isalnum() or c in "._-" else f"\\{ord(c):x} " for c in value)
    return f'"{safe}"'


def _reads(ir: JSON) -> Iterator[tuple[str, str]]:
    if isinstance(ir, list):
        if len(ir) == 3 and ir[0] == "get":
            yield str(ir[1]), ".".join(ir[2])
            return
        for part in ir:
            yield from _reads(part)


def _top(name: str) -> str:
    return name.partition(".")[0]
