"""`formkit lsp`: the language server, spoken to by an editor over standard input and output."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from formkit.cli.console import Console
from formkit.cli.usage import UsageError


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `lsp` takes: nothing of its own, and `--stdio`, which editors add by habit."""
    parser.add_argument("--stdio", action="store_true", help=words("argument.stdio"))


def run(options: Namespace, console: Console) -> int:  # noqa: ARG001 - every verb is called alike
    """Serves until the editor says so."""
    try:
        from formkit.lsp.server import language_server
    except ImportError:
        raise UsageError("no_lsp") from None
    language_server(console.language).start_io()
    return 0
