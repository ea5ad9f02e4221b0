"""The short way for answers that are right: straight-line Python made of the form, which gives up at the first doubt.

`formkit.evaluation` and `formkit.validation` are the truth; whatever this room returns, they would have returned too
(a property test holds them equal), and whatever it gives up goes to them.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from formkit.evaluation import broken_check, hidden_notice, valid_row_id
from formkit.expressions import UNKNOWN, Context
from formkit.fields.base import JSON, FieldType, Moment, Refused, Shape
from formkit.form import ROW_ID, Calculation, Check, Condition, Field, Form, Section, Step
from formkit.issues import Issue, Level

Accepted = tuple[dict[str, JSON], list[Issue]]
Acceptance = Callable[[Mapping[str, JSON], Context], Accepted | None]

_known: "WeakKeyDictionary[Form, Acceptance]" = WeakKeyDictionary()


def accept(form: Form, answers: Mapping[str, JSON], context: Context) -> Accepted | None:
    """The values of new answers in which there is no error, and what there is to say all the same.

    None where there may be an error. Issues are in reading order.
    """
    made = _known.get(form)
    if made is None:
        made = _known[form] = _Writer(form).acceptance()
    try:
        accepted = made(answers, context)
    except Refused:
        return None
    if accepted is not None and len(accepted[1]) > 1:
        accepted[1].sort(key=lambda issue: form.reading_position[issue.path])
    return accepted


class _Writer:
    """Writes the function; everything it calls is handed to it by name, and no word of the author's gets into it."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.lines: list[str] = []
        self.depth = 1
        self.things: dict[str, Any] = {
            "UNKNOWN": UNKNOWN,
            "Moment": Moment,
            "valid_row_id": valid_row_id,
            "NAMES": form.answerable,
        }

    def acceptance(self) -> Acceptance:
        self._preamble()
        for key, part, container in self.form.plan:
            if isinstance(part, Field):
                self._top_field(part, container)
            else:
                self._container(key, part, container)
        self._afterthoughts()
        self._write("return values, issues")
        source = "\n".join(("def acceptance(answers, context):", *self.lines))
        exec(compile(source, "<acceptance>", "exec"), self.things)  # noqa: S102 - made of this file's own words
        return self.things["acceptance"]  # type: ignore[no-any-return]

    def _preamble(self) -> None:
        self._write("if type(answers) is not dict or not answers.keys() <= NAMES: return None")
        self._write("for fact in context.facts.values():")
        self._write("    if fact is UNKNOWN: return None")
        self._write("values, issues = {}, []")
        self._write("moment = Moment(context.today, values)")
        self.shown = {"": "True"}

    def _container(self, key: str, part: Step | Section, container: str) -> None:
        around = self.shown[container]
        if part.visible is None:
            self.shown[key] = around
            return
        name = self._thing(None, "shown")
        self._write(f"{name} = {around} and {self._holds(part.visible, 'None')}")
        self.shown[key] = name

    def _top_field(self, field: Field, container: str) -> None:
        conditions = [self.shown[container]] if self.shown[container] != "True" else []
        self._field(field, "answers", "values", "None", conditions)

    def _field(self, field: Field, raw_of: str, values: str, row: str, conditions: Iterable[str] = ()) -> None:
        """Writes how `values` gets the field's value from `raw_of`."""
        if field.shape is Shape.NOTE:
            return None
        conditions = [*conditions, *([self._holds(field.visible, row)] if field.visible else [])]
        raw = f"{raw_of}.get({field.id!r})"
        if not conditions:
            return self._visible(field, raw_of, values, row)
        self._write(f"if {' and '.join(conditions)}:")
        self._indented(partial(self._visible, field, raw_of, values, row))
        self._write(f"elif (raw := {raw}) is not None and not {self._blank(field)}:")
        notice = self._thing(hidden_notice(field.id), "notice")
        self._write(f"    issues.append({notice})" if row == "None" else "    return None")
        return None

    def _visible(self, field: Field, raw_of: str, values: str, row: str) -> None:
        self._write(f"raw = {raw_of}.get({field.id!r})")
        lock, calculation = field.lock, field.calculation
        if lock.always:
            self._write("if raw is not None: return None")
            return
        if lock.condition is not None:
            self._write(f"if {self._holds(lock.condition, row)}: return None")
        if calculation is None:
            self._asked(field, values, row)
            return
        condition = self._holds(calculation.condition, row) if calculation.condition else ""
        self._block(condition, partial(self._calculated, field, calculation, raw_of, values, row))
        if condition:
            self._block("else", partial(self._asked, field, values, row))

    def _calculated(self, field: Field, calculation: Calculation, raw_of: str, values: str, row: str) -> None:
        self._write(f"if {field.id!r} in {raw_of}: return None")
        self._write(f"value = {self._thing(calculation.rule.value, 'value')}(values, {row}, context)")
        self._keep(field, values)

    def _keep(self, field: Field, values: str) -> None:
        """Writes that `value` is judged and kept; a blank one is in doubt where it may be needed."""
        self._write("if value is not None:")
        self._write(f"    {values}[{field.id!r}] = value")
        if field.type.judges and not field.type.depends():
            self._write(f"    for _ in {self._thing(field.type.check, 'check')}(value, moment): return None")
        if field.required.always or field.required.condition:
            self._write("else: return None")

    def _asked(self, field: Field, values: str, row: str) -> None:
        needed = self._needed(field, row)
        self._write(f"if raw is None or {self._blank(field)}:")
        doubt = "return None" if needed == "True" else f"if {needed}: return None"
        self._write(f"    {doubt if needed else 'pass'}")
        self._write("else:")
        shapes = {Shape.VALUE: self._value, Shape.GROUP: self._group, Shape.ROWS: self._rows}
        self._indented(partial(shapes[field.shape], field, values))
        if field.shape is Shape.GROUP:
            self._blank_group(field)

    def _blank(self, field: Field) -> str:
        """Whether `raw` is blank; a text is asked without a call, unless the type has an opinion of its own."""
        blank = f"{self._thing(field.type.is_blank, 'blank')}(raw)"
        if type(field.type).is_blank is not FieldType.is_blank:
            return blank
        return f"((not raw or raw.isspace()) if raw.__class__ is str else {blank})"

    def _needed(self, field: Field, row: str) -> str:
        if field.required.always:
            return "True"
        return self._holds(field.required.condition, row) if field.required.condition else ""

    def _blank_group(self, field: Field) -> None:
        """A group left blank is in doubt where something in it may be needed or is worked out."""
        asked = [inner.required.always or inner.required.condition for inner in field.fields]
        if any(inner.calculation for inner in field.fields) or (any(asked) and not field.type.all_or_nothing):
            self._write(f"if {field.id!r} not in values: return None")

    def _value(self, field: Field, values: str) -> None:
        self._write(f"value = {self._thing(field.type.parse, 'parse')}(raw)")
        self._keep(field, values)

    def _group(self, field: Field, values: str) -> None:
        names = self._thing(field.answerable, "names")
        self._write(f"if type(raw) is not dict or not raw.keys() <= {names}: return None")
        self._write("given, group = raw, {}")
        for inner in field.inner_order:
            self._field(inner, "given", "group", "group")
        self._write(f"if group: {values}[{field.id!r}] = group")
        self._write("else: return None")

    def _rows(self, field: Field, values: str) -> None:
        names = self._thing(field.answerable, "names")
        least, most = field.type.min_rows, field.type.max_rows
        self._write(f"if type(raw) is not list or not {least} <= len(raw) <= {most}: return None")
        self._write("rows, ids = [], set()")
        self._write("for given in raw:")
        self._indented(partial(self._row, field, names))
        self._write(f"{values}[{field.id!r}] = rows")

    def _row(self, field: Field, names: str) -> None:
        self._write(f"if type(given) is not dict or not given.keys() <= {names}: return None")
        self._write(f"id_ = given.get({ROW_ID!r})")
        self._write("if not valid_row_id(id_) or id_ in ids: return None")
        self._write("ids.add(id_)")
        self._write(f"row = {{{ROW_ID!r}: id_}}")
        for inner in field.inner_order:
            self._field(inner, "given", "row", "row")
        self._write("if len(row) == 1: return None")
        self._write("rows.append(row)")

    def _afterthoughts(self) -> None:
        """What needs all the values: checks, and types that look at the fields beside them."""
        for field in self.form.top_fields.values():
            self._looking(field, "values", "moment")
            row = f"values.get({field.id!r})" if field.shape is Shape.GROUP else "None"
            always = field.visible is None and self.shown[self._container_of(field)] == "True"
            self._checks(field.checks, row, field.id if always else None)
            if any(inner.checks or inner.type.depends() for inner in field.fields):
                self._write(f"for row in {self._holders(field)}:")
                self._indented(partial(self._inside, field.fields))
        for step in self.form.steps:
            self._checks(step.checks, "None")
        self._checks(self.form.checks, "None")

    def _holders(self, field: Field) -> str:
        if field.shape is Shape.ROWS:
            return f"values.get({field.id!r}, ())"
        return f"[values[{field.id!r}]] if {field.id!r} in values else ()"

    def _inside(self, fields: Iterable[Field]) -> None:
        for inner in fields:
            self._looking(inner, "row", "Moment(context.today, {**values, **row})")
            self._checks(inner.checks, "row")

    def _looking(self, field: Field, values: str, moment: str) -> None:
        if field.shape is Shape.VALUE and field.type.depends():
            check = self._thing(field.type.check, "check")
            self._write(f"if {field.id!r} in {values}:")
            self._write(f"    for _ in {check}({values}[{field.id!r}], {moment}): return None")

    def _container_of(self, field: Field) -> str:
        return next(container for key, _, container in self.form.plan if key == field.id)

    def _checks(self, checks: Iterable[Check], row: str, path: str | None = None) -> None:
        """Gives up where one fails, but for a warning at a field (`path`) that is always shown."""
        for check in checks:
            broken = f"{self._thing(check.rule.is_false, 'broken')}(values, {row}, context)"
            when = f" and {self._thing(check.when.is_true, 'when')}(values, {row}, context)" if check.when else ""
            outcome = "return None"
            if path is not None and check.level is Level.WARNING and check.at is None:
                outcome = f"issues.append({self._thing(broken_check(check, path), 'warning')})"
            self._write(f"if {broken}{when}: {outcome}")

    def _holds(self, condition: Condition, row: str) -> str:
        held = f"{self._thing(condition.rule.is_true, 'holds')}(values, {row}, context)"
        return f"not {held}" if condition.unless else held

    def _thing(self, thing: object, word: str) -> str:
        """The name under which the function finds a thing."""
        name = f"{word}_{len(self.things)}"
        self.things[name] = thing
        return name

    def _write(self, line: str) -> None:
        self.lines.append("    " * self.depth + line)

    def _block(self, condition: str, write: Callable[[], object]) -> None:
        """Writes something under a condition (`else` is one), or as it stands if there is none."""
        if not condition:
            write()
            return
        self._write("else:" if condition == "else" else f"if {condition}:")
        self._indented(write)

    def _indented(self, write: Callable[[], object]) -> None:
        self.depth += 1
        write()
        self.depth -= 1
