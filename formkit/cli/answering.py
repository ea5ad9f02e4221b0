"""What validate and render have in common: a form, and somebody's answers to it on some day."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from formkit.cli.loading import day_of, load_form, read_facts, read_object, require_record
from formkit.cli.usage import UsageError
from formkit.fields.base import JSON
from formkit.form import Form


@dataclass(frozen=True)
class Answering:
    """The form and everything known of one person."""

    form: Form
    answers: Mapping[str, JSON]
    record: Mapping[str, JSON] | None
    facts: Mapping[str, JSON]
    today: str


def add_answering(
    parser: ArgumentParser, words: Callable[[str], str], *, answers_required: bool, facts: str = "argument.facts"
) -> None:
    """The arguments that name a form and what is known of a person."""
    parser.add_argument("form", metavar="FORM", help=words("argument.form"))
    parser.add_argument("--answers", metavar="FILE", required=answers_required, help=words("argument.answers"))
    parser.add_argument("--record", metavar="FILE", help=words("argument.record"))
    parser.add_argument("--facts", metavar="FILE", help=words(facts))
    parser.add_argument("--today", metavar="YYYY-MM-DD", help=words("argument.today"))


def answering_of(options: Namespace, *, rest_unknown: bool = False) -> Answering:
    """What the options name, read; with `rest_unknown` facts may be left out."""
    if [options.answers, options.record, options.facts].count("-") > 1:
        raise UsageError("stdin_twice")
    form, record = load_form(options.form), read_object(options.record)
    require_record(record, form, str(options.record))
    return Answering(
        form,
        answers=read_object(options.answers) or {},
        record=record,
        facts=read_facts(options.facts, form, rest_unknown=rest_unknown),
        today=day_of(options.today, form),
    )


def require_step(form: Form, step: str) -> None:
    """Refuses the name of a step that the form does not have."""
    if step not in form.steps_by_id:
        raise UsageError("unknown_step", name=step, known=", ".join(form.steps_by_id))
