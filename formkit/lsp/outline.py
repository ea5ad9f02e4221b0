"""A form file as it was last readable → what it declares, each with its place: fields, facts, choice lists, choices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from formkit.compiler.reading import Library, kind_of
from formkit.compiler.variants import used_lists, whole_form
from formkit.diagnostics import Place
from formkit.schemas.source import Document
from formkit.texts import Text

Route = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """A field, a fact, a choice list or a choice; `inner` are the fields of a group or rows, the choices of a list."""

    id: str
    kind: str
    label: Text
    place: Place
    type: str = ""
    choices: str = ""
    inner: Mapping[str, "Declared"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """What one document declares; `lists` are those of the files it uses too.

    A variant declares all that its base does, too. `inner` of a step are its fields.
    """

    place: Place
    kind: str | None
    fields: Mapping[str, Declared]
    facts: Mapping[str, Declared]
    lists: Mapping[str, Declared]
    steps: Mapping[str, Declared]
    variant: bool = False

    @property
    def says_anything(self) -> bool:
        """Whether it is of use: a form without fields is one that cannot be read just now."""
        return bool(self.fields or self.lists) or self.kind == "cases"

    def choices_of(self, declared: Declared) -> Mapping[str, Declared]:
        """The choices a field or fact takes."""
        found = self.lists.get(declared.choices)
        return found.inner if found else {}


def read_outlines(text: str, file: str) -> tuple[Outline, ...]:
    """One outline a document of a text, as if it stood in `file`."""
    library = Library()
    return tuple(_outline(document, library) for document in library.add_text(text, file).documents)


def _outline(own: Document, library: Library) -> Outline:
    document = whole_form(own, library).document
    value = document.value if isinstance(document.value, Mapping) else {}
    lists: dict[str, Declared] = {}
    for other in used_lists(document, library):
        lists |= _lists(other)
    fields: dict[str, Declared] = {}
    steps = dict(_declared(document, ("steps",), "step"))
    for route in _field_blocks(value):
        inner = dict(_fields(document, route))
        fields |= inner
        if route[1] in steps:
            step = steps[str(route[1])]
            steps[step.id] = replace(step, inner={**step.inner, **inner})
    return Outline(
        own.place(()),
        kind_of(own),
        fields,
        dict(_declared(document, ("facts",), "fact")),
        lists | _lists(document),
        steps,
        variant="extends" in value,
    )


def _field_blocks(value: Mapping[str, object]) -> Iterator[Route]:
    steps = value.get("steps")
    for name, step in steps.items() if isinstance(steps, Mapping) else ():
        yield ("steps", name, "fields")
        sections = step.get("sections") if isinstance(step, Mapping) else None
        for section in sections if isinstance(sections, Mapping) else ():
            yield ("steps", name, "sections", section, "fields")


def _fields(document: Document, route: Route) -> Iterator[tuple[str, Declared]]:
    for id_, declared in _declared(document, route, "field"):
        inner = dict(_declared(document, (*route, id_, "fields"), "field"))
        yield id_, Declared(id_, "field", declared.label, declared.place, declared.type, declared.choices, inner)


def _declared(document: Document, route: Route, kind: str) -> Iterator[tuple[str, Declared]]:
    for id_, written in _mapping_at(document, route).items():
        spec = written if isinstance(written, Mapping) else {}
        label = _text(spec.get("label", spec.get("title")), str(id_))
        place = document.place((*route, id_), key=True)
        yield str(id_), Declared(str(id_), kind, label, place, _word(spec.get("type")), _word(spec.get("choices")))


def _lists(document: Document) -> dict[str, Declared]:
    found = {}
    for name, written in _mapping_at(document, ("choices",)).items():
        route: Route = ("choices", name)
        if isinstance(written, Mapping) and isinstance(written.get("choices"), Mapping):
            route = (*route, "choices")
        place = document.place(("choices", name), key=True)
        found[str(name)] = Declared(str(name), "list", Text(str(name)), place, inner=dict(_choices(document, route)))
    return found


def _choices(document: Document, route: Route) -> Iterator[tuple[str, Declared]]:
    for value, written in _mapping_at(document, route).items():
        if value in ("levels", "source") and len(route) == 2:
            continue
        spec = written if isinstance(written, Mapping) else {}
        label = _text(spec.get("label") if "label" in spec else written, str(value))
        yield str(value), Declared(str(value), "choice", label, document.place((*route, value), key=True))
        if isinstance(spec.get("children"), Mapping):
            yield from _choices(document, (*route, value, "children"))


def _mapping_at(document: Document, route: Route) -> Mapping[str, object]:
    value = document.value
    for step in route:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _text(written: object, otherwise: str) -> Text:
    if isinstance(written, Mapping) and written and all(isinstance(each, str) for each in written.values()):
        return Text({str(language): str(text) for language, text in written.items()})
    return Text(written if isinstance(written, str) and written else otherwise)


def _word(written: object) -> str:
    return written if isinstance(written, str) else ""


def _words(written: object) -> list[str]:
    return [each for each in written if isinstance(each, str)] if isinstance(written, list) else [_word(written)]
