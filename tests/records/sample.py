"""A small form for the tests of this room: a value, a choice, a password, a group, rows and an image."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from formkit.diagnostics import Place
from formkit.expressions import Type
from formkit.fields.base import FieldType, Options, Shape, Surroundings
from formkit.form import Drafts, Field, Form, Section, State, Step, Workflow
from formkit.issues import Issue, Level
from formkit.texts import Text

HERE = Place("sample.yaml", 1, 1, 1, 1)
NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


class SampleType(FieldType[Options]):
    """Whatever is answered is the value."""

    name = "sample"

    def parse(self, raw: Any) -> Any:
        return raw

    def rule_type(self) -> Type:
        return Type()

    def json_schema(self) -> dict[str, Any]:
        return {}


class SamplePassword(SampleType):
    stored = False


class SampleImage(SampleType):
    attachment = True


class SampleGroup(SampleType):
    shape = Shape.GROUP


class SampleRows(SampleType):
    shape = Shape.ROWS


def sample_field(path: str, kind: type[SampleType] = SampleType, fields: tuple[Field, ...] = ()) -> Field:
    kind_in_use = kind(Options(), Surroundings({}))
    return Field(path.rpartition(".")[2], path, kind_in_use, Text(path), HERE, fields=fields)


FIELDS = (
    sample_field("name"),
    sample_field("division"),
    sample_field("password", SamplePassword),
    sample_field("photo", SampleImage),
    sample_field("home", SampleGroup, (sample_field("home.city"), sample_field("home.code", SamplePassword))),
    sample_field(
        "awards",
        SampleRows,
        (
            sample_field("awards.title"),
            sample_field("awards.proof", SampleImage),
            sample_field("awards.secret", SamplePassword),
        ),
    ),
)
PENDING = State("pending", Text("pending"), None, None, False, False, HERE)


def sample_form(edition: str = "2026-01-01", fields: tuple[Field, ...] = FIELDS) -> Form:
    section = Section("all", None, None, None, fields, HERE)
    step = Step("only", Text("only"), None, None, (section,), (), HERE)
    return Form(
        id="sample",
        title=Text("sample"),
        edition=edition,
        edition_hash=f"hash of {edition}",
        basis=(),
        summary=None,
        time_zone="Asia/Shanghai",
        drafts=Drafts(),
        languages=("zh", "en"),
        facts={},
        choices={},
        steps=(step,),
        checks=(),
        submission_label=None,
        submission_note=None,
        submission_done=None,
        workflow=Workflow("pending", {"pending": PENDING}, {}, frozenset()),
        order=(),
        place=HERE,
    )


FORM = sample_form()


@dataclass(frozen=True)
class SampleVerdict:
    """What the stand-in of validation says."""

    values: dict[str, Any]
    issues: tuple[Issue, ...] = ()


@dataclass
class SampleJudge:
    """Takes every answer that is not blank over what is on record; refuses with `issues`; remembers the questions."""

    issues: tuple[Issue, ...] = ()
    asked: list[Any] = field(default_factory=list)

    def __call__(self, answers: Any, /, *, record: Any) -> SampleVerdict:
        self.asked.append((dict(answers), record))
        values = {**(record or {}), **answers}
        return SampleVerdict({name: value for name, value in values.items() if value not in (None, [])}, self.issues)


def error(code: str, path: str) -> Issue:
    return Issue(code, path, level=Level.ERROR)
