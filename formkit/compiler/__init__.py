"""Form files → Form, or all their diagnostics."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from formkit.choices import ChoiceList
from formkit.compiler.calendars import calendar_of
from formkit.compiler.case_files import CaseFile, compile_case_file
from formkit.compiler.choice_lists import compile_choice_lists
from formkit.compiler.fields import AnyFieldType, FieldCompiler, FieldTyping, TypedField, rule_types
from formkit.compiler.national import breaches
from formkit.compiler.order import form_order
from formkit.compiler.reading import KINDS, Library, kind_of, read_spec
from formkit.compiler.reporting import Reporter, YamlPath
from formkit.compiler.rules import RuleCompiler
from formkit.compiler.treatments import compile_treatments
from formkit.compiler.variants import Whole, breaks_base, whole_form
from formkit.compiler.workflow import compile_workflow
from formkit.diagnostics import Diagnostic, Place, Severity, has_errors
from formkit.errors import FormInvalid, UnknownName
from formkit.expressions import BUILT_IN, RuleFunction
from formkit.expressions.types import Date
from formkit.fields import FIELD_TYPES
from formkit.form import START, SUBMISSION, Drafts, Fact, Form, Section, Step
from formkit.registry import Registry
from formkit.schemas.form_spec import DraftsSpec, FactSpec, FieldSpec, FormSpec, SectionSpec, StepSpec
from formkit.schemas.source import Document, Source
from formkit.texts import LANGUAGES, Text


@dataclass(frozen=True)
class Compiled:
    """What became of some files: the forms that load, everything there is to say, and the sources it is said of."""

    forms: Mapping[str, Form]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]
    cases: tuple[CaseFile, ...] = ()
    documents: Mapping[Place, Document] = field(default_factory=dict)
    """What each form was made of, by its place; a variant's with what it has of its base."""


@dataclass(frozen=True)
class Compiler:
    """Compiles with given field types and rule functions."""

    field_types: Registry[type[AnyFieldType]] = FIELD_TYPES
    functions: Registry[RuleFunction] = BUILT_IN

    def compile_path(self, *paths: Path | str, cases: bool = False) -> Compiled:
        """Every form below the paths: files, or folders read with their subfolders.

        Files of cases are passed over unless `cases` are asked for: whatever is wrong with them, the forms load.
        """
        library = Library()
        files = sorted({file for path in paths for file in yaml_files(Path(path))})
        by_file = {file: dict(self._forms(library.source(file), library)) for file in files}
        forms = {id_: form for found in by_file.values() for id_, form in found.items()}
        if not cases:
            library.pass_over_cases()
            return _compiled(forms, library)
        return _compiled(forms, library, tuple(self._cases(by_file, library)))

    def compile_text(self, text: str | bytes, file: str = "form.yaml") -> Compiled:
        """The forms of a text, as if it stood in `file`, or its cases; what it uses is looked up beside that."""
        library = Library()
        forms = dict(self._forms(library.add_text(text, file), library))
        return _compiled(forms, library, tuple(self._cases({Path(file): forms}, library)))

    def compile_texts(self, texts: Mapping[str, str], file: str) -> Compiled:
        """The forms of the text called `file`; what it uses is among the texts too, by paths relative to one folder."""
        library = Library(texts)
        forms = dict(self._forms(library.source(Path(file)), library))
        return _compiled(forms, library)

    def _cases(self, read: dict[Path, dict[str, Form]], library: Library) -> Iterator[CaseFile]:
        def forms_of(path: Path) -> Mapping[str, Form]:
            if path not in read:
                read[path] = dict(self._forms(library.source(path), library))
            return read[path]

        for file in list(read):
            for document in library.source(file).documents:
                found = compile_case_file(document, file, library, forms_of) if kind_of(document) == "cases" else None
                if found is not None:
                    yield found

    def _forms(self, source: Source, library: Library) -> Iterator[tuple[str, Form]]:
        for document in source.documents:
            kind = kind_of(document)
            if kind == "form":
                whole = whole_form(document, library)
                form = self._form(whole, library) if whole.sound else None
                if form is not None:
                    library.wholes[form.place] = whole.document
                    yield form.id, form
            elif kind == "choices":
                library.shared_lists(Path(source.file))
            elif kind == "calendar":
                library.diagnostics.extend(calendar_of(document)[1])
            elif kind is None and not has_errors(source.diagnostics):
                place = document.place(())
                library.diagnostics.append(Diagnostic("unknown-kind", place, {"known": ", ".join(KINDS)}))

    def _form(self, whole: Whole, library: Library) -> Form | None:
        """The form of a whole document; a variant's base must be one by itself."""
        base = self._form(whole.base, library) if whole.base is not None else None
        found: list[Diagnostic] = []
        form = None
        if whole.base is None or base is not None:
            building = FormBuilding(whole.document, library, self)
            form = building.build()
            found = building.reporter.diagnostics
        if whole.base is not None:
            found = [*found, *breaks_base(whole, found, base)]
        if base is not None:
            found = [*found, *breaches(base, form, whole)]
        library.diagnostics.extend(found)
        return None if has_errors(found) else form


