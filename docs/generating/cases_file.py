"""The page of the keys of a file of cases."""

from collections.abc import Mapping

from pydantic import BaseModel

from docs.generating.keys import keys_table
from docs.generating.markdown import page
from formkit.schemas import cases_spec as spec

_ABOUT = """\
A file of cases begins with `cases:` and names its form. Each case states who somebody is and what they answer, and what
the form should then do; [`formkit test`](command-line.md#test) runs them. [Test a form](../how-to/test-a-form.md) shows
how they are written.

- **What every case begins with** stands at the head of the file: `today`, `facts`, `answers`. A case states what
  differs. Of a group only the fields that differ; rows are stated whole. `without` takes answers away.
- **Blank** is `""`, of answers and of facts. A fact that cannot be found out just now is named in `unknown_facts`.
- **Files and pictures** are stated by name alone, `student_card: card.jpg`, and are then as the field wants them; or
  with what matters: `{name: card.jpg, size: 6 MB, width: 200}`.
- **Paths** are those of [why](../how-to/ask-why.md): a field `email`, of a group `school.level`, of a row
  `awards.r1.name`; a step `work/`, a section `work/unit`. The rows a case states are r1, r2 and so on unless they have
  an `_id`.
- **A change**: with `submitted: true` the answers at the head of the file are on record, and `answers` alone are what
  is changed now. `record` states another record.
- **What happens after submission**: `state` is where it stands, `take` what somebody asks for; with `entered` the
  system has done by `today` what is due.
- What `expect` does not state is not checked. A path under `issues` is stated whole: the codes there are all that is
  said there.

One file may hold several documents, with `---` between them, each with its own head."""

_SECTIONS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("A file of cases", spec.CasesFileSpec),
    ("A case", spec.CaseSpec),
    ("What is expected", spec.ExpectSpec),
    ("An issue expected", spec.ExpectedIssueSpec),
)
CASE_HEADINGS: Mapping[str, str] = {model.__name__: heading for heading, model in _SECTIONS}


def cases_file() -> str:
    """Every key of every part."""
    parts = [part for heading, model in _SECTIONS for part in _section(heading, model)]
    return page("Keys of a file of cases", _ABOUT, *parts)


def _section(heading: str, model: type[BaseModel]) -> list[str]:
    return [f"## {heading}", (model.__doc__ or "").strip(), keys_table(model, CASE_HEADINGS)]
