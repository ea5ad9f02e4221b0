"""`formkit check`: everything there is to say of form files."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from formkit.cli.against import held_against
from formkit.cli.console import Console
from formkit.cli.loading import require_there, texts_of
from formkit.cli.usage import UsageError
from formkit.compiler import Compiler, yaml_files
from formkit.diagnostics import Severity, has_errors
from formkit.lint import lint


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `check` takes."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help=words("argument.paths"))
    parser.add_argument("--against", metavar="OLD", help=words("argument.before"))
    parser.add_argument("--strict", action="store_true", help=words("option.strict"))
    parser.add_argument("--thorough", action="store_true", help=words("option.thorough"))


def run(options: Namespace, console: Console) -> int:
    """1 if anything keeps a form from loading, or from following the one it is held against.

    Warnings are shown, and count only if `--strict`.
    """
    paths, held = options.paths, options.against is not None
    if held and len(paths) > 1:
        raise UsageError("one_against")
    files = [path.partition("#")[0] if held else path for path in paths]
    for path in files:
        require_there(path)
        if not any(yaml_files(Path(path))):
            raise UsageError("no_yaml", path=path)
    compiled = Compiler().compile_path(*files, cases=True)
    breaks = held_against(compiled, paths[0], options.against) if held else ()
    found = (*compiled.diagnostics, *breaks, *lint(compiled, thorough=options.thorough))
    console.show_diagnostics(found, texts_of(compiled))
    warned = any(each.severity is Severity.WARNING for each in found)
    return int(has_errors(found) or (options.strict and warned))