@dataclass
class FormBuilding:
    """One form on its way from document to Form."""

    document: Document
    library: Library
    compiler: Compiler
    hashes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reporter = Reporter(self.document)
        self.lists_broken = False

    def build(self) -> Form | None:
        """The form, or None if anything about it is an error."""
        errors_before = _errors(self.library.diagnostics)
        spec = read_spec(FormSpec, self.reporter)
        if spec is None:
            return None
        choices = self._choices(spec)
        form = self._compile(spec, choices)
        if not self.lists_broken:
            form = replace(form, treatments=compile_treatments(spec.changes, form, self.reporter))
        broken = has_errors(self.reporter.diagnostics) or _errors(self.library.diagnostics) > errors_before
        return None if broken else form

    def _choices(self, spec: FormSpec) -> dict[str, ChoiceList]:
        lists: dict[str, ChoiceList] = {}
        for position, name in enumerate(spec.uses):
            path = Path(self.reporter.place(("uses", position)).file).parent / name
            if not self.library.has(path):
                self.reporter.report("unknown-file", ("uses", position), {"value": name})
                self.lists_broken = True
                continue
            shared = self.library.shared_lists(path)
            self.lists_broken = self.lists_broken or shared.broken
            lists.update(shared.lists)
            self.hashes.extend(shared.hashes)
        lists |= compile_choice_lists(spec.choices, self.reporter)
        self.reporter.choice_lists = tuple(lists.values())
        return lists

    def _compile(self, spec: FormSpec, choices: dict[str, ChoiceList]) -> Form:
        typing = FieldTyping(self.compiler.field_types, choices, self.reporter, self.lists_broken)
        scope = tuple(id_ for _, specs in _field_blocks(spec) for id_ in specs)
        typed = {at: tuple(typing.typed(specs, at, siblings=scope)) for at, specs in _field_blocks(spec)}
        everything = tuple(field for block in typed.values() for field in block)
        self._check_unique(everything)
        facts = self._facts(spec.facts, choices)
        fields = FieldCompiler(
            rule_types(everything),
            {fact.id: fact.type for fact in facts.values()},
            self.compiler.functions,
            self.reporter,
        )
        ids = tuple(field.id for field in everything)
        steps = tuple(self._step(id_, step, fields, typed, ids) for id_, step in spec.steps.items())
        order = form_order(steps)
        for cycle in order.cycles:
            self.reporter.report("cycle", self._place_of(cycle, everything), {"cycle": " → ".join(cycle)}, key=True)
        rules = fields.rules()
        return Form(
            id=spec.form,
            title=spec.title,
            edition=spec.edition,
            edition_hash=sha256("".join([self.document.hash, *self.hashes]).encode()).hexdigest(),
            basis=tuple(spec.basis),
            summary=spec.summary,
            time_zone=spec.time_zone,
            drafts=self._drafts(spec.drafts, everything),
            languages=_languages(spec.title),
            facts=facts,
            choices=choices,
            steps=steps,
            checks=rules.checks(spec.checks, ("checks",), ids),
            submission_label=spec.submission.label,
            submission_note=spec.submission.note,
            submission_done=spec.submission.done,
            workflow=compile_workflow(spec.workflow, rules) if spec.workflow else None,
            order=order.nodes,
            place=self.reporter.place(("form",), key=True),
            national=spec.national,
        )

    def _drafts(self, spec: DraftsSpec, fields: Sequence[TypedField]) -> Drafts:
        dates = [typed.id for typed in fields if isinstance(typed.type.rule_type(), Date)]
        if spec.decided_by not in (SUBMISSION, START, *dates):
            at = ("drafts", "decided_by")
            self.reporter.report_unknown("unknown-deciding-day", at, spec.decided_by, [SUBMISSION, START, *dates])
        return Drafts(spec.when_published, spec.until, spec.decided_by)

    def _facts(self, specs: Mapping[str, FactSpec], choices: Mapping[str, ChoiceList]) -> dict[str, Fact]:
        facts = {}
        for id_, spec in specs.items():
            options = {"choices": spec.choices} if spec.type == "choice" and spec.choices else {}
            written = FieldSpec(type=spec.type, label=spec.label, **options)
            typing = FieldTyping(self.compiler.field_types, choices, self.reporter, self.lists_broken)
            made = next(typing.typed({id_: written}, ("facts",)), None)
            if made is not None:
                facts[id_] = Fact(id_, made.type.rule_type(), spec.label, self.reporter.place(("facts", id_), key=True))
        return facts

    def _step(
        self,
        id_: str,
        spec: StepSpec,
        fields: FieldCompiler,
        typed: Mapping[YamlPath, tuple[TypedField, ...]],
        ids: Sequence[str],
    ) -> Step:
        at: YamlPath = ("steps", id_)
        if not (spec.fields or spec.sections or spec.note):
            self.reporter.report("empty-step", at, {"value": id_}, key=True, severity=Severity.WARNING)
        rules = fields.rules()
        plain = SectionSpec(fields=spec.fields)
        sections = [_section("", plain, at, fields, rules, typed)] if spec.fields else []
        for name, section in spec.sections.items():
            sections.append(_section(name, section, (*at, "sections", name), fields, rules, typed))
        return Step(
            id=id_,
            title=spec.title,
            note=spec.note,
            visible=rules.condition(spec, "visible", at),
            sections=tuple(sections),
            checks=rules.checks(spec.checks, (*at, "checks"), ids),
            place=self.reporter.place(at, key=True),
            national=spec.national,
        )

    def _check_unique(self, fields: Sequence[TypedField]) -> None:
        seen: dict[str, TypedField] = {}
        for typed in fields:
            if typed.id in seen:
                first = self.reporter.place(seen[typed.id].at, key=True)
                self.reporter.report("duplicate-field", typed.at, {"value": typed.id, "line": first.line}, key=True)
            seen.setdefault(typed.id, typed)

    def _place_of(self, cycle: Sequence[str], fields: Sequence[TypedField]) -> YamlPath:
        return next((typed.at for typed in fields if typed.id in cycle), ("steps",))


