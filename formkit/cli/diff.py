"""`formkit diff`: what changed between two editions of a form, for whom, and whether it breaks anything."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from formkit.cli.console import Console
from formkit.cli.loading import load_form
from formkit.cli.usage import UsageError
from formkit.diff import Severity, diff, worst
from formkit.diff.report import Report
from formkit.testing.stopped import with_examples


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `diff` takes."""
    parser.add_argument("old", metavar="OLD", help=words("argument.old"))
    parser.add_argument("new", metavar="NEW", help=words("argument.new"))
    parser.add_argument("--out", metavar="FILE", help=words("argument.diff_out"))


def run(options: Namespace, console: Console) -> int:
    """1 if something breaks, else 0."""
    old, new = load_form(options.old), load_form(options.new)
    changes = with_examples(old, new, diff(old, new))
    report = Report(old, new, changes, console.language)
    written = _WRITERS[console.format](report)
    if options.out is None:
        console.write(written)
    else:
        try:
            Path(options.out).write_text(written, "utf-8")
        except OSError:
            raise UsageError("not_writable", file=options.out) from None
    return int(worst(changes) is Severity.BREAKING)


def _json(report: Report) -> str:
    return json.dumps(report.json(), ensure_ascii=False, indent=2) + "\n"


_WRITERS: dict[str, Callable[[Report], str]] = {
    "text": Report.text,
    "json": _json,
    "markdown": Report.markdown,
    "html": Report.html,
}
