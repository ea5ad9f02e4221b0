"""Files → documents told apart by their first key, with the choice lists a form uses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from os.path import normpath
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from formkit.choices import ChoiceList
from formkit.compiler.choice_lists import compile_choice_lists
from formkit.compiler.faults import Faults
from formkit.compiler.reporting import Reporter
from formkit.diagnostics import Diagnostic, Place, has_errors
from formkit.schemas.form_spec import ChoicesFileSpec
from formkit.schemas.source import Document, Source, parse_yaml, read_yaml

KINDS = ("form", "choices", "calendar", "cases")
_CASES_KEY = re.compile(r"^cases\s*:", re.MULTILINE)
Model = TypeVar("Model", bound=BaseModel)


@dataclass
class Library:
    """The files read so far in one compilation, so that a list used by three forms is read once.

    `texts` stand in for the disk, by their paths; with None files are read from the disk.
    """

    texts: Mapping[str, str] | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    lists: dict[str, "SharedLists"] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    wholes: dict[Place, Document] = field(default_factory=dict)
    """The whole document of each form that loads, by its place."""

    def has(self, path: Path) -> bool:
        """Whether there is a file at `path`."""
        try:
            return path.is_file() if self.texts is None else normpath(path) in self.texts
        except OSError:  # such as a name that is too long
            return False

    def source(self, path: Path) -> Source:
        """The file at `path`, read once."""
        name = str(path) if self.texts is None else normpath(path)
        if name not in self.sources:
            self.add(read_yaml(path) if self.texts is None else parse_yaml(self.texts[name], file=name))
        return self.sources[name]

    def add(self, source: Source) -> Source:
        """Takes a source in, with its diagnostics."""
        self.sources[source.file] = source
        self.diagnostics.extend(source.diagnostics)
        return source

    def add_text(self, text: str | bytes, file: str) -> Source:
        """Takes a text in as if it had been read from `file`."""
        return self.add(parse_yaml(text, file=file))

    def pass_over_cases(self) -> None:
        """Forgets what is wrong with files of cases."""
        passed = {file for file, source in self.sources.items() if _holds_cases(source)}
        self.diagnostics = [diagnostic for diagnostic in self.diagnostics if diagnostic.place.file not in passed]

    def diagnostics_in_order(self) -> list[Diagnostic]:
        """Every diagnostic, by file and line."""
        return sorted(self.diagnostics, key=lambda diagnostic: (diagnostic.place, diagnostic.code))

    def shared_lists(self, path: Path) -> "SharedLists":
        """The choice lists of the file at `path`, compiled once."""
        name = str(path)
        if name not in self.lists:
            self.lists[name] = self._compile_lists(self.source(path))
        return self.lists[name]

    def _compile_lists(self, source: Source) -> "SharedLists":
        shared = SharedLists(broken=not source.documents or has_errors(source.diagnostics))
        for document in source.documents:
            if kind_of(document) == "choices":
                reporter = Reporter(document)
                spec = read_spec(ChoicesFileSpec, reporter)
                if spec is not None:
                    shared.lists.update(compile_choice_lists(spec.choices, reporter))
                shared.broken = shared.broken or spec is None
                shared.hashes.append(document.hash)
                self.diagnostics.extend(reporter.diagnostics)
            else:
                shared.broken = True
        return shared


@dataclass
class SharedLists:
    """The lists of one file and the hashes of the documents they come from."""

    lists: dict[str, ChoiceList] = field(default_factory=dict)
    hashes: list[str] = field(default_factory=list)
    broken: bool = False
    """Whether a list may be missing because the file could not be read."""


def kind_of(document: Document) -> str | None:
    """The kind of file a document is, by its first key that names one."""
    if not isinstance(document.value, Mapping):
        return None
    kind = next((key for key in document.value if key in KINDS), None)
    # Pages and a base are what only a form has: one whose first line was lost is still a form.
    of_a_form = "steps" in document.value or "extends" in document.value
    return "form" if kind in (None, "choices") and of_a_form else kind


def _holds_cases(source: Source) -> bool:
    """Whether a file is one of cases; of one that cannot be read, whether it begins like one."""
    if source.documents:
        return all(kind_of(document) == "cases" for document in source.documents)
    return _CASES_KEY.search(source.text) is not None


def read_spec(spec: type[Model], reporter: Reporter) -> Model | None:
    """The document as a `spec`, or None with everything pydantic finds reported."""
    reporter.report_empty()
    try:
        return spec.model_validate(reporter.document.value)
    except ValidationError as error:
        Faults(reporter, (), spec).report(error)
        return None
