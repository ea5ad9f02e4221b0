"""A form file as it is written: pydantic models of every key (a field type's own keys are its `Options`)."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from formkit.schemas.values import Day, ExpressionSpec, Id, RuleSpec, StepId, TextSpec, TimeZone, Words


class Spec(BaseModel):
    """A mapping in which an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _national(what: str) -> Any:
    return Field(False, description=f"Whether no variant may weaken {what}.")


class WhenTextSpec(Spec):
    """A text shown while a rule holds."""

    when: RuleSpec = Field(description="Shown while this definitely holds.")
    text: TextSpec = Field(description="The text.")


class CheckSpec(Spec):
    """A sentence shown when a rule is definitely broken; a warning does not stop anybody."""

    id: Id | None = Field(None, description="Its id, by which a variant of the form may change it.")
    rule: RuleSpec = Field(description="What must hold; broken only by a definite no.")
    message: TextSpec = Field(description="The sentence shown when it is broken.")
    level: Literal["error", "warning"] = Field("error", description="A warning is shown and stops nobody.")
    at: Id | None = Field(None, description="The field the message is shown at; the enclosing one if left out.")
    when: RuleSpec | None = Field(None, description="Judge the rule only while this holds.")
    national: bool = _national("it")


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
    label: TextSpec | None = Field(None, description="What people read beside it.")
    hint: Hints = Field(default_factory=list, description="Help under the label; a list makes it conditional.")
    required: bool = Field(False, description="Whether it must be answered while it is visible.")
    required_when: RuleSpec | None = Field(None, description="Required only while this definitely holds.")
    required_unless: RuleSpec | None = Field(None, description="Required unless this definitely holds.")
    locked: Locked = Field(
        "never", description="Whether the value on record can be changed: always locked, or so once submitted."
    )
    locked_when: RuleSpec | None = Field(None, description="Locked while this definitely holds.")
    locked_unless: RuleSpec | None = Field(None, description="Locked unless this definitely holds.")
    lock_reason: TextSpec | None = Field(None, description="Shown beside a locked value: why, and what to do.")
    value: ExpressionSpec | None = Field(None, description="Worked out by this expression, not asked.")
    value_when: RuleSpec | None = Field(None, description="Worked out only while this definitely holds, else asked.")
    value_unless: RuleSpec | None = Field(None, description="Worked out unless this definitely holds; then asked.")
    checks: list[CheckSpec] = Field(default_factory=list, description="Rules this answer must keep.")
    messages: dict[str, TextSpec] = Field(default_factory=dict, description="Own sentences for issue codes.")
    renamed_from: Words = Field(default_factory=list, description="Earlier ids of this field.")
    national: bool = _national("this field, or a field in it")
    fields: "dict[Id, FieldSpec] | None" = Field(None, description="The fields of a group or of rows.")


class SectionSpec(ConditionsSpec):
    """A heading over some fields of a step; no scope of names."""

    title: TextSpec | None = Field(None, description="The heading.")
    national: bool = _national("a field of this section")
    note: TextSpec | None = Field(None, description="Markdown above the fields.")
    fields: dict[Id, FieldSpec] = Field(description="Its fields by their ids, in order.")


class StepSpec(ConditionsSpec):
    """One page of the wizard."""

    title: TextSpec = Field(description="The heading of the page, and its name in the list of steps.")
    note: TextSpec | None = Field(None, description="Markdown above the fields.")
    fields: dict[Id, FieldSpec] = Field(default_factory=dict, description="Its fields by their ids, in order.")
    sections: dict[Id, SectionSpec] = Field(default_factory=dict, description="Fields under headings, after `fields`.")
    checks: list[CheckSpec] = Field(default_factory=list, description="Rules between the answers of this step.")
    national: bool = _national("this step, or anything in it")


class FactSpec(Spec):
    """What the portal knows and the rules may ask about."""

    type: Literal["yes_no", "text", "integer", "decimal", "date", "month", "year", "choice"] = Field(
        description="What kind of value it is."
    )
    label: TextSpec = Field(description="What people call it.")
    choices: Id | None = Field(None, description="For `choice`: the list its value is of.")
    places: int = Field(2, description="For `decimal`: how many decimals.")
    national: bool = Field(False, description="Whether it comes from the national platform.")


