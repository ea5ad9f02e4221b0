"""A file of cases as it is written: who somebody is and what they answer, and what the form should then do."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from formkit.schemas.form_spec import Spec
from formkit.schemas.values import Day, Words


class ExpectedIssueSpec(Spec):
    """An issue that must be there: its code, and where wanted its level and a part of its sentence."""

    code: str = Field(description="The [code](issue-codes.md); `check` for a check of the form's author.")
    level: Literal["error", "warning", "notice"] | None = Field(None, description="How it weighs.")
    message: str | None = Field(None, description="A part of the sentence people read, in either language.")


def _one_issue(value: object) -> object:
    return {"code": value} if isinstance(value, str) else value


def _issues(value: object) -> object:
    if value == "none":
        return {}
    if isinstance(value, str):
        raise PydanticCustomError("wrong-mapping", "no issues by path", {"value": value[:80]})
    if isinstance(value, dict):
        return {path: each if isinstance(each, list) else [each] for path, each in value.items()}
    return value


_ONE: dict[str, Any] = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/ExpectedIssueSpec"}]}
_ONE_OR_MORE: dict[str, Any] = {"anyOf": [*_ONE["anyOf"], {"type": "array", "items": _ONE}]}
ExpectedIssue = Annotated[ExpectedIssueSpec, BeforeValidator(_one_issue), WithJsonSchema(_ONE)]
ExpectedIssues = Annotated[
    dict[str, list[ExpectedIssue]],
    BeforeValidator(_issues),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "none"},
                {"type": "object", "minProperties": 1, "additionalProperties": _ONE_OR_MORE},
            ]
        }
    ),
]


class ExpectSpec(Spec):
    """What must be so. What is not stated is not checked."""

    visible: Words = Field(default_factory=list, description="Fields, steps (`work/`), sections (`work/unit`) shown.")
    hidden: Words = Field(default_factory=list, description="Fields, steps and sections not shown.")
    required: Words = Field(default_factory=list, description="Fields shown that must be answered.")
    optional: Words = Field(default_factory=list, description="Fields shown that may be left empty.")
    locked: Words = Field(default_factory=list, description="Fields whose value is the record's and cannot be changed.")
    editable: Words = Field(default_factory=list, description="Fields shown, neither locked nor calculated.")
    calculated: Words = Field(default_factory=list, description="Fields whose value is worked out, not asked.")
    values: dict[str, Any] = Field(default_factory=dict, description="Fields and the value each then has.")
    blank: Words = Field(default_factory=list, description="Fields that then have no value.")
    hints: dict[str, Words] = Field(
        default_factory=dict, description="Fields and the conditional or other hints shown, all of them; `[]` for none."
    )
    issues: ExpectedIssues | None = Field(
        None, description="Paths and the issues there, all of them; `none`: no error and no warning anywhere."
    )
    no_issues: Words = Field(default_factory=list, description="Fields of which nothing is said.")
    accepted: bool | None = Field(None, description="Whether it can be sent off: warnings do not stop it.")
    steps: Words = Field(default_factory=list, description="The steps that are shown, all of them in order.")
    next_step: str | None = Field(None, description="The first step not done, or `check` when all are.")
    state: str | None = Field(None, description="The state it is then in.")
    due: Day | None = Field(None, description="The day from which the system may decide.")
    transitions: dict[str, Words] = Field(
        default_factory=dict, description="For `applicant`, `system` or a role: the transitions open, all of them."
    )
    record: Literal["read_only", "open"] | None = Field(None, description="What the person's record then allows.")


class CaseSpec(Spec):
    """One case: what differs from the answers, facts and day above, and what must then be so."""

    today: Day | None = Field(None, description="The day it is.")
    facts: dict[str, Any] = Field(default_factory=dict, description="Facts that differ from those above.")
    unknown_facts: Words = Field(default_factory=list, description="Facts that cannot be found out just now.")
    answers: dict[str, Any] = Field(
        default_factory=dict, description='Answers that differ; of a group only the fields that do. `""`: left empty.'
    )
    without: Words = Field(default_factory=list, description="Answers above that are not given here.")
    submitted: bool = Field(
        False, description="true: the answers above are on record, and `answers` alone are what is now changed."
    )
    record: dict[str, Any] | None = Field(None, description="What is on record, where it is not the answers above.")
    visited: Words | None = Field(None, description="Steps sent so far; all of them if left out.")
    state: str | None = Field(None, description="The state it is in before.")
    entered: Day | None = Field(None, description="The day it came into that state; the system then acts when due.")
    take: str | None = Field(None, description="The transition somebody asks for.")
    by: str | None = Field(None, description="Who asks: `applicant`, `system`, a role; whoever may, if left out.")
    reason: str | None = Field(None, description="The reason given.")
    expect: ExpectSpec = Field(description="What must be so.")


class CasesFileSpec(Spec):
    """Cases of one form."""

    cases: str = Field(description="The form: a file, or `file.yaml#form_id`, from this file's folder.")
    today: Day | None = Field(None, description="The day it is; the day of the edition if left out.")
    facts: dict[str, Any] = Field(default_factory=dict, description="What the portal knows, unless a case says else.")
    unknown_facts: Words = Field(default_factory=list, description="Facts that cannot be found out, likewise.")
    answers: dict[str, Any] = Field(default_factory=dict, description="The answers each case begins with.")
    working_days: str | None = Field(None, description="The calendar file by which working days count.")
    tests: dict[str, CaseSpec] = Field(description="The cases by their names.")
