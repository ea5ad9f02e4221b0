"""The page of the keys of a form file."""

from collections.abc import Mapping

from pydantic import BaseModel

from docs.generating.keys import keys_table
from docs.generating.markdown import page
from formkit.schemas import form_spec as spec

_ABOUT = """\
A file says what it is by its first key: a form (`form:`), choice lists that several forms share (`choices:`), a
calendar of working days (`calendar:`), or [cases of a form](cases-file.md) (`cases:`). One file may hold several forms,
with `---` between them.

An editor with a YAML language server completes and checks these keys when the file begins with
`# yaml-language-server: $schema=…/form.schema.json` (the schema is `formkit/schemas/form.schema.json`).

What is written:

- **text**: `姓名`, or one for each language: `{zh: 姓名, en: Name}`. Notes are Markdown without HTML.
- **id**: small letters, digits, underscores or Chinese, not beginning with a digit or an underscore.
- **condition**: [a rule](rule-language.md) such as `age >= 18 and status == 'student'`, or the short form
  `{status: student}`, `{status: [student, retired]}`.
- **expression**: a rule that gives a value, such as `id_birth_date(id_number)`.
- **day**: `2024-09-01`. **size**: `2 MB`, `500 KB`.
- `true` and `false` are yes and no. The words `yes`, `no`, `on`, `off` are words; `08`, `12:30` and dates stay text."""

_SECTIONS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("A form", spec.FormSpec),
    ("Drafts", spec.DraftsSpec),
    ("A fact", spec.FactSpec),
    ("A choice list", spec.ChoiceListSpec),
    ("A choice", spec.ChoiceSpec),
    ("A step", spec.StepSpec),
    ("A section", spec.SectionSpec),
    ("A field", spec.FieldSpec),
    ("A conditional text", spec.WhenTextSpec),
    ("A check", spec.CheckSpec),
    ("Submission", spec.SubmissionSpec),
    ("The workflow", spec.WorkflowSpec),
    ("A state", spec.StateSpec),
    ("A transition", spec.TransitionSpec),
    ("A treatment", spec.TreatmentSpec),
    ("A difference", spec.DifferenceSpec),
    ("A file of choice lists", spec.ChoicesFileSpec),
    ("A calendar", spec.CalendarSpec),
    ("A calendar year", spec.CalendarYearSpec),
)
HEADINGS: Mapping[str, str] = {model.__name__: heading for heading, model in _SECTIONS}


def form_file() -> str:
    """Every key of every part."""
    parts = [part for heading, model in _SECTIONS for part in _section(heading, model)]
    return page("Keys of a form file", _ABOUT, *parts)


def _section(heading: str, model: type[BaseModel]) -> list[str]:
    more = "A type has [keys of its own](field-types.md) besides." if model is spec.FieldSpec else ""
    return [f"## {heading}", f"{(model.__doc__ or '').strip()} {more}".strip(), keys_table(model, HEADINGS)]