def _choice(value: object) -> object:
    if isinstance(value, Mapping) and not (set(value) <= {"zh", "en"}):
        if not set(value).isdisjoint(("zh", "en")) and set(value) <= {"zh", "en", *ChoiceSpec.model_fields}:
            raise PydanticCustomError("label-to-nest", "languages beside other keys")
        return value
    return {"label": value}


class ChoiceSpec(Spec):
    """One choice: its label, the days it is valid, its children in a tree."""

    label: TextSpec = Field(description="What people read.")
    since: Day | None = Field(None, description="The first day it can be chosen.")
    until: Day | None = Field(None, description="The last day it can be chosen.")
    renamed_from: Words = Field(default_factory=list, description="Earlier values of this choice.")
    selectable: bool = Field(True, description="false: it cannot be chosen itself.")
    children: "dict[str, ChoiceValue]" = Field(default_factory=dict, description="The choices below it in a tree.")


ChoiceValue = Annotated[
    ChoiceSpec,
    BeforeValidator(_choice),
    WithJsonSchema({"anyOf": [{"$ref": "#/$defs/text"}, {"$ref": "#/$defs/ChoiceSpec"}]}),
]


def _choice_list(value: object) -> object:
    if isinstance(value, Mapping):
        # Beside its source there is one more key, however it is spelt.
        long = "source" in value and len(set(value) - {"source", "levels", "national"}) == 1
        if long or isinstance(value.get("choices"), Mapping):
            return value
    return {"choices": value}


class ChoiceListSpec(Spec):
    """A list with the names of its levels; written short, the choices alone."""

    levels: list[TextSpec] = Field(
        default_factory=list, description="What the levels of a tree are called, from the top."
    )
    source: str | None = Field(None, description="Where the list comes from.")
    choices: dict[str, ChoiceValue] = Field(description="The choices: value to label, in order.")
    national: bool = _national("this list: it takes no more choices")


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

    when_published: Literal["keep", "upgrade", "restart"] = Field(
        "upgrade", description="Drafts keep their edition, move to the new one, or begin anew."
    )
    until: Day | None = Field(
        None, description="The last day a draft may be finished in its own edition; without it, `keep` has no end."
    )
    decided_by: Id = Field(
        "submission",
        description="Which day decides the edition, while several are valid: that of `submission`, of the `start` of "
        "the draft, or a date field's.",
    )


def _treatment(value: object) -> object:
    if value in ("keep", "ask_again"):
        return {value: True}
    if not isinstance(value, Mapping):
        raise PydanticCustomError("wrong-treatment", "no treatment", {"value": str(value)[:80]})
    if len(set(value) & set(TreatmentSpec.model_fields)) > 1:
        raise PydanticCustomError("one-treatment", "several treatments", {"value": ", ".join(map(str, value))})
    return value


def _migration(value: object) -> object:
    written = value.values() if isinstance(value, Mapping) else [value]
    if not written or not all(isinstance(each, str | int) for each in written):
        raise PydanticCustomError("wrong-migration", "no values", {"value": str(value)[:80]})
    return value


Migration = Annotated[
    Any,
    BeforeValidator(_migration),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "integer", "boolean"]},
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": {"type": ["string", "integer", "boolean"]},
                },
            ]
        }
    ),
]


class TreatmentSpec(Spec):
    """What becomes of answers that are held: one of these. `keep` and `ask_again` may be written as a word alone."""

    keep: Literal[True] | None = Field(None, description="They stay as they are until their field is edited.")
    ask_again: Literal[True] | None = Field(None, description="They are blank, and asked for at the next change.")
    migrate: Migration | None = Field(
        None, description="They become others: new values by the old ones; of one choice or one state, the new one."
    )
    keep_until: Day | None = Field(None, description="They stay until this day has passed, then are asked for again.")


TreatmentValue = Annotated[
    TreatmentSpec,
    BeforeValidator(_treatment),
    WithJsonSchema({"anyOf": [{"enum": ["keep", "ask_again"]}, {"$ref": "#/$defs/TreatmentSpec"}]}),
]


class SubmissionSpec(Spec):
    """The words around sending the form off."""

    label: TextSpec | None = Field(None, description="The button's words.")
    note: TextSpec | None = Field(None, description="Markdown above the button.")
    done: TextSpec | None = Field(None, description="Markdown on the page after it.")