def load(
    path: Path | str,
    form: str | None = None,
    *,
    field_types: Registry[type[AnyFieldType]] = FIELD_TYPES,
    functions: Registry[RuleFunction] = BUILT_IN,
) -> Form:
    """The form of a YAML file, compiled; `form` says which, where the file holds several (or `file.yaml#form_id`).

    Raises `FormInvalid` with every diagnostic if the file does not load, `UnknownName` if it has no such form.
    """
    name, _, fragment = str(path).partition("#")
    wanted = form or fragment or None
    forms = load_all(name, field_types=field_types, functions=functions)
    if wanted is None and len(forms) == 1:
        return next(iter(forms.values()))
    if wanted is None or wanted not in forms:
        raise UnknownName("form", wanted or "", tuple(forms))
    return forms[wanted]


def load_all(
    *paths: Path | str,
    field_types: Registry[type[AnyFieldType]] = FIELD_TYPES,
    functions: Registry[RuleFunction] = BUILT_IN,
) -> dict[str, Form]:
    """Every form of some files or folders by its id; raises `FormInvalid` if any of them does not load."""
    compiled = Compiler(field_types, functions).compile_path(*paths)
    if has_errors(compiled.diagnostics):
        raise FormInvalid([d for d in compiled.diagnostics if d.severity is Severity.ERROR])
    return dict(compiled.forms)


def yaml_files(path: Path) -> Iterator[Path]:
    """The YAML files of a folder and its subfolders, or the path itself, there or not."""
    if path.is_dir():
        yield from (found for found in sorted(path.rglob("*")) if found.suffix in (".yaml", ".yml"))
    else:
        yield path


def _section(
    id_: str,
    spec: SectionSpec,
    at: YamlPath,
    fields: FieldCompiler,
    rules: RuleCompiler,
    typed: Mapping[YamlPath, tuple[TypedField, ...]],
) -> Section:
    block = typed[(*at, "fields")]
    compiled = tuple(fields.compile(each, None, block) for each in block)
    visible = rules.condition(spec, "visible", at) if id_ else None
    place = rules.reporter.place(at, key=True)
    return Section(id_, spec.title, spec.note, visible, compiled, place, spec.national)


def _field_blocks(spec: FormSpec) -> Iterator[tuple[YamlPath, Mapping[str, FieldSpec]]]:
    for id_, step in spec.steps.items():
        yield ("steps", id_, "fields"), step.fields
        for name, section in step.sections.items():
            yield ("steps", id_, "sections", name, "fields"), section.fields


def _languages(title: Text) -> tuple[str, ...]:
    return tuple(language for language in LANGUAGES if language in title) or tuple(title)


def _errors(diagnostics: Sequence[Diagnostic]) -> int:
    return sum(1 for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR)


def _compiled(forms: Mapping[str, Form], library: Library, cases: tuple[CaseFile, ...] = ()) -> Compiled:
    unreadable = {(d.place.file, d.place.line) for source in library.sources.values() for d in source.diagnostics}
    unique = {
        (d.place, d.code, str(d.params)): d
        for d in library.diagnostics_in_order()
        # A value that could not be read is no value that was forgotten.
        if d.code != "empty-value" or (d.place.file, d.place.line) not in unreadable
    }
    return Compiled(forms, tuple(unique.values()), library.sources, cases, library.wholes)
