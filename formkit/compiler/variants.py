"""`extends`: the base a form names, found; a base of a base first, and no circle."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from os.path import normpath
from pathlib import Path

from formkit.compiler.merging import Merging
from formkit.compiler.reading import Library, kind_of
from formkit.compiler.reporting import Reporter, YamlPath
from formkit.diagnostics import Diagnostic, Severity, has_errors
from formkit.form import Form
from formkit.schemas.grafting import Entry, entries_at, node_at
from formkit.schemas.source import Document

MAX_BASES = 8


@dataclass(frozen=True)
class Whole:
    """A form's document with everything it has of its bases, and what it is made of.

    `touched` is a path of the whole form → the path in the variant that states it or leaves it out. One that is not
    `sound` is whole as far as the differences can be told: it is no form, but its names are known.
    """

    document: Document
    own: Document
    base: "Whole | None" = None
    touched: dict[YamlPath, YamlPath] = field(default_factory=dict)
    sound: bool = True


def whole_form(document: Document, library: Library, above: tuple[Document, ...] = ()) -> Whole:
    """The whole form of a document, with everything that is wrong reported; `above` are what extends it."""
    if "extends" not in entries_at(document.root, ()):
        return Whole(document, document)
    reporter = Reporter(document)
    if "form" not in entries_at(document.root, ()):
        reporter.report("missing-key", (), {"value": "form"})
    found = _base(document, library, reporter, above)
    base = whole_form(found, library, (*above, document)) if found is not None else None
    if base is not None and not base.sound:
        reporter.report("base-broken", ("extends",), {"value": _named(document)})
    merging = Merging(base.document, document, _shared(base.document, library), reporter) if base else None
    whole = merging.whole() if merging else document
    library.diagnostics.extend(reporter.diagnostics)
    sound = merging is not None and not has_errors(reporter.diagnostics)
    return Whole(whole, document, base, merging.touched if merging else {}, sound)


def breaks_base(whole: Whole, found: Iterable[Diagnostic], base: Form | None) -> Iterator[Diagnostic]:
    """What a variant makes wrong in lines that are right in its base, told where it names the base."""
    place = whole.own.place(("extends",))
    if base is None:
        yield Diagnostic("base-broken", place, {"value": _named(whole.own)})
        return
    around = whole.own.place(())
    for diagnostic in found:
        at = diagnostic.place
        inside = at.file == around.file and around.line <= at.line <= around.end_line
        if diagnostic.severity is Severity.ERROR and not inside:
            yield Diagnostic("breaks-base", place, {"file": at.file, "line": at.line})


def _base(document: Document, library: Library, reporter: Reporter, above: tuple[Document, ...]) -> Document | None:
    """The document that `extends` names."""
    at: YamlPath = ("extends",)
    named = _named(document)
    file, _, id_ = named.partition("#")
    here = Path(document.place(()).file)
    path = Path(normpath(here.parent / file)) if file else here
    if not named:
        reporter.report("wrong-extends", at, key=True)
        return None
    if file and not library.has(path):
        reporter.report("unknown-base", at, {"value": file})
        return None
    forms = {_id(each): each for each in library.source(path).documents if kind_of(each) == "form"}
    forms = {name: each for name, each in forms.items() if id_ or each is not document}
    if not forms:
        reporter.report("no-base", at, {"value": file or path.name})
    elif id_ and id_ not in forms:
        reporter.report_unknown("unknown-base-form", at, id_, forms, params={"file": path.name})
    elif not id_ and len(forms) > 1:
        params = {"value": path.name, "known": ", ".join(forms), "example": f"{file}#{next(iter(forms))}"}
        reporter.report("which-base", at, params)
    else:
        return _unless_circular(forms[id_ or next(iter(forms))], document, reporter, above)
    return None


def _unless_circular(
    base: Document, document: Document, reporter: Reporter, above: tuple[Document, ...]
) -> Document | None:
    chain = (*above, document)
    if any(each is base for each in chain):
        names = [*map(_id, chain[next(i for i, each in enumerate(chain) if each is base) :]), _id(base)]
        reporter.report("extends-circle", ("extends",), {"circle": " → ".join(names)})
    elif len(chain) > MAX_BASES:
        reporter.report("too-many-bases", ("extends",), {"limit": MAX_BASES})
    else:
        return base
    return None


def used_lists(document: Document, library: Library) -> Iterator[Document]:
    """The documents of choice lists in the files that a whole form uses."""
    uses = node_at(document.root, ("uses",))
    for word in (uses.items or [uses]) if uses is not None else ():
        path = Path(word.lines.file).parent / str(word.value)
        for found in library.source(path).documents if library.has(path) else ():
            if kind_of(found) == "choices":
                yield found


def _shared(base: Document, library: Library) -> dict[str, Entry]:
    """The choice lists of the files a form uses, as they are written."""
    lists: dict[str, Entry] = {}
    for document in used_lists(base, library):
        lists.update(entries_at(document.root, ("choices",)))
    return lists


def _named(document: Document) -> str:
    return _word(document, "extends")


def _id(document: Document) -> str:
    return _word(document, "form")


def _word(document: Document, key: str) -> str:
    found = node_at(document.root, (key,))
    return found.value if found is not None and isinstance(found.value, str) else ""
