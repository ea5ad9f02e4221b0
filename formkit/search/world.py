"""A form under answers of which some are still open: whatever a rule asks for that is open is named, not guessed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, cast

from formkit.expressions import UNKNOWN, Context, Rule, RuleFunction, YesNo
from formkit.expressions.interpret import Reading, interpret
from formkit.expressions.ir import Node
from formkit.fields.base import JSON, Shape
from formkit.form import Condition, Field, Form, Section, Step

ANSWER, ROWS, RECORD, RECORDED_ROWS, FACT = "answer", "rows", "record", "recorded_rows", "fact"
Outcomes = frozenset[Any]
"""Which of True, False and UNKNOWN a condition may still be."""
ANY_OUTCOME: Outcomes = frozenset((True, False, UNKNOWN))


class Input(NamedTuple):
    """One thing that is given from outside: an answer or a value on record, a number of rows, a fact, the day."""

    kind: str
    path: str = ""

    @property
    def term(self) -> str:
        """What rules call it: `g.level`, `r.name` for a column, `r#` for the number of rows, `facts.x`, `record.y`."""
        parts = self.path.split(".")
        path = f"{parts[0]}.{parts[2]}" if len(parts) == 3 else self.path
        if self.kind in (ROWS, RECORDED_ROWS):
            path += "#"
        return {RECORD: "record.", RECORDED_ROWS: "record.", FACT: "facts."}.get(self.kind, "") + path


TODAY, HAS_RECORD = Input("today", "today()"), Input("has_record", "record?")


class Open(Exception):  # noqa: N818 - a question, always caught by the search
    """What was asked cannot be said before this input is known."""

    def __init__(self, wanted: Input) -> None:
        super().__init__(wanted)
        self.wanted = wanted


class World:
    """A form with the inputs known so far; everything it answers is so whatever the others will be."""

    def __init__(self, form: Form, known: Mapping[Input, JSON]) -> None:
        self.form, self.known = form, known
        self.context = cast(Context, _LazyContext(self))
        self.values = _Lazy(self._top)
        self._rows: dict[str, _Lazy] = {}

    def ask(self, wanted: Input) -> JSON:
        """The value of an input; raises `Open` while it has none."""
        if wanted not in self.known:
            raise Open(wanted)
        return self.known[wanted]

    def outcomes(self, rule: Rule, row: "_Lazy | None") -> Outcomes:
        """What a condition may still be."""
        return self._outlook(rule.tree, self._reading(rule, row))[0]

    def answer(self, rule: Rule, row: "_Lazy | None") -> JSON:
        """What a condition is: True, False or UNKNOWN; raises `Open`."""
        return _settled(*self._outlook(rule.tree, self._reading(rule, row)))

    def holds(self, condition: Condition | None, row: "_Lazy | None") -> bool:
        """Whether a condition holds; raises `Open`."""
        if condition is None:
            return True
        outcomes, wanted = self._outlook(condition.rule.tree, self._reading(condition.rule, row))
        return bool(_settled(frozenset((each is True) is not condition.unless for each in outcomes), wanted))

    def shown(self, path: str) -> bool:
        """Whether the field at a definition path is asked (of rows: in their first row); raises `Open`."""
        top, _, inner = path.partition(".")
        field = self.form.top_fields[top]
        if not inner:
            return self._top_shown(field)
        column = self.form.fields[path]
        return all_of(
            lambda: self._top_shown(field),
            lambda: not self.locked(field, top, None),
            lambda: (row := self.row(top)) is not None and self.holds(column.visible, row),
        )

    def value(self, path: str) -> Any:
        """The value of the field at a definition path (of rows: in their first row); raises `Open`."""
        top, _, inner = path.partition(".")
        if not inner:
            return self._top(top)
        row = self.row(top)
        return None if row is None else row.get(inner)

    def part_shown(self, part: Step | Section, step: Step) -> bool:
        """Whether a step, or a section of it, is shown; raises `Open`."""
        return all_of(lambda: self.holds(step.visible, None), lambda: self.holds(part.visible, None))

    def row(self, holder: str) -> "_Lazy | None":
        """The group, or the first of the rows, that a rule belongs to; None where there is none; raises `Open`."""
        found = self._top(holder)
        row: _Lazy | None = found[0] if isinstance(found, list) else found
        return row

    def locked(self, field: Field, at: str, row: "_Lazy | None") -> bool:
        """Whether a visible field's value comes from the record; raises `Open`."""
        lock = field.lock
        if lock.place is None or lock.always:
            return lock.always
        if lock.after_submission and self._on_record(at):
            return True
        condition = lock.condition
        if condition is None:
            return False
        answer = self.answer(condition.rule, row)
        facts = [Input(FACT, name[6:]) for name in condition.rule.names if name.startswith("facts.")]
        hangs = answer is UNKNOWN and any(self.known.get(fact) is UNKNOWN for fact in facts)
        return hangs or (answer is True) is not condition.unless

    def calculated(self, field: Field, row: "_Lazy | None") -> bool:
        """Whether a visible field that is not locked has its value worked out; raises `Open`."""
        return field.calculation is not None and self.holds(field.calculation.condition, row)

    def _on_record(self, at: str) -> bool:
        top, _, inner = at.partition(".")
        if "." in inner:
            return bool(int(inner.partition(".")[0][1:]) <= self.ask(Input(RECORDED_ROWS, top)))
        return bool(self.ask(HAS_RECORD))

    def _top(self, name: str) -> Any:
        field = self.form.top_fields.get(name)
        if field is None or not self._around_shown(field):
            return None
        return self._value(field, name, None)

    def _around_shown(self, field: Field) -> bool:
        step, section = self._holders[field.id]
        return self.part_shown(section, step)

    def _top_shown(self, field: Field) -> bool:
        return all_of(lambda: self._around_shown(field), lambda: self.holds(field.visible, None))

    @cached_property
    def _holders(self) -> Mapping[str, tuple[Step, Section]]:
        return {
            field.id: (step, section)
            for step in self.form.steps
            for section in step.sections
            for field in section.fields
        }

    def _value(self, field: Field, at: str, row: "_Lazy | None") -> Any:
        """A field's value as rules read it."""
        if not self.holds(field.visible, row):
            return None
        if self.locked(field, at, row):
            return self._recorded(field, at)
        if field.calculation is not None and self.calculated(field, row):
            return self._worked_out(field.calculation.rule, row)
        if field.shape is Shape.GROUP:
            return self._row_at(field, at)
        if field.shape is Shape.ROWS:
            count = self.ask(Input(ROWS, at))
            return [self._row_at(field, f"{at}.r{number}") for number in range(1, count + 1)] or None
        return self.ask(Input(ANSWER, at)) if field.shape is Shape.VALUE else None

    def _row_at(self, holder: Field, at: str) -> "_Lazy":
        if at not in self._rows:
            columns = {inner.id: inner for inner in holder.fields}
            row = self._rows[at] = _Lazy(
                lambda name: self._value(columns[name], f"{at}.{name}", row) if name in columns else None
            )
        return self._rows[at]

    def _recorded(self, field: Field, at: str) -> Any:
        if self.known.get(HAS_RECORD) is False:
            return None
        if field.shape is Shape.GROUP:
            return _Lazy(lambda name: self.ask(Input(RECORD, f"{at}.{name}")))
        if field.shape is Shape.ROWS:
            count = self.ask(Input(RECORDED_ROWS, at))
            return [self._recorded_row(f"{at}.r{number}") for number in range(1, count + 1)] or None
        return self.ask(Input(RECORD, at))

    def _recorded_row(self, at: str) -> "_Lazy":
        return _Lazy(lambda name: self.ask(Input(RECORD, f"{at}.{name}")))

    def recorded_top(self, name: str) -> Any:
        """What a rule reads as `record.name`; raises `Open`."""
        field = self.form.top_fields.get(name)
        return None if field is None else self._recorded(field, name)

    def _worked_out(self, rule: Rule, row: "_Lazy | None") -> JSON:
        value = self.answer(rule, row) if rule.tree.is_condition else interpret(rule.tree, self._reading(rule, row))
        return None if value is UNKNOWN else value

    def _reading(self, rule: Rule, row: "_Lazy | None") -> Reading:
        return Reading(self.values, row, self.context, functions_of(rule))

    def _outlook(self, node: Node, reading: Reading) -> tuple[Outcomes, Input | None]:
        """What a condition may be, and an input that would say more."""
        if node.op in ("and", "or"):
            return _joined([self._outlook(part, reading) for part in node.args], node.op == "or")
        if node.op == "not":
            outcomes, wanted = self._outlook(node.args[0], reading)
            return frozenset(each if each is UNKNOWN else not each for each in outcomes), wanted
        if node.op == "if":
            return self._either(node, reading)
        try:
            return frozenset((interpret(node, reading),)), None
        except Open as question:
            return ANY_OUTCOME, question.wanted

    def _either(self, node: Node, reading: Reading) -> tuple[Outcomes, Input | None]:
        condition, first, second = node.args
        outcomes, wanted = self._outlook(condition, reading)
        found: set[Any] = {UNKNOWN} & outcomes
        for answer, part in ((True, first), (False, second)):
            if answer in outcomes:
                possible, then = self._outlook(part, reading)
                found |= possible
                wanted = wanted or then
        return frozenset(found), wanted


