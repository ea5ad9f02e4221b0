"""`formkit check NEW --against OLD`: a form as the edition after another."""

from collections.abc import Iterator, Mapping

from formkit.cli.loading import require_there, texts_of
from formkit.cli.usage import FormBroken, UsageError
from formkit.compiler import Compiled, Compiler
from formkit.diagnostics import Diagnostic, has_errors
from formkit.diff.against import against
from formkit.form import Form


def held_against(new: Compiled, named: str, old_named: str) -> tuple[Diagnostic, ...]:
    """What there is to say of the new form, or forms, after the old; named as `file.yaml` or `file.yaml#form`."""
    file, _, of = old_named.partition("#")
    require_there(file)
    old = Compiler().compile_path(file)
    if has_errors(old.diagnostics):
        raise FormBroken(old.diagnostics, texts_of(old))
    before, after = _forms(old, old_named), _forms(new, named)
    pairs = tuple(_pairs(before, after, both_named=bool(of and named.partition("#")[2])))
    if not pairs and not has_errors(new.diagnostics):
        raise UsageError("nothing_against", new=named, old=old_named, known=", ".join(before))
    return tuple(each for one, other in pairs for each in against(one, other))


def _forms(compiled: Compiled, named: str) -> Mapping[str, Form]:
    """The form that is named, else all of them."""
    file, _, id_ = named.partition("#")
    if not id_:
        return compiled.forms
    if id_ not in compiled.forms and not has_errors(compiled.diagnostics):
        raise UsageError("unknown_form", file=file, name=id_, known=", ".join(compiled.forms))
    return {id_: compiled.forms[id_]} if id_ in compiled.forms else {}


def _pairs(old: Mapping[str, Form], new: Mapping[str, Form], *, both_named: bool) -> Iterator[tuple[Form, Form]]:
    """The forms of one id; two that are alone, or named, whatever their ids."""
    alone = both_named or (len(old) == 1 and len(new) == 1)
    for id_, form in new.items():
        if id_ in old:
            yield old[id_], form
        elif alone:
            yield next(iter(old.values())), form
