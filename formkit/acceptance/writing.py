"""Form → the function that judges its answers on the short way, written field by field in the order they depend."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from formkit.acceptance.function import FunctionText
from formkit.evaluation import broken_check, finding_issue, hidden_notice, valid_row_id, worked_out_from_facts
from formkit.expressions import UNKNOWN, Context, Rule
from formkit.fields.base import JSON, FieldType, Moment, Refused, Shape
from formkit.form import ROW_ID, Calculation, Check, Condition, Field, Form, Section, Step
from formkit.issues import Issue

Accepted = tuple[dict[str, JSON], list[Issue]]
Acceptance = Callable[[Mapping[str, JSON], Context], Accepted | None]

_HEAD = "def acceptance(answers, context):"
_THINGS: Mapping[str, Any] = {
    "UNKNOWN": UNKNOWN,
    "Issue": Issue,
    "Moment": Moment,
    "Refused": Refused,
    "broken_check": broken_check,
    "finding_issue": finding_issue,
    "hidden_notice": hidden_notice,
    "valid_row_id": valid_row_id,
}


def acceptance_of(form: Form) -> Acceptance:
    """The function that takes the short way for one form."""
    return _Writer(form).acceptance()


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where in the function a field is judged: the variables it is read from and kept in, and how its path is said."""

    given: str = "answers"
    values: str = "values"
    row: str = "None"
    prefix: str = ""

    def path(self, field: Field) -> str:
        return f"{self.prefix} + {field.id!r}" if self.prefix else repr(field.id)


_TOP = _Spot()


def _inside(field: Field) -> _Spot:
    """The spot of what is in a group or in a row."""
    row_id = f" + row[{ROW_ID!r}] + '.'" if field.shape is Shape.ROWS else ""
    return _Spot("given", "row", "row", f"{field.id + '.'!r}{row_id}")


