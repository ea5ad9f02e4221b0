"""The page of the command line: each command's own help, in both languages."""

import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from unittest.mock import patch

from docs.generating.markdown import page
from formkit.cli.arguments import VERBS, CommandEnded, read_arguments

_ABOUT = """\
`formkit VERB …`, or `python -m formkit.cli VERB …`. Exit code 0: good; 1: errors in a form or in answers; 2: a
command that cannot be carried out. `--format json` writes JSON for programs; `--lang` chooses the language of
sentences."""


def command_line() -> str:
    """The help of the command and of each verb."""
    return page(
        "Command line", _ABOUT, *_section("formkit", []), *(part for verb in VERBS for part in _section(verb, [verb]))
    )


def _section(title: str, words: list[str]) -> Iterator[str]:
    yield f"## {title}"
    for language in ("en", "zh"):
        yield f"```text\n{_help(words, language).strip()}\n```"


def _help(words: list[str], language: str) -> str:
    written = StringIO()
    with redirect_stdout(written), patch.dict(os.environ, {"COLUMNS": "100"}):
        try:
            read_arguments([*words, "--lang", language, "--help"])
        except CommandEnded:
            return written.getvalue()
    raise AssertionError("help ends the command")
