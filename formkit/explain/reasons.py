"""What an explanation is made of: decisions, the parts of rules that decided, the values these read, each with its why.

A tree of frozen values whose branches may be shared; sentences are made of it last, by `formkit.explain.wording`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from formkit.diagnostics import Place
from formkit.expressions import Type
from formkit.fields.base import JSON
from formkit.issues import Issue
from formkit.texts import Text


class About(StrEnum):
    """What is decided of a step, a section or a field."""

    VISIBLE = "visible"
    REQUIRED = "required"
    LOCKED = "locked"
    CALCULATED = "calculated"
    CHECK = "check"


class Ground(StrEnum):
    """What a decision rests on.

    `rule`: its `reason`; `within`: what holds it, its `because`; `always`, `never`: the form says so, or says nothing;
    `hidden`, `locked`: another decision settles it (all is shown inside of what is locked); `recorded`,
    `not_recorded`: whether there is a record; `unknown_fact`: its `reason`, in which a fact is unknown; `once_begun`:
    required only with others of its group.
    """

    RULE = "rule"
    WITHIN = "within"
    ALWAYS = "always"
    NEVER = "never"
    HIDDEN = "hidden"
    LOCKED = "locked"
    RECORDED = "recorded"
    NOT_RECORDED = "not_recorded"
    UNKNOWN_FACT = "unknown_fact"
    ONCE_BEGUN = "once_begun"


class Origin(StrEnum):
    """Where a value comes from."""

    TYPED = "typed"
    RECORD = "record"
    CALCULATED = "calculated"
    FACT = "fact"
    TODAY = "today"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it comes from; `name` is an instance path, `record.x`, `facts.x` or `today`.

    `typed` is what was sent or is on record and does not count. `operand` is how it was worked out; `because` why it
    is hidden, locked or worked out.
    """

    name: str
    value: JSON
    origin: Origin
    place: Place | None = None
    typed: JSON = None
    operand: "Operand | None" = None
    because: "Decision | None" = None


@dataclass(frozen=True, slots=True)
class Operand:
    """One side of a comparison: the words of the rule, what came of them, and what was read for that.

    A `plain` one is the name of a value, a `written` one stands in the rule itself.
    """

    text: str
    value: JSON
    type: Type
    plain: bool = False
    written: bool = False
    values: tuple[Value, ...] = ()
    reasons: tuple["Reason", ...] = ()
    rows: tuple["RowReason", ...] = ()


@dataclass(frozen=True, slots=True)
class RowReason:
    """What one row contributed: `name` is its instance path; `counted` whether the filter took it."""

    name: str
    number: int
    counted: bool = True
    reasons: tuple["Reason", ...] = ()
    operands: tuple[Operand, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of a rule and its answer (true, false or UNKNOWN): the operands, parts and rows that decided it.

    `op` is that of the rule's tree (`and`, `==`, `any`, …); `among` are the values that stand to the right of `in`.
    """

    op: str
    answer: JSON
    text: str
    operands: tuple[Operand, ...] = ()
    parts: tuple["Reason", ...] = ()
    rows: tuple[RowReason, ...] = ()
    among: tuple[JSON, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is so, of a step, a section or a field at `path`, and what that rests on."""

    about: About
    path: str
    outcome: bool
    ground: Ground
    place: Place | None = None
    rule: str = ""
    reason: Reason | None = None
    because: tuple["Decision", ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something people are told of an answer, and the decision it follows from, where there is one."""

    issue: Issue
    because: Decision | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A rule that reads what was asked about, or what follows from it (`through` is then the field it reads).

    `what` is visible, required, locked, value, check, hint, type or transition; `path` the definition path of the
    field, `step`, `step/section` or transition the rule belongs to, empty for the whole form.
    """

    what: str
    path: str
    reads: str
    place: Place
    through: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a step, a section, a field or a fact stands, and why; `kind` says which of these it is."""

    kind: str
    path: str
    label: Text
    place: Place | None
    visible: Decision | None = None
    required: Decision | None = None
    locked: Decision | None = None
    calculated: Decision | None = None
    value: Value | None = None
    refused: tuple[Refusal, ...] = ()
    used_by: tuple[Use, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided of it."""
        found = (self.visible, self.required, self.locked, self.calculated)
        return tuple(decision for decision in found if decision is not None)


def values_in(part: Reason | RowReason | Operand) -> Iterator[Value]:
    """Every value that decided a part of a rule, in the order the rule reads them."""
    if isinstance(part, Operand):
        yield from part.values
        inner: tuple[Reason | RowReason | Operand, ...] = (*part.reasons, *part.rows)
    elif isinstance(part, RowReason):
        inner = (*part.reasons, *part.operands)
    else:
        inner = (*part.operands, *part.parts, *part.rows)
    for each in inner:
        yield from values_in(each)
