"""A form, compiled: immutable, every part knows its place in the YAML; everything above reads it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from formkit.choices import ChoiceList
from formkit.diagnostics import Place
from formkit.expressions import Context, Rule, Type
from formkit.fields.base import JSON, FieldType, Shape
from formkit.issues import Issue, Level
from formkit.texts import Text

ROW_ID = "_id"
"""The key of a row's id among its columns."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule and how it is read: `when` needs a definite yes, `unless` holds but for a definite yes."""

    rule: Rule
    unless: bool = False
    place: Place | None = None

    def holds(self, values: Mapping[str, JSON], row: Mapping[str, JSON] | None, context: Context) -> bool:
        """Whether it holds for these answers."""
        return self.rule.is_true(values, row, context) is not self.unless


@dataclass(frozen=True, slots=True)
class Requirement:
    """Whether an answer is needed while its field is visible."""

    always: bool = False
    condition: Condition | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """Whether a value comes from the record and not from the browser, and the reason people read."""

    always: bool = False
    after_submission: bool = False
    condition: Condition | None = None
    reason: Text | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Calculation:
    """A value worked out by a rule, as long as `condition` holds (always if there is none)."""

    rule: Rule
    condition: Condition | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ConditionalText:
    """A text shown while its rule definitely holds; always, if there is none."""

    text: Text
    rule: Rule | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A sentence for when a rule is definitely broken, shown where it stands or at the field `at` beside it."""

    rule: Rule
    message: Text
    level: Level
    at: str | None = None
    when: Rule | None = None
    place: Place | None = None
    id: str | None = None
    national: bool = False


@dataclass(frozen=True, eq=False)
class Field:
    """A field: a value, or a group or rows of fields (`fields`; `inner_order` is the order they are settled in).

    `path` is its definition path (`email`, `full_time.level`, `awards.name`).
    """

    id: str
    path: str
    type: FieldType  # type: ignore[type-arg]
    label: Text
    place: Place
    hints: tuple[ConditionalText, ...] = ()
    visible: Condition | None = None
    required: Requirement = Requirement()
    lock: Lock = Lock()
    calculation: Calculation | None = None
    checks: tuple[Check, ...] = ()
    messages: Mapping[str, Text] = field(default_factory=dict)
    renamed_from: tuple[str, ...] = ()
    fields: tuple["Field", ...] = ()
    inner_order: tuple["Field", ...] = ()
    national: bool = False

    @property
    def shape(self) -> Shape:
        """How it sits among the answers."""
        return self.type.shape

    @cached_property
    def value_type(self) -> Type:
        """What the rules see of its values, made once."""
        return self.type.rule_type()

    @cached_property
    def is_plain(self) -> bool:
        """Whether it is a value that is always asked: nothing about it follows from a rule but its checks."""
        ruled = self.visible or self.calculation or self.required.condition or self.lock.place
        return self.shape is Shape.VALUE and ruled is None

    @cached_property
    def answerable(self) -> frozenset[str]:
        """The names an answer to this group, or to one of these rows, may have."""
        return answerable(self.fields) | ({ROW_ID} if self.shape is Shape.ROWS else set())


@dataclass(frozen=True, slots=True)
class Section:
    """A heading over fields of a step; no scope of names."""

    id: str
    title: Text | None
    note: Text | None
    visible: Condition | None
    fields: tuple[Field, ...]
    place: Place
    national: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the wizard: fields without a heading come first, in a section without a title."""

    id: str
    title: Text
    note: Text | None
    visible: Condition | None
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    place: Place
    national: bool = False

    @property
    def fields(self) -> Iterator[Field]:
        """Its fields, in reading order, those of all sections."""
        return (field for section in self.sections for field in section.fields)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the portal knows."""

    id: str
    type: Type
    label: Text
    place: Place


@dataclass(frozen=True, slots=True)
class State:
    """A state of what happens after submission."""

    id: str
    label: Text
    national_status: Text | None
    note: Text | None
    final: bool
    reapply: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Delay:
    """A time from entering a state: `count` of days or working days."""

    count: int
    working_days: bool


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from one of `sources` to `target`, taken by `by` (system, applicant or a role)."""

    id: str
    sources: tuple[str, ...]
    target: str
    by: str
    label: Text | None
    after: Delay | None
    when: Rule | None
    reason: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Workflow:
    """What happens after submission, and what the person's record allows meanwhile (`read_only` states).

    A record that its person changes enters `after_change`; None where it is not changed but submitted anew.
    """

    start: str
    states: Mapping[str, State]
    transitions: Mapping[str, Transition]
    read_only: frozenset[str]
    after_change: str | None = None