class _Writer(FunctionText):
    """Writes the function; everything it calls is handed to it by name."""

    def __init__(self, form: Form) -> None:
        super().__init__(_HEAD, {**_THINGS, "NAMES": form.answerable})
        self.form = form
        self.shown = {"": "True"}
        self.settled: set[str] = set()
        """The names that rules may read so far."""

    def acceptance(self) -> Acceptance:
        self.write(
            "if type(answers) is not dict or not answers.keys() <= NAMES: return None",
            "if UNKNOWN in context.facts.values(): return None",
            "values, issues = {}, []",
            "moment = Moment(context.today, values)",
        )
        for key, part, container in self.form.plan:
            if isinstance(part, Field):
                around = self.shown[container]
                self._field(part, _TOP, [around] if around != "True" else [])
                self.settled.add(part.id)
            else:
                self._container(key, part, container)
        self._afterthoughts()
        self.write("return values, issues")
        return self.made("acceptance")  # type: ignore[no-any-return]

    def _container(self, key: str, part: Step | Section, container: str) -> None:
        around = self.shown[container]
        if part.visible is None:
            self.shown[key] = around
            return
        name = self.thing(None, "shown")
        self.write(f"{name} = {around} and {self._holds(part.visible, 'None')}")
        self.shown[key] = name

    def _field(self, field: Field, spot: _Spot, conditions: Iterable[str] = ()) -> None:
        if field.shape is Shape.NOTE:
            return
        conditions = [*conditions, *([self._holds(field.visible, spot.row)] if field.visible else [])]
        self.block(f"if {' and '.join(conditions)}" if conditions else "", partial(self._visible, field, spot))
        if conditions:
            self.write(
                f"elif (raw := {spot.given}.get({field.id!r})) is not None and not {self._blank(field)}:",
                f"    issues.append(hidden_notice({spot.path(field)}))",
            )

    def _visible(self, field: Field, spot: _Spot) -> None:
        self.write(f"raw = {spot.given}.get({field.id!r})")
        lock, calculation = field.lock, field.calculation
        if lock.always:
            self.write("if raw is not None: return None")
            return
        if lock.condition is not None:
            self.write(f"if {self._holds(lock.condition, spot.row)}: return None")
        if calculation is None:
            self._asked(field, spot)
            return
        condition = self._holds(calculation.condition, spot.row) if calculation.condition else ""
        self.block(f"if {condition}" if condition else "", partial(self._calculated, field, calculation, spot))
        if condition:
            self.block("else", partial(self._asked, field, spot))

    def _calculated(self, field: Field, calculation: Calculation, spot: _Spot) -> None:
        self.write(f"if {field.id!r} in {spot.given}: return None")
        self.write(f"value = {self._rule(calculation.rule, None, spot.row)}")
        self._keep(field, spot, "calculated_blank" if worked_out_from_facts(field) else "")

    def _keep(self, field: Field, spot: _Spot, missing: str) -> None:
        """Writes that `value` is kept and judged, or that it is `missing`."""
        self.write("if value is not None:", f"    {spot.values}[{field.id!r}] = value")
        if field.type.judges and not field.type.depends():
            self._judge(field, spot, "value", "moment", "    ")
        if missing:
            self._missing("else", field, spot, missing)

    def _judge(self, field: Field, spot: _Spot, value: str, moment: str, indent: str) -> None:
        check, place = self.thing(field.type.check, "check"), self.thing(field.place, "place")
        self.write(
            f"{indent}for found in {check}({value}, {moment}):",
            f"{indent}    issues.append(finding_issue(found, {spot.path(field)}, {place}))",
        )

    def _missing(self, head: str, field: Field, spot: _Spot, code: str) -> None:
        """Writes what is to be said, under a head, where there is no value."""
        needed, condition = field.required.always, field.required.condition
        if not needed and condition is None:
            self.write(f"{head}: pass")
            return
        if condition is not None and not self._may_read(condition.rule.names):
            self.block(head, partial(self.write, "return None"))
            return
        place = self.thing(field.required.place, "place")
        tell = f"issues.append(Issue({code!r}, {spot.path(field)}, place={place}))"
        asked = "" if needed or condition is None else f"if {self._holds(condition, spot.row)}"
        self.block(head, partial(self.block, asked, partial(self.write, tell)))

    def _may_read(self, names: Iterable[str]) -> bool:
        """Whether all that a rule asks of the answers is settled where it stands."""
        asked = (name if name[:4] == "row." else name.partition(".")[0] for name in names)
        return all(name in self.settled or name in ("facts", "record") for name in asked)

    def _inner(self, field: Field) -> None:
        """Writes the fields of a group or a row."""
        for inner in field.inner_order:
            self._field(inner, _inside(field))
            self.settled.add(f"row.{inner.id}")
        self.settled -= {f"row.{inner.id}" for inner in field.fields}

    def _asked(self, field: Field, spot: _Spot) -> None:
        head = f"if raw is None or {self._blank(field)}"
        if exact := field.type.exact_values():
            values = self.thing(exact, "exact")
            self.write(f"if raw.__class__ is str and (value := {values}.get(raw)) is not None:")
            self.write(f"    {spot.values}[{field.id!r}] = value")
            head = f"el{head}"
        if field.shape is Shape.GROUP and _asks_when_blank(field):
            self.write(f"{head}: return None")
        else:
            self._missing(head, field, spot, "required")
        shapes = {Shape.VALUE: self._value, Shape.GROUP: self._group, Shape.ROWS: self._rows}
        self.block("else", partial(shapes[field.shape], field, spot))

    def _blank(self, field: Field) -> str:
        """Whether `raw` is blank: what `FieldType.is_blank` says, without a call, unless the type says otherwise."""
        if type(field.type).is_blank is not FieldType.is_blank:
            return f"{self.thing(field.type.is_blank, 'blank')}(raw)"
        return "((not raw or raw.isspace()) if isinstance(raw, str) else raw == [] or raw == {})"

    def _value(self, field: Field, spot: _Spot) -> None:
        self.write(
            "try:",
            f"    value = {self.thing(field.type.parse, 'parse')}(raw)",
            "except Refused as refused:",
            f"    issues.append(Issue(refused.code, {spot.path(field)}, refused.params))",
        )
        self.block("else", partial(self._keep, field, spot, "required"))

    def _group(self, field: Field, spot: _Spot) -> None:
        names = self.thing(field.answerable, "names")
        self.write(f"if type(raw) is not dict or not raw.keys() <= {names}: return None")
        self.write("given, row = raw, {}")
        self._inner(field)
        self.write("if not row: return None", f"{spot.values}[{field.id!r}] = row")

    def _rows(self, field: Field, spot: _Spot) -> None:
        least, most = field.type.min_rows, field.type.max_rows
        self.write(f"if type(raw) is not list or not {least} <= len(raw) <= {most}: return None")
        self.write("rows, ids = [], set()")
        self.block("for given in raw", partial(self._row, field))
        self.write(f"{spot.values}[{field.id!r}] = rows")

    def _row(self, field: Field) -> None:
        names = self.thing(field.answerable, "names")
        self.write(
            f"if type(given) is not dict or not given.keys() <= {names}: return None",
            f"id_ = given.get({ROW_ID!r})",
            "if not valid_row_id(id_) or id_ in ids: return None",
            "ids.add(id_)",
            f"row = {{{ROW_ID!r}: id_}}",
        )
        self._inner(field)
        self.write("if len(row) == 1: return None", "rows.append(row)")

    def _afterthoughts(self) -> None:
        """What needs all the values: checks, and types that look at the fields beside them."""
        containers = {key: container for key, _, container in self.form.plan}
        for field in self.form.top_fields.values():
            self._looking(field, _TOP, "moment")
            row = f"values.get({field.id!r})" if field.shape is Shape.GROUP else "None"
            seen = self.shown[containers[field.id]] if field.visible is None else f"{field.id!r} in values"
            self._checks(field.checks, row, repr(field.id), seen)
            if any(inner.checks or inner.type.depends() for inner in field.fields):
                self.block(f"for row in {_rows_of(field)}", partial(self._columns, field))
        for step in self.form.steps:
            self._checks(step.checks, "None", "''", self.shown[step.id])
        self._checks(self.form.checks, "None", "''", "True")

    def _columns(self, field: Field) -> None:
        spot = _inside(field)
        for inner in field.fields:
            self._looking(inner, spot, "Moment(context.today, {**values, **row})")
            seen = f"{inner.id!r} in row" if inner.visible else "True"
            self._checks(inner.checks, "row", spot.path(inner), seen)

    def _looking(self, field: Field, spot: _Spot, moment: str) -> None:
        if field.shape is Shape.VALUE and field.type.depends():
            value = f"{spot.values}[{field.id!r}]"
            self.block(f"if {field.id!r} in {spot.values}", partial(self._judge, field, spot, value, moment, ""))

    def _checks(self, checks: Iterable[Check], row: str, path: str, seen: str) -> None:
        """Writes what to say where one fails at a place that is surely `seen`."""
        for check in checks:
            broken = self._rule(check.rule, False, row)
            when = f" and {self._rule(check.when, True, row)}" if check.when else ""
            self.write(f"if {broken}{when}:")
            if seen != "True" or check.at is not None:
                self.write(f"    if not {seen}: return None" if check.at is None else "    return None")
            self.write(f"    issues.append(broken_check({self.thing(check, 'check')}, {path}))")

    def _holds(self, condition: Condition, row: str) -> str:
        held = self._rule(condition.rule, True, row)
        return f"not {held}" if condition.unless else held

    def _rule(self, rule: Rule, outcome: bool | None, row: str) -> str:
        self.things.update(rule.python_names)
        return rule.to_python(outcome, row)


def _asks_when_blank(group: Field) -> bool:
    """Whether there may be something to say of a group, or to keep in it, though nothing in it is answered."""
    asked = any(inner.required.always or inner.required.condition for inner in group.fields)
    worked_out = any(inner.calculation or inner.checks for inner in group.fields)
    return worked_out or (asked and not group.type.all_or_nothing)


def _rows_of(field: Field) -> str:
    if field.shape is Shape.ROWS:
        return f"values.get({field.id!r}, ())"
    return f"[values[{field.id!r}]] if {field.id!r} in values else ()"
