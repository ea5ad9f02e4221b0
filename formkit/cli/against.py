"""`formkit check NEW --against OLD`: a form as the edition after another."""

from argparse import Namespace
from collections.abc import Iterator, Mapping

from formkit.cli.console import Console
from formkit.cli.loading import require_there, texts_of
from formkit.cli.usage import FormBroken, UsageError
from formkit.compiler import Compiled, Compiler
from formkit.diagnostics import Diagnostic, has_errors
from formkit.diff.against import against
from formkit.form import Form


def check_against(options: Namespace, console: Console) -> int:
    """1 if the new form does not load, or does not say what becomes of something that is held; else 0."""
    if len(options.paths) > 1:
        raise UsageError("one_against")
    new, wanted = _compiled(options.paths[0])
    old, of = _compiled(options.against)
    if has_errors(old.diagnostics):
        raise FormBroken(old.diagnostics, texts_of(old))
    pairs = tuple(_pairs(_named(old, options.against, of), _named(new, options.paths[0], wanted), of, wanted))
    if not pairs and not has_errors(new.diagnostics):
        known = ", ".join(old.forms)
        raise UsageError("nothing_against", new=options.paths[0], old=options.against, known=known)
    found: list[Diagnostic] = [*new.diagnostics, *(each for one, other in pairs for each in against(one, other))]
    console.show_diagnostics(found, texts_of(new))
    return int(has_errors(found))


def _compiled(named: str) -> tuple[Compiled, str]:
    file, _, id_ = named.partition("#")
    require_there(file)
    return Compiler().compile_path(file, cases=True), id_


def _named(compiled: Compiled, named: str, id_: str) -> Mapping[str, Form]:
    """The form that is named, else all of them."""
    if not id_:
        return compiled.forms
    if id_ not in compiled.forms and not has_errors(compiled.diagnostics):
        raise UsageError("unknown_form", file=named.partition("#")[0], name=id_, known=", ".join(compiled.forms))
    return {id_: compiled.forms[id_]} if id_ in compiled.forms else {}


def _pairs(old: Mapping[str, Form], new: Mapping[str, Form], of: str, wanted: str) -> Iterator[tuple[Form, Form]]:
    """The forms of one id; two that are alone, or named, whatever their ids."""
    alone = len(old) == 1 and len(new) == 1
    for id_, form in new.items():
        if id_ in old:
            yield old[id_], form
        elif alone or (of and wanted):
            yield next(iter(old.values())), form