SUBMISSION, START = "submission", "start"
"""Days that decide which edition judges a draft, beside that of a date field."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """What becomes of drafts when this edition comes into force: `keep`, `upgrade` or `restart`.

    Until the end of the day `until` they keep their edition in any case. `decided_by` is SUBMISSION, START, or the id
    of a date field whose day decides the edition.
    """

    when_published: str = "upgrade"
    until: str | None = None
    decided_by: str = SUBMISSION


class TreatmentKind(StrEnum):
    """What may become of answers that are held: they stay, are asked for again, become others, or stay until a day."""

    KEEP = "keep"
    ASK_AGAIN = "ask_again"
    MIGRATE = "migrate"
    KEEP_UNTIL = "keep_until"


@dataclass(frozen=True, slots=True, eq=False)
class Treatment:
    """What becomes of what is held at `path` (as a change names it) when this edition takes over.

    `values` are the new values by the old ones; `target` is the one value, or state, that all of it becomes; `until`
    the last day it stays, after which it is asked for again.
    """

    path: str
    kind: TreatmentKind
    place: Place
    values: Mapping[str, JSON] = field(default_factory=dict)
    target: JSON = None
    until: str | None = None


@dataclass(frozen=True, eq=False)
class Form:
    """A form in one edition.

    `order` lists (kind, key) of steps, sections and fields so that each comes after what it depends on; rows columns
    have their own order inside their rows. `edition_hash` pins the content it was compiled from. No variant may weaken
    what is `national`, here and in its parts.
    """

    id: str
    title: Text
    edition: str
    edition_hash: str
    basis: tuple[str, ...]
    summary: Text | None
    time_zone: str
    drafts: Drafts
    languages: tuple[str, ...]
    facts: Mapping[str, Fact]
    choices: Mapping[str, ChoiceList]
    steps: tuple[Step, ...]
    checks: tuple[Check, ...]
    submission_label: Text | None
    submission_note: Text | None
    submission_done: Text | None
    workflow: Workflow | None
    order: tuple[tuple[str, str], ...]
    place: Place
    treatments: Mapping[str, Treatment] = field(default_factory=dict)
    """What becomes of what an earlier edition left, by the paths of what has changed since."""
    national: bool = False

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field by its definition path, groups, rows and their columns too, in reading order."""
        return {inner.path: inner for step in self.steps for outer in step.fields for inner in _with_inner(outer)}

    @cached_property
    def top_fields(self) -> Mapping[str, Field]:
        """The fields answers are keyed by."""
        return {field.id: field for step in self.steps for field in step.fields}

    @cached_property
    def answerable(self) -> frozenset[str]:
        """The names answers may have."""
        return answerable(self.top_fields.values())

    @cached_property
    def plan(self) -> tuple[tuple[str, "Step | Section | Field", str], ...]:
        """(key, part, key of what holds it) in an order in which each comes after all it depends on."""
        parts: dict[tuple[str, str], tuple[str, Step | Section | Field, str]] = {}
        for step in self.steps:
            parts["step", step.id] = (step.id, step, "")
            for section in step.sections:
                key = f"{step.id}/{section.id}"
                parts["section", key] = (key, section, step.id)
                parts.update({("field", field.id): (field.id, field, key) for field in section.fields})
        return tuple(parts[node] for node in self.order)

    @cached_property
    def section_keys(self) -> frozenset[str]:
        """Every section as `step/section`."""
        return frozenset(f"{step.id}/{section.id}" for step in self.steps for section in step.sections)

    @cached_property
    def reading_position(self) -> Mapping[str, int]:
        """A definition path → its position in reading order."""
        return {path: position for position, path in enumerate(self.fields)}

    @property
    def changes_records(self) -> bool:
        """Whether its person changes what they submitted; an application is submitted anew instead."""
        return self.workflow is None or self.workflow.after_change is not None

    def field_at(self, path: str) -> Field | None:
        """The field at an instance path (`awards.r2.name`) or a definition path."""
        parts = path.split(".")
        return self.fields.get(f"{parts[0]}.{parts[2]}" if len(parts) == 3 else path)

    def asking_names(self, field: Field) -> frozenset[str]:
        """The names of all the rules that decide whether a field is asked for."""
        return self._asking_names[field.path]

    @cached_property
    def _asking_names(self) -> Mapping[str, frozenset[str]]:
        names: dict[str, frozenset[str]] = {}
        for step in self.steps:
            for section in step.sections:
                around = _names(step.visible) | _names(section.visible)
                for outer in section.fields:
                    within = around | _names(outer.visible)
                    for inner in _with_inner(outer):
                        names[inner.path] = within | _names(inner.visible) | _names(inner.required.condition)
        return names

    @cached_property
    def steps_by_id(self) -> Mapping[str, Step]:
        """The steps by their ids, in order."""
        return {step.id: step for step in self.steps}

    def step_of_issue(self, issue: Issue) -> str:
        """The step an issue belongs to: of its field, or of the check it comes from; empty for the whole form's."""
        root = issue.path.partition(".")[0]
        return self.step_of.get(root, "") if root else self._step_of_check.get(issue.place, "")

    @cached_property
    def _step_of_check(self) -> Mapping[Place | None, str]:
        return {check.place: step.id for step in self.steps for check in step.checks}

    @cached_property
    def step_of(self) -> Mapping[str, str]:
        """A top-level field's id → its step's id."""
        return {field.id: step.id for step in self.steps for field in step.fields}


def _names(condition: Condition | None) -> frozenset[str]:
    return condition.rule.names if condition is not None else frozenset()


def answerable(fields: Iterable[Field]) -> frozenset[str]:
    """The ids of the fields that take an answer."""
    return frozenset(field.id for field in fields if field.shape is not Shape.NOTE)


def _with_inner(field: Field) -> Iterator[Field]:
    yield field
    for inner in field.fields:
        yield from _with_inner(inner)