class StateSpec(Spec):
    """A state of what happens after submission."""

    label: TextSpec = Field(description="What people read.")
    national_status: TextSpec | None = Field(None, description="What the national platform calls it.")
    note: TextSpec | None = Field(None, description="Markdown shown in this state.")
    final: bool = Field(False, description="Whether it ends here.")
    reapply: bool = Field(False, description="Whether the form may be submitted anew from here.")


class TransitionSpec(Spec):
    """A way from one state to another, and who takes it when."""

    from_: Words = Field(alias="from", description="The states it leads from.")
    to: str = Field(description="The state it leads to.")
    by: str = Field(description="system, applicant, or a role of the portal")
    label: TextSpec | None = Field(None, description="The words of its button.")
    after: str | None = Field(None, description="A delay, as `1 working_day` or `3 days`.")
    when: RuleSpec | None = Field(None, description="Open only while this definitely holds.")
    reason: bool = Field(False, description="Whether whoever takes it gives a reason.")


class WorkflowSpec(Spec):
    """What happens after submission."""

    start: str = Field(description="The state a submission begins in.")
    states: dict[Id, StateSpec] = Field(description="The states by their ids.")
    transitions: dict[Id, TransitionSpec] = Field(default_factory=dict, description="The ways between them.")
    while_: dict[str, Literal["read_only", "open"]] = Field(
        default_factory=dict, alias="while", description="What the record allows in a state: read_only, or open."
    )
    after_change: str | None = Field(
        None,
        description="The state a record is in after its person has changed it; without it, what was submitted is not "
        "changed but submitted anew.",
    )


class FormSpec(Spec):
    """A form."""

    form: Id = Field(description="The form's id.")
    extends: str | None = Field(
        None, description="The form it is a variant of: `file.yaml`, or `file.yaml#form`; it states only differences."
    )
    title: TextSpec = Field(description="Its name; its languages are the languages the form is offered in.")
    edition: Day = Field(description="The day this edition comes into force.")
    basis: Words = Field(default_factory=list, description="The notices it rests on.")
    summary: TextSpec | None = Field(None, description="What it is for, on its first page.")
    time_zone: TimeZone = Field("Asia/Shanghai", description="Whose days count as today.")
    drafts: DraftsSpec = Field(default_factory=DraftsSpec, description="What becomes of drafts at a new edition.")
    uses: Words = Field(default_factory=list, description="Files of choice lists, from this file's folder.")
    facts: dict[Id, FactSpec] = Field(default_factory=dict, description="What the portal knows and rules may ask.")
    choices: dict[Id, ChoiceListValue] = Field(default_factory=dict, description="Choice lists by their ids.")
    steps: dict[StepId, StepSpec] = Field(description="The pages by their ids, in order.")
    checks: list[CheckSpec] = Field(default_factory=list, description="Rules of the whole form.")
    submission: SubmissionSpec = Field(default_factory=SubmissionSpec, description="The words around sending it off.")
    workflow: WorkflowSpec | None = Field(None, description="What happens after submission.")
    changes: dict[str, TreatmentValue] = Field(
        default_factory=dict,
        description="What becomes of what is held already, by the path `formkit diff` gives what has changed.",
    )
    national: bool = _national("anything in this form")


class DifferenceSpec(Spec):
    """What a form with `extends` may say in a part besides the keys of the part; a choice cannot be removed."""

    remove: Words = Field(default_factory=list, description="The keys and parts of the base that are left out.")
    after: str | None = Field(
        None, description="The id of the part it is put behind: for steps, sections, fields, choices."
    )
    before: str | None = Field(None, description="The id of the part it is put before.")
    first: Literal[True] | None = Field(None, description="true: it is put first.")


class ChoicesFileSpec(Spec):
    """A file of shared choice lists."""

    choices: dict[Id, ChoiceListValue] = Field(description="Choice lists by their ids.")
    source: Any = Field(None, description="Where they come from.")


class CalendarYearSpec(Spec):
    """One year of a working-day calendar: days off that are weekdays, and weekend days that are worked."""

    source: str | None = Field(None, description="The notice it comes from.")
    holidays: list[Day] = Field(default_factory=list, description="Weekdays that are free.")
    workdays: list[Day] = Field(default_factory=list, description="Weekend days that are worked.")


class CalendarSpec(Spec):
    """A working-day calendar, from the official notices."""

    calendar: Id = Field(description="The calendar's id.")
    source: str | None = Field(None, description="The notices it comes from.")
    years: dict[str, CalendarYearSpec] = Field(description="Its years.")
