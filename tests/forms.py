"""Small forms for tests, written as their YAML."""

from textwrap import dedent

from formkit.compiler import Compiler
from formkit.diagnostics import Diagnostic, Place, has_errors
from formkit.form import Form

_HEAD = "form: small\ntitle: {zh: 小表, en: Small form}\nedition: 2023-05-26\n"


def form_of(body: str, **compiler: object) -> Form:
    """The form of some YAML; without a head it gets one, and bare fields are put into one step."""
    compiled = Compiler(**compiler).compile_text(yaml_of(body), "small.yaml")  # type: ignore[arg-type]
    assert not has_errors(compiled.diagnostics), compiled.diagnostics
    return next(iter(compiled.forms.values()))


def diagnostics_of(body: str) -> list[tuple[str, int, str]]:
    """(code, line within the body, the words it points at) of each finding about some YAML."""
    text = yaml_of(body)
    above = text[: text.index(_first_line(body))].count("\n")
    compiled = Compiler().compile_text(text, "small.yaml")
    return [(d.code, d.place.line - above, _words_at(text, d.place)) for d in compiled.diagnostics]


def diagnostics_found(body: str) -> tuple[Diagnostic, ...]:
    """Everything there is to say of some YAML."""
    return Compiler().compile_text(yaml_of(body), "small.yaml").diagnostics


def _words_at(text: str, place: Place) -> str:
    line = text.splitlines()[place.line - 1]
    return line[place.column - 1 : place.end_column - 1 if place.end_line == place.line else None]


def yaml_of(body: str) -> str:
    """A whole form file for some YAML."""
    text = dedent(body).strip("\n") + "\n"
    if text.startswith("form:"):
        return text
    if any(line.startswith("steps:") for line in text.splitlines()):
        return _HEAD + text
    fields = "".join(f"      {line}\n" for line in text.splitlines())
    return f"{_HEAD}steps:\n  one:\n    title: 第一步\n    fields:\n{fields}"


def _first_line(body: str) -> str:
    return dedent(body).strip("\n").splitlines()[0].strip()
