"""What is to be so: said of a world that is partly open, and of answers that are settled."""

from dataclasses import dataclass
from typing import Any, Protocol

from formkit.evaluation import Evaluation
from formkit.expressions import UNKNOWN, Rule
from formkit.fields.base import JSON, Shape
from formkit.form import Check, Condition, Section, Step
from formkit.search.interests import Interests
from formkit.search.world import World, all_of


class Claim(Protocol):
    """Something that may be so of a form with answers."""

    def read(self, interests: Interests) -> None:
        """Notes the rules that decide it."""

    def may_be(self, world: World) -> bool:
        """Whether it is so; raises `Open` while both can be."""

    def is_so(self, evaluation: Evaluation) -> bool:
        """Whether it is so of these answers."""


@dataclass(frozen=True, slots=True)
class Says:
    """A rule answers with True, False or UNKNOWN; `holder` is the group or rows field it belongs to."""

    rule: Rule
    answer: Any
    holder: str = ""

    def read(self, interests: Interests) -> None:
        interests.add_rule(self.rule, self.holder)
        if self.holder:
            interests.add_field(self.holder)

    def may_be(self, world: World) -> bool:
        row = world.row(self.holder) if self.holder else None
        if self.holder and row is None:
            return False
        if self.answer not in world.outcomes(self.rule, row):
            return False
        return bool(world.answer(self.rule, row) is self.answer)

    def is_so(self, evaluation: Evaluation) -> bool:
        found, row = row_in(evaluation, self.holder)
        return found and answer_in(evaluation, self.rule, row) is self.answer


@dataclass(frozen=True, slots=True)
class Holds:
    """A condition holds, as `when` and `unless` are read; or with `yes` false does not."""

    condition: Condition
    yes: bool = True
    holder: str = ""

    def read(self, interests: Interests) -> None:
        Says(self.condition.rule, True, self.holder).read(interests)

    def may_be(self, world: World) -> bool:
        row = world.row(self.holder) if self.holder else None
        if self.holder and row is None:
            return False
        return world.holds(self.condition, row) is self.yes

    def is_so(self, evaluation: Evaluation) -> bool:
        found, row = row_in(evaluation, self.holder)
        return found and self.condition.holds(evaluation.values, row, evaluation.context) is self.yes


@dataclass(frozen=True, slots=True)
class Shown:
    """A field is asked: of rows, in their first row."""

    path: str
    yes: bool = True

    def read(self, interests: Interests) -> None:
        interests.add_shown(self.path)
        if "." in self.path:
            interests.add_field(self.path.partition(".")[0])

    def may_be(self, world: World) -> bool:
        return world.shown(self.path) is self.yes

    def is_so(self, evaluation: Evaluation) -> bool:
        at = instance_path(evaluation, self.path)
        return any(instance.path == at for instance in evaluation.instances) is self.yes


@dataclass(frozen=True, slots=True)
class PartShown:
    """A step, or a section of it, is shown."""

    step: Step
    section: Section | None = None

    def read(self, interests: Interests) -> None:
        for part in (self.step, self.section):
            if part is not None:
                interests.add_condition(part.visible, "")

    def may_be(self, world: World) -> bool:
        return world.part_shown(self.section or self.step, self.step)

    def is_so(self, evaluation: Evaluation) -> bool:
        if self.section is not None:
            return f"{self.step.id}/{self.section.id}" in evaluation.visible_sections
        return self.step.id in evaluation.visible_steps


@dataclass(frozen=True, slots=True)
class Stands:
    """A field that is shown is, or is not, locked; or calculated."""

    path: str
    locked: bool = False
    calculated: bool | None = None

    def read(self, interests: Interests) -> None:
        Shown(self.path).read(interests)
        interests.add_field(self.path)

    def may_be(self, world: World) -> bool:
        field, holder = world.form.fields[self.path], self.path.rpartition(".")[0]
        at = f"{holder}.r1.{field.id}" if holder and world.form.fields[holder].shape is Shape.ROWS else self.path

        def locked() -> bool:
            return world.locked(field, at, world.row(holder) if holder else None) is self.locked

        def calculated() -> bool:
            row = world.row(holder) if holder else None
            return self.calculated is None or world.calculated(field, row) is self.calculated

        return all_of(lambda: world.shown(self.path), locked, calculated)

    def is_so(self, evaluation: Evaluation) -> bool:
        state = evaluation.state(instance_path(evaluation, self.path))
        right = self.calculated is None or state.calculated is self.calculated
        return state.visible and state.locked is self.locked and right


@dataclass(frozen=True, slots=True)
class Filled:
    """A field has a value; with `where_shown` only if it is shown at all."""

    path: str
    where_shown: bool = False

    def read(self, interests: Interests) -> None:
        interests.add_field(self.path)
        interests.link(self.path)
        if "." in self.path:
            interests.add_field(self.path.partition(".")[0])

    def may_be(self, world: World) -> bool:
        if self.where_shown:
            return not all_of(lambda: world.shown(self.path), lambda: world.value(self.path) is None)
        return world.value(self.path) is not None

    def is_so(self, evaluation: Evaluation) -> bool:
        at = instance_path(evaluation, self.path)
        values = [instance.value for instance in evaluation.instances if instance.path == at]
        return any(value is not None for value in values) or (self.where_shown and not values)


@dataclass(frozen=True, slots=True)
class Breaks:
    """A check definitely fails where its `when` holds; or with `yes` false does not."""

    check: Check
    yes: bool = True
    holder: str = ""

    def read(self, interests: Interests) -> None:
        for rule in (self.check.rule, self.check.when):
            if rule is not None:
                Says(rule, True, self.holder).read(interests)

    def may_be(self, world: World) -> bool:
        row = world.row(self.holder) if self.holder else None
        if self.holder and row is None:
            return False
        when = self.check.when
        fails = all_of(
            lambda: when is None or world.answer(when, row) is True,
            lambda: world.answer(self.check.rule, row) is False,
        )
        return fails is self.yes

    def is_so(self, evaluation: Evaluation) -> bool:
        found, row = row_in(evaluation, self.holder)
        when = self.check.when
        asked = when is None or when.is_true(evaluation.values, row, evaluation.context)
        fails = asked and self.check.rule.is_false(evaluation.values, row, evaluation.context)
        return found and fails is self.yes


def instance_path(evaluation: Evaluation, path: str) -> str:
    """The path of a field in its first row, if it is a column."""
    top, _, inner = path.partition(".")
    rows = inner and evaluation.form.top_fields[top].shape is Shape.ROWS
    return f"{top}.r1.{inner}" if rows else path


def row_in(evaluation: Evaluation, holder: str) -> tuple[bool, dict[str, JSON] | None]:
    """Whether there is such a group, or a first row; and its values."""
    if not holder:
        return True, None
    value = evaluation.values.get(holder)
    if evaluation.form.top_fields[holder].shape is Shape.ROWS:
        return bool(value), value[0] if value else None
    return evaluation.state(holder).visible, value or {}


def answer_in(evaluation: Evaluation, rule: Rule, row: dict[str, JSON] | None) -> JSON:
    """What a rule says of answers: True, False or UNKNOWN."""
    if rule.is_true(evaluation.values, row, evaluation.context):
        return True
    return False if rule.is_false(evaluation.values, row, evaluation.context) else UNKNOWN
