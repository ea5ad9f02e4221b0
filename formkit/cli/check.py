"""`formkit check`: everything there is to say of form files."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from formkit.cli.against import check_against
from formkit.cli.console import Console
from formkit.cli.loading import require_there, texts_of
from formkit.cli.usage import UsageError
from formkit.compiler import Compiler, yaml_files
from formkit.diagnostics import has_errors
from formkit.lint import lint


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `check` takes."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help=words("argument.paths"))
    parser.add_argument("--against", metavar="OLD", help=words("argument.before"))


def run(options: Namespace, console: Console) -> int:
    """1 if anything keeps a form from loading, or from following the one it is held against; warnings do not count."""
    if options.against is not None:
        return check_against(options, console)
    for path in options.paths:
        require_there(path)
        if not any(yaml_files(Path(path))):
            raise UsageError("no_yaml", path=path)
    compiled = Compiler().compile_path(*options.paths, cases=True)
    console.show_diagnostics((*compiled.diagnostics, *lint(compiled)), texts_of(compiled))
    return int(has_errors(compiled.diagnostics))
