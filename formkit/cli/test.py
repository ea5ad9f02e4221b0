"""`formkit test`: runs cases, and tells which rules they have seen come out both ways."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from formkit.cases import FileResult, Proposing, Report, coverage_of, mutation_of, run_cases
from formkit.cli.adding import add_proposed
from formkit.cli.console import Console
from formkit.cli.loading import require_there, texts_of
from formkit.cli.usage import FormBroken, UsageError
from formkit.compiler import Compiled, Compiler, yaml_files
from formkit.compiler.case_files import CaseFile, file_beside
from formkit.diagnostics import has_errors
from formkit.schemas.source import read_yaml

_MOST_PROPOSED = 500


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `test` takes."""
    parser.add_argument("paths", metavar="PATH", nargs="*", default=["."], help=words("argument.test_paths"))
    parser.add_argument("--coverage", action="store_true", help=words("argument.coverage"))
    parser.add_argument("--mutate", action="store_true", help=words("argument.mutate"))
    parser.add_argument("--write", action="store_true", help=words("argument.write_cases"))
    parser.add_argument("--complete", action="store_true", help=words("argument.complete"))


def run(options: Namespace, console: Console) -> int:
    """1 if a case fails, or with `--complete` if a rule was not seen both ways; else 0."""
    files = tuple(case_files(options.paths))
    if not files:
        raise UsageError("no_cases", path=", ".join(options.paths))
    reports = [_report(run, console.language, mutate=options.mutate) for run in _by_form(files)]
    if console.for_programs:
        console.write_json({"forms": [report.json() for report in reports]})
    else:
        for report in reports:
            for line in report.text(whole=options.coverage):
                console.write(line)
    for report in reports if options.write else ():
        added = add_proposed(report)
        if added and not console.for_programs:
            console.say("test.added", file=report.files[0].file.file, count=added)
    incomplete = options.complete and not all(report.coverage.complete for report in reports)
    return int(incomplete or any(report.failed for report in reports))


def _report(files: tuple[FileResult, ...], language: str, *, mutate: bool) -> Report:
    form = files[0].form
    coverage, mutation = coverage_of(form, files), mutation_of(form, files) if mutate else None
    proposing = Proposing(files[0])
    found = [proposing.for_rule(seen, way) for seen, way in coverage.missing[:_MOST_PROPOSED]]
    left = mutation.survivors if mutation is not None else ()
    found += [proposing.for_mutant(mutant) for mutant in left[:_MOST_PROPOSED]]
    proposals = tuple(each for each in found if each is not None)
    return Report(files, coverage, language, mutation, proposals)


def case_files(paths: list[str]) -> Iterator[CaseFile]:
    """The cases in files and folders; of a form's own file, those beside it that are about it."""
    for path in paths:
        require_there(path)
    compiled = _compiled(paths)
    yield from compiled.cases
    read = {cases.file for cases in compiled.cases}
    forms = {path for path in paths if Path(path).is_file() and path not in read}
    beside = {str(file) for path in forms for file in _about(Path(path))} - read
    if beside:
        yield from _compiled(sorted(beside)).cases


def _about(form: Path) -> Iterator[Path]:
    """The files of cases in a form's folder, and in those inside it, that name the form's file."""
    for file in yaml_files(form.parent):
        for document in read_yaml(file).documents:
            named = document.value.get("cases") if isinstance(document.value, Mapping) else None
            if isinstance(named, str) and file_beside(file, named.partition("#")[0]) == form:
                yield file


def _compiled(paths: list[str]) -> Compiled:
    compiled = Compiler().compile_path(*paths, cases=True)
    if has_errors(compiled.diagnostics):
        raise FormBroken(compiled.diagnostics, texts_of(compiled))
    return compiled


def _by_form(files: tuple[CaseFile, ...]) -> list[tuple[FileResult, ...]]:
    by_form: dict[str, list[FileResult]] = {}
    for file in files:
        by_form.setdefault(f"{file.form.place.file}#{file.form.id}", []).append(run_cases(file))
    return [tuple(results) for results in by_form.values()]
