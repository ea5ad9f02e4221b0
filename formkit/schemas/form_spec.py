"""A form file as it is written: pydantic models of every key (a field type's own keys are its `Options`)."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from formkit.schemas.values import Day, ExpressionSpec, Id, RuleSpec, TextSpec, Words


class Spec(BaseModel):
    """A mapping in which an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class WhenTextSpec(Spec):
    """A text shown while a rule holds."""

    when: RuleSpec
    text: TextSpec


class CheckSpec(Spec):
    """A sentence shown when a rule is definitely broken; a warning does not stop anybody."""

    rule: RuleSpec
    message: TextSpec
    level: Literal["error", "warning"] = "error"
    at: Id | None = Field(None, description="The field the message is shown at; the enclosing one if left out.")
    when: RuleSpec | None = Field(None, description="Judge the rule only while this holds.")


def _hints(value: object) -> object:
    return value if isinstance(value, list) else [{"when": "true", "text": value}]


def _locked(value: object) -> object:
    if value in (True, "true", "always", "yes"):
        return "always"
    if value in (False, "false", "never", "no", None):
        return "never"
    if value == "after_submission":
        return value
    raise PydanticCustomError("wrong-locked", "not a lock", {"value": str(value)[:80]})


Hints = Annotated[
    list[WhenTextSpec],
    BeforeValidator(_hints),
    WithJsonSchema(
        {
            "anyOf": [
                {"$ref": "#/$defs/text"},
                {"type": "array", "items": {"$ref": "#/$defs/WhenTextSpec"}},
            ]
        }
    ),
]
Locked = Annotated[
    Literal["always", "never", "after_submission"],
    BeforeValidator(_locked),
    WithJsonSchema({"enum": [True, False, "always", "never", "after_submission"]}),
]


class ConditionsSpec(Spec):
    """When something is shown."""

    visible_when: RuleSpec | None = Field(None, description="Shown only while this definitely holds.")
    visible_unless: RuleSpec | None = Field(None, description="Shown unless this definitely holds.")


