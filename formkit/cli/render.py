"""`formkit render`: one page of a form, with somebody's answers."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable

from formkit.cli.answering import Answering, add_answering, answering_of, require_step
from formkit.cli.console import Console
from formkit.cli.usage import UsageError
from formkit.errors import UnknownName
from formkit.issues import Issue
from formkit.renderers import CHECK, RECORD, RENDERERS, render
from formkit.validation import validate


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `render` takes."""
    add_answering(parser, words, answers_required=False)
    parser.add_argument("--step", metavar="STEP", required=True, help=words("argument.step"))
    parser.add_argument("--renderer", choices=tuple(RENDERERS), help=words("argument.renderer"))
    parser.add_argument("--issues", action="store_true", help=words("argument.issues"))


def run(options: Namespace, console: Console) -> int:
    """Writes the page; `--format json` asks for the `json` renderer too."""
    given = answering_of(options)
    if options.step not in (CHECK, RECORD):
        require_step(given.form, options.step)
    renderer = options.renderer or ("json" if console.for_programs else "html")
    try:
        page = render(
            given.form,
            options.step,
            given.answers,
            record=given.record,
            facts=given.facts,
            today=given.today,
            issues=_issues(given, options.step) if options.issues else (),
            language=console.language,
            renderer=renderer,
        )
    except UnknownName as hidden:
        raise UsageError("hidden_step", name=hidden.name, known=", ".join(hidden.known)) from None
    console.write(page)
    return 0


def _issues(given: Answering, step: str) -> Iterable[Issue]:
    only = step if step in given.form.steps_by_id else None
    judged = validate(given.form, given.answers, record=given.record, facts=given.facts, today=given.today, step=only)
    return judged.issues