def all_of(*questions: Callable[[], bool]) -> bool:
    """Whether every question is answered with yes: a no decides, even where another is open; raises `Open`."""
    waiting: Open | None = None
    for question in questions:
        try:
            if not question():
                return False
        except Open as found:
            waiting = waiting or found
    if waiting is not None:
        raise waiting
    return True


def functions_of(rule: Rule) -> Mapping[str, RuleFunction]:
    """The functions a rule calls, by their names."""
    return {name: RuleFunction(name, (), YesNo(), python=rule.called[f"_f_{name}"]) for name in rule.functions}


def _settled(outcomes: Outcomes, wanted: Input | None) -> Any:
    if len(outcomes) > 1:
        assert wanted is not None  # noqa: S101 - only what is open leaves a choice
        raise Open(wanted)
    return next(iter(outcomes))


def _joined(parts: Iterable[tuple[Outcomes, Input | None]], decisive: bool) -> tuple[Outcomes, Input | None]:
    """The outcomes of `or` (True decides) and `and` (False decides) over parts that are taken to be independent."""
    parts = list(parts)
    if any(outcomes == {decisive} for outcomes, _ in parts):
        return frozenset((decisive,)), None
    found: set[Any] = {decisive} if any(decisive in outcomes for outcomes, _ in parts) else set()
    if all(outcomes - {decisive} for outcomes, _ in parts):
        if any(UNKNOWN in outcomes for outcomes, _ in parts):
            found.add(UNKNOWN)
        if all((not decisive) in outcomes for outcomes, _ in parts):
            found.add(not decisive)
    wanted = next((wanted for outcomes, wanted in parts if len(outcomes) > 1), None)
    return frozenset(found), wanted


class _Lazy(Mapping[str, Any]):
    """Values that are asked for when they are read, one by one."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read

    def __getitem__(self, name: str) -> Any:
        return self._read(name)

    def get(self, name: str, _default: Any = None) -> Any:
        return self._read(name)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("values that are open cannot be listed")

    def __len__(self) -> int:
        raise TypeError("values that are open cannot be counted")

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class _LazyContext:
    """The Context of a world: record, facts and the day, asked for when they are read."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.record = _Lazy(world.recorded_top)
        self.facts = _Lazy(lambda name: world.ask(Input(FACT, name)))

    @property
    def today(self) -> str:
        return str(self._world.ask(TODAY))