class FieldSpec(ConditionsSpec):
    """The keys every field has; what else is written belongs to its type."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    type: str = Field(description="The field type.")
    label: TextSpec | None = None
    hint: Hints = Field(default_factory=list, description="Help under the label; a list makes it conditional.")
    required: bool = False
    required_when: RuleSpec | None = None
    required_unless: RuleSpec | None = None
    locked: Locked = "never"
    locked_when: RuleSpec | None = None
    locked_unless: RuleSpec | None = None
    lock_reason: TextSpec | None = None
    value: ExpressionSpec | None = Field(None, description="Worked out by this expression, not asked.")
    value_when: RuleSpec | None = Field(None, description="Worked out only while this definitely holds, else asked.")
    value_unless: RuleSpec | None = None
    checks: list[CheckSpec] = Field(default_factory=list)
    messages: dict[str, TextSpec] = Field(default_factory=dict, description="Own sentences for issue codes.")
    renamed_from: Words = Field(default_factory=list, description="Earlier ids of this field.")
    fields: "dict[Id, FieldSpec] | None" = Field(None, description="The fields of a group or of rows.")


class SectionSpec(ConditionsSpec):
    """A heading over some fields of a step; no scope of names."""

    title: TextSpec | None = None
    note: TextSpec | None = Field(None, description="Markdown above the fields.")
    fields: dict[Id, FieldSpec]


class StepSpec(ConditionsSpec):
    """One page of the wizard."""

    title: TextSpec
    note: TextSpec | None = Field(None, description="Markdown above the fields.")
    fields: dict[Id, FieldSpec] = Field(default_factory=dict)
    sections: dict[Id, SectionSpec] = Field(default_factory=dict)
    checks: list[CheckSpec] = Field(default_factory=list)


class FactSpec(Spec):
    """What the portal knows and the rules may ask about."""

    type: Literal["yes_no", "text", "integer", "decimal", "date", "month", "year", "choice"]
    label: TextSpec
    choices: Id | None = None
    places: int = 2
    national: bool = False


def _choice(value: object) -> object:
    if isinstance(value, Mapping) and not (set(value) <= {"zh", "en"}):
        return value
    return {"label": value}


class ChoiceSpec(Spec):
    """One choice: its label, the days it is valid, its children in a tree."""

    label: TextSpec
    since: Day | None = None
    until: Day | None = None
    renamed_from: Words = Field(default_factory=list)
    selectable: bool = True
    children: "dict[str, ChoiceValue]" = Field(default_factory=dict)


ChoiceValue = Annotated[
    ChoiceSpec,
    BeforeValidator(_choice),
    WithJsonSchema({"anyOf": [{"$ref": "#/$defs/text"}, {"$ref": "#/$defs/ChoiceSpec"}]}),
]


def _choice_list(value: object) -> object:
    if isinstance(value, Mapping) and isinstance(value.get("choices"), Mapping):
        return value
    return {"choices": value}


class ChoiceListSpec(Spec):
    """A list with the names of its levels; written short, the choices alone."""

    levels: list[TextSpec] = Field(default_factory=list)
    source: str | None = None
    choices: dict[str, ChoiceValue]


ChoiceListValue = Annotated[
    ChoiceListSpec,
    BeforeValidator(_choice_list),
    WithJsonSchema(
        {
            "anyOf": [
                {"$ref": "#/$defs/ChoiceListSpec"},
                {"type": "object", "additionalProperties": {"$ref": "#/$defs/ChoiceValue"}},
            ]
        }
    ),
]


class DraftsSpec(Spec):
    """What becomes of drafts when a new edition is published."""

    when_published: Literal["keep", "upgrade", "restart"] = "upgrade"
    until: Day | None = None


class SubmissionSpec(Spec):
    """The words around sending the form off."""

    label: TextSpec | None = Field(None, description="The button's words.")
    note: TextSpec | None = Field(None, description="Markdown above the button.")
    done: TextSpec | None = Field(None, description="Markdown on the page after it.")


class StateSpec(Spec):
    """A state of what happens after submission."""

    label: TextSpec
    national_status: TextSpec | None = None
    note: TextSpec | None = None
    final: bool = False
    reapply: bool = Field(False, description="Whether the form may be submitted anew from here.")


class TransitionSpec(Spec):
    """A way from one state to another, and who takes it when."""

    from_: Words = Field(alias="from")
    to: str
    by: str = Field(description="system, applicant, or a role of the portal")
    label: TextSpec | None = None
    after: str | None = Field(None, description="A delay, as `1 working_day` or `3 days`.")
    when: RuleSpec | None = None
    reason: bool = Field(False, description="Whether whoever takes it gives a reason.")


class WorkflowSpec(Spec):
    """What happens after submission."""

    start: str
    states: dict[Id, StateSpec]
    transitions: dict[Id, TransitionSpec] = Field(default_factory=dict)
    while_: dict[str, Literal["read_only", "open"]] = Field(default_factory=dict, alias="while")


class FormSpec(Spec):
    """A form."""

    form: Id
    title: TextSpec
    edition: Day
    basis: Words = Field(default_factory=list)
    summary: TextSpec | None = None
    time_zone: str = "Asia/Shanghai"
    drafts: DraftsSpec = Field(default_factory=DraftsSpec)
    uses: Words = Field(default_factory=list)
    facts: dict[Id, FactSpec] = Field(default_factory=dict)
    choices: dict[Id, ChoiceListValue] = Field(default_factory=dict)
    steps: dict[Id, StepSpec]
    checks: list[CheckSpec] = Field(default_factory=list)
    submission: SubmissionSpec = Field(default_factory=SubmissionSpec)
    workflow: WorkflowSpec | None = None


class ChoicesFileSpec(Spec):
    """A file of shared choice lists."""

    choices: dict[Id, ChoiceListValue]
    source: Any = None


class CalendarYearSpec(Spec):
    """One year of a working-day calendar: days off that are weekdays, and weekend days that are worked."""

    holidays: list[Day] = Field(default_factory=list)
    workdays: list[Day] = Field(default_factory=list)


class CalendarSpec(Spec):
    """A working-day calendar, from the official notices."""

    calendar: Id
    source: str | None = None
    years: dict[str, CalendarYearSpec]
