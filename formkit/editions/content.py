"""A form's file with all it uses → the content of an edition, and that → the form again."""

import os
from collections.abc import Iterator
from pathlib import Path

from formkit.compiler import Compiled, Compiler
from formkit.diagnostics import Severity, has_errors
from formkit.errors import FormInvalid
from formkit.form import Form
from formkit.records.model import Edition


def read_edition(path: Path | str, form: str, compiler: Compiler) -> Edition:
    """The content of a form of a file, with the files it uses.

    Raises `FormInvalid` if the file does not load, `KeyError` if it has no such form.
    """
    return edition_of(compiler.compile_path(path), form)


def edition_of(compiled: Compiled, form: str) -> Edition:
    """The content of a form that was compiled together with nothing but what it uses; raises like `read_edition`."""
    _refuse_errors(compiled)
    found = compiled.forms[form]
    folder = os.path.commonpath([Path(file).resolve().parent for file in compiled.sources])
    texts = {_name(file, folder): source.text for file, source in sorted(compiled.sources.items())}
    return Edition(form, found.edition_hash, found.edition, _name(found.place.file, folder), texts)


def compiled_edition(edition: Edition, compiler: Compiler) -> Form:
    """The form of an edition. Raises `FormInvalid` if this formkit does not take it."""
    compiled = compiler.compile_texts(edition.texts, edition.file)
    _refuse_errors(compiled)
    return compiled.forms[edition.form]


def shipped_editions(paths: Iterator[Path | str], compiler: Compiler) -> dict[str, Edition]:
    """Every form of some files, each with what it uses, by its id; raises `FormInvalid`."""
    found: dict[str, Edition] = {}
    for path in paths:
        compiled = compiler.compile_path(path)
        _refuse_errors(compiled)
        found.update({id_: edition_of(compiled, id_) for id_ in compiled.forms})
    return found


def _name(file: str, folder: str) -> str:
    return Path(file).resolve().relative_to(folder).as_posix()


def _refuse_errors(compiled: Compiled) -> None:
    if has_errors(compiled.diagnostics):
        raise FormInvalid([one for one in compiled.diagnostics if one.severity is Severity.ERROR])
