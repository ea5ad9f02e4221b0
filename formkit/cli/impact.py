"""`formkit impact`: an edition held against the records there are: how many people it concerns, and by which rule."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path

from formkit.cli.console import Console
from formkit.cli.loading import day_of, load_form, read_given_facts
from formkit.cli.progress import Progress
from formkit.cli.storing import without_password
from formkit.cli.usage import UsageError
from formkit.impact import ABOUT, Effect, Outcome, Question, Reader, SourceUnreadable, can_part, impact, open_reader
from formkit.impact.page import page
from formkit.impact.report import Asked, Report
from formkit.locales import sentence
from formkit.texts import LANGUAGES, Text

_INTERRUPTED = 130


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `impact` takes."""
    parser.add_argument("new", metavar="NEW", help=words("argument.new"))
    parser.add_argument("--records", metavar="SOURCE", required=True, help=words("argument.records"))
    parser.add_argument("--against", metavar="OLD", help=words("argument.impact_against"))
    parser.add_argument("--by", metavar="FIELD", action="append", default=[], help=words("argument.impact_by"))
    parser.add_argument("--facts", metavar="FILE", help=words("argument.impact_facts"))
    parser.add_argument("--today", metavar="DAY", help=words("argument.today"))
    parser.add_argument("--workers", metavar="N", type=int, help=words("argument.workers"))
    parser.add_argument("--show-values", action="store_true", help=words("argument.show_values"))
    parser.add_argument("--out", metavar="FILE", help=words("argument.diff_out"))


def run(options: Namespace, console: Console) -> int:
    """1 if anybody is asked something or anything could not be read, 130 if it was ended early; else 0."""
    new = load_form(options.new)
    old = load_form(options.against) if options.against is not None else None
    by = tuple(dict.fromkeys(options.by))
    for path in by:
        if not can_part(new, path):
            known = [path for path in new.fields if can_part(new, path)]
            raise UsageError("wrong_by", name=path, known=", ".join((*known, *ABOUT)))
    if options.workers is not None and options.workers < 1:
        raise UsageError("wrong_workers")
    today = day_of(options.today, new)
    question = Question(
        partial(load_form, options.new),
        partial(load_form, options.against) if old is not None else None,
        today,
        read_given_facts(options.facts, [form for form in (new, old) if form is not None]),
        by,
        options.show_values,
    )
    try:
        reader = open_reader(options.records, [old, new] if old is not None else [new])
        outcome = _counted(question, reader, options.workers, console)
    except SourceUnreadable as error:
        raise _usage(error) from None
    asked = Asked(without_password(options.records), new, old, today, by, reader.unused)
    _write(Report(asked, outcome, console.language), options.out, console)
    if not outcome.complete:
        return _INTERRUPTED
    return int(outcome.tally.unreadable > 0 or outcome.tally.whole.effects[Effect.ASKED] > 0)


def _counted(question: Question, reader: Reader, workers: int | None, console: Console) -> Outcome:
    with Progress(console) as progress:
        return impact(question, reader, workers=workers, watch=progress.show)


def _write(report: Report, out: str | None, console: Console) -> None:
    written = _WRITERS[console.format](report)
    if out is None:
        console.write(written)
        return
    try:
        Path(out).write_text(written, "utf-8", errors="backslashreplace")
    except OSError:
        raise UsageError("not_writable", file=out) from None


def _json(report: Report) -> str:
    return json.dumps(report.json(), ensure_ascii=False, indent=2) + "\n"


_WRITERS: dict[str, Callable[[Report], str]] = {"text": Report.text, "json": _json, "html": page}


def _usage(error: SourceUnreadable) -> UsageError:
    return UsageError(
        "source", why=Text({each: sentence("impact", error.code, error.params, each) for each in LANGUAGES})
    )
