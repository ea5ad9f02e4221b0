"""`formkit render`: one page of a form, with somebody's answers; or all of it as a PDF."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from formkit.cli.answering import Answering, add_answering, answering_of, require_step
from formkit.cli.console import Console
from formkit.cli.usage import UsageError
from formkit.errors import UnknownName
from formkit.issues import Issue
from formkit.renderers import CHECK, RECORD, RENDERERS, Paper, PdfNotInstalled, record_pdf, render
from formkit.validation import validate

PDF = "pdf"


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `render` takes."""
    add_answering(parser, words, answers_required=False)
    parser.add_argument("--step", metavar="STEP", required=True, help=words("argument.step"))
    parser.add_argument("--renderer", choices=(*RENDERERS, PDF), help=words("argument.renderer"))
    parser.add_argument("--out", metavar="FILE", help=words("argument.out"))
    parser.add_argument("--issues", action="store_true", help=words("argument.issues"))


def run(options: Namespace, console: Console) -> int:
    """Writes the page; `--format json` asks for the `json` renderer too."""
    given = answering_of(options)
    if options.step not in (CHECK, RECORD):
        require_step(given.form, options.step)
    if options.renderer == PDF:
        _keep(options.out, _pdf(given, options, console))
        return 0
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
    if options.out:
        _keep(options.out, page.encode())
    else:
        console.write(page)
    return 0


def _pdf(given: Answering, options: Namespace, console: Console) -> bytes:
    """All of it, made at the start of the day asked for: the same options give the same file."""
    if not options.out:
        raise UsageError("pdf_needs_file")
    made = datetime.fromisoformat(given.today).replace(tzinfo=ZoneInfo(given.form.time_zone))
    try:
        return record_pdf(
            given.form,
            given.record,
            answers=given.answers,
            paper=Paper(made),
            facts=given.facts,
            today=given.today,
            language=console.language,
        )
    except PdfNotInstalled:
        raise UsageError("pdf_not_installed") from None


def _keep(file: str, content: bytes) -> None:
    try:
        Path(file).write_bytes(content)
    except OSError:
        raise UsageError("not_writable", file=file) from None


def _issues(given: Answering, step: str) -> Iterable[Issue]:
    only = step if step in given.form.steps_by_id else None
    judged = validate(given.form, given.answers, record=given.record, facts=given.facts, today=given.today, step=only)
    return judged.issues
