"""The command line: `formkit VERB …`; exit 0 for good, 1 for findings, 2 for a command that cannot be carried out."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from formkit.cli.arguments import CommandEnded, read_arguments
from formkit.cli.console import Console
from formkit.cli.usage import FormBroken, UsageError

__all__ = ["main"]

FINDINGS, USAGE = 1, 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Carries out a command (the program's own arguments, if none are given) and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = read_arguments(sys.argv[1:] if argv is None else argv)
    except CommandEnded as ended:
        return ended.status
    console = Console(options.lang, options.format)
    try:
        return int(import_module(f"formkit.cli.{options.verb}").run(options, console))
    except UsageError as error:
        console.complain(error)
        return USAGE
    except FormBroken as broken:
        console.show_diagnostics(broken.diagnostics, broken.sources)
        return FINDINGS
    except BrokenPipeError:
        # Whoever reads the pipe has seen enough (`formkit check … | head`); nothing more may be flushed into it.
        # What was not told may have been findings, so this is not called good.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except KeyboardInterrupt:
        return INTERRUPTED
