"""Files of cases → the cases of a form: every name looked up, everything that is wrong with its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from formkit.calendars import WorkingDays
from formkit.compiler.calendars import calendar_of
from formkit.compiler.reading import Library, kind_of, read_spec
from formkit.compiler.reporting import Reporter, YamlPath
from formkit.compiler.written_answers import as_sent, left_out, merged, typed
from formkit.diagnostics import Place
from formkit.expressions import UNKNOWN, Choice
from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID, Field, Form
from formkit.locales import sentences
from formkit.schemas.cases_spec import CasesFileSpec, CaseSpec, ExpectedIssueSpec, ExpectSpec
from formkit.schemas.source import Document
from formkit.texts import DEFAULT_LANGUAGE

WHOLE_FORM = "form"
"""How a case names the whole form where it expects an issue that belongs to no field."""
CHECK_PAGE = "check"
_FIELD_LISTS = ("required", "optional", "locked", "editable", "calculated", "blank", "no_issues")
FormsOf = Callable[[Path], Mapping[str, Form]]


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing a case expects: the key it is written under, the path it is about, what is wanted."""

    kind: str
    path: str
    wanted: JSON
    place: Place


@dataclass(frozen=True, slots=True)
class Person:
    """Everything given of somebody: answers as a browser sends them, each fact known or UNKNOWN, the day."""

    answers: Mapping[str, JSON]
    facts: Mapping[str, JSON]
    today: str
    record: Mapping[str, JSON] | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """Where somebody's submission stands, and what happens to it."""

    state: str
    entered: str | None
    take: str | None
    by: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody, and what the form should then do; with `submitted` the answers of the file are on record."""

    name: str
    place: Place
    person: Person
    submitted: bool
    visited: tuple[str, ...] | None
    process: Process | None
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of one form in one document; `person` is whom each begins with."""

    file: str
    form: Form
    person: Person
    calendar: WorkingDays | None
    cases: tuple[Case, ...]
    place: Place


def compile_case_file(document: Document, file: Path, library: Library, forms_of: FormsOf) -> CaseFile | None:
    """The cases a document holds, or None where its form is not there; what is wrong goes to the library."""
    reporter = Reporter(document)
    try:
        spec = read_spec(CasesFileSpec, reporter)
        form = _form(spec.cases, file, library, forms_of, reporter) if spec else None
        if spec is None or form is None:
            return None
        reading = _CaseReading(form, spec, reporter)
        calendar = _calendar(spec.working_days, file, library, reporter)
        person = reading.shared()
        cases = tuple(reading.case(name, case) for name, case in spec.tests.items())
        return CaseFile(str(file), form, person, calendar, cases, reporter.place(("cases",), key=True))
    finally:
        library.diagnostics.extend(reporter.diagnostics)


def _form(named: str, file: Path, library: Library, forms_of: FormsOf, reporter: Reporter) -> Form | None:
    name, _, wanted = named.partition("#")
    path = file_beside(file, name)
    if not library.has(path):
        reporter.report("unknown-case-file", ("cases",), {"value": name})
        return None
    forms = forms_of(path)
    declared = [
        str(document.value["form"])
        for document in library.source(path).documents
        if kind_of(document) == "form" and isinstance(document.value, Mapping) and "form" in document.value
    ]
    if not declared:
        reporter.report("no-form-there", ("cases",), {"value": name})
    elif not wanted and len(declared) > 1:
        example = f"{name}#{declared[0]}"
        reporter.report("which-form", ("cases",), {"value": name, "known": ", ".join(declared), "example": example})
    elif wanted and wanted not in declared:
        reporter.report_unknown("unknown-form", ("cases",), wanted, declared)
    else:
        return forms.get(wanted or declared[0])
    return None


def _calendar(name: str | None, file: Path, library: Library, reporter: Reporter) -> WorkingDays | None:
    if name is None:
        return None
    path = file_beside(file, name)
    if not library.has(path):
        reporter.report("unknown-case-file", ("working_days",), {"value": name})
        return None
    for document in library.source(path).documents:
        if kind_of(document) == "calendar":
            calendar, diagnostics = calendar_of(document)
            library.diagnostics.extend(diagnostics)
            return calendar
    reporter.report("no-calendar-there", ("working_days",), {"value": name})
    return None


def file_beside(file: Path, name: str) -> Path:
    """The path of a file named from beside another, without the `..` that would make it another file's namesake."""
    parts: list[str] = []
    for part in (file.parent / name).parts:
        if part == ".." and parts and parts[-1] not in ("..", "/"):
            parts.pop()
        else:
            parts.append(part)
    return Path(*parts)


@dataclass(frozen=True)
class _CaseReading:
    """Reads the cases of one document for one form."""

    form: Form
    spec: CasesFileSpec
    reporter: Reporter

    def shared(self) -> Person:
        """Whom each case begins with."""
        answers = self._answers(self.spec.answers, ("answers",), frozenset())
        facts = self._facts(self.spec.facts, self.spec.unknown_facts, ())
        return Person(answers, facts, self.spec.today or self.form.edition)

    def case(self, name: str, spec: CaseSpec) -> Case:
        """One case."""
        at: YamlPath = ("tests", name)
        return Case(
            name,
            self.reporter.place(at, key=True),
            self._person(spec, at),
            spec.submitted,
            self._visited(spec, at),
            self._process(spec, at),
            tuple(self._expected(spec.expect, (*at, "expect"))),
        )

    def _person(self, spec: CaseSpec, at: YamlPath) -> Person:
        meant = frozenset(spec.expect.issues or ())
        differing = self._answers(spec.answers, (*at, "answers"), meant)
        answers = differing if spec.submitted else merged(self._answers_above(), differing)
        for position, path in enumerate(spec.without):
            field = self.form.fields.get(path)
            if field is None:
                self.reporter.report_unknown("unknown-case-field", (*at, "without", position), path, self.form.fields)
            answers = left_out(answers, path)
        if spec.submitted and spec.record is not None:
            self.reporter.report("submitted-and-record", (*at, "record"), key=True)
        record = None if spec.record is None else self._record(spec.record, at)
        facts = {**self._facts_above(), **self._facts(spec.facts, spec.unknown_facts, at)}
        missing = [each for each in self.form.facts.values() if each.id not in facts]
        if missing:
            listed = ", ".join(f"{each.id}" for each in missing)
            self.reporter.report("facts-not-stated", at, {"names": listed}, key=True)
            facts |= dict.fromkeys((each.id for each in missing), UNKNOWN)
        return Person(answers, facts, spec.today or self.spec.today or self.form.edition, record)

    def _record(self, written: Mapping[str, JSON], at: YamlPath) -> dict[str, JSON]:
        """What is on record, where each row has an id."""
        record = self._answers(written, (*at, "record"), None)
        for name, rows in record.items():
            if self.form.top_fields[name].shape is Shape.ROWS and isinstance(rows, list):
                numbered = enumerate(rows, 1)
                record[name] = [{ROW_ID: f"r{n}", **row} if isinstance(row, Mapping) else row for n, row in numbered]
        return record

    def _answers_above(self) -> Mapping[str, JSON]:
        tops = self.form.top_fields
        return {name: as_sent(tops[name], value) for name, value in self.spec.answers.items() if name in tops}

    def _facts_above(self) -> dict[str, JSON]:
        stated = {name: self._fact(name, value) for name, value in self.spec.facts.items() if name in self.form.facts}
        return stated | dict.fromkeys((name for name in self.spec.unknown_facts if name in self.form.facts), UNKNOWN)

    def _answers(self, written: Mapping[str, JSON], at: YamlPath, meant: frozenset[str] | None) -> dict[str, JSON]:
        """The answers as sent; a choice that is none is reported unless it is `meant` (None: all are)."""
        answers = {}
        for name, value in written.items():
            field = self.form.top_fields.get(name)
            if field is None or field.shape is Shape.NOTE:
                self.reporter.report_unknown("unknown-case-field", (*at, name), name, self.form.answerable, key=True)
                continue
            answers[name] = as_sent(field, value)
            self._check_inside(field, name, value, (*at, name), meant)
        return answers

    def _check_inside(self, field: Field, path: str, value: JSON, at: YamlPath, meant: frozenset[str] | None) -> None:
        if field.shape is Shape.VALUE:
            if meant is not None and path not in meant:
                self._check_choice(field, value, at)
            return
        rows = value if isinstance(value, list) else [value]
        for number, row in enumerate(rows, 1):
            here: YamlPath = (*at, number - 1) if isinstance(value, list) else at
            row_id = row.get(ROW_ID, f"r{number}") if isinstance(row, Mapping) else ""
            inside = f"{path}.{row_id}" if field.shape is Shape.ROWS else path
            inner = {each.id: each for each in field.fields}
            for name, each in row.items() if isinstance(row, Mapping) else ():
                if name in inner:
                    self._check_inside(inner[name], f"{inside}.{name}", each, (*here, name), meant)
                elif name != ROW_ID:
                    self.reporter.report_unknown("unknown-case-field", (*here, name), name, inner, key=True)

    def _check_choice(self, field: Field, value: JSON, at: YamlPath) -> None:
        listed = field.type.choice_list
        if listed is None:
            return
        for each in value if isinstance(value, list) else [value]:
            chosen = typed(field.type.rule_type(), each)
            if chosen != "" and isinstance(chosen, str) and chosen not in listed.by_value:
                self.reporter.report_unknown("unknown-answer-choice", at, chosen, listed.by_value)

    def _facts(self, written: Mapping[str, JSON], unknown: Iterable[str], at: YamlPath) -> dict[str, JSON]:
        facts: dict[str, JSON] = {}
        for name, value in written.items():
            here = (*at, "facts", name)
            if name not in self.form.facts:
                self.reporter.report_unknown("unknown-fact", here, name, self.form.facts, key=True)
                continue
            facts[name] = self._fact(name, value)
            kind = self.form.facts[name].type
            if isinstance(kind, Choice) and isinstance(facts[name], str) and not kind.fits(facts[name]):
                self.reporter.report_unknown("unknown-answer-choice", here, facts[name], kind.values)
            elif facts[name] is not None and not kind.fits(facts[name]):
                self.reporter.report("wrong-fact", here, {"value": name, "wanted": kind.called})
        for position, name in enumerate(unknown):
            if name in self.form.facts:
                facts[name] = UNKNOWN
            else:
                self.reporter.report_unknown("unknown-fact", (*at, "unknown_facts", position), name, self.form.facts)
        return facts

    def _fact(self, name: str, value: JSON) -> JSON:
        return None if value == "" else typed(self.form.facts[name].type, value)

    def _visited(self, spec: CaseSpec, at: YamlPath) -> tuple[str, ...] | None:
        if spec.visited is None:
            return None
        for position, step in enumerate(spec.visited):
            self._check_step(step, (*at, "visited", position), self.form.steps_by_id)
        return tuple(spec.visited)

    def _check_step(self, step: str, at: YamlPath, known: Iterable[str]) -> None:
        if step not in (names := list(known)):
            self.reporter.report_unknown("unknown-case-step", at, step, names)

    def _process(self, spec: CaseSpec, at: YamlPath) -> Process | None:
        workflow, reporter = self.form.workflow, self.reporter
        asked = [key for key in ("state", "entered", "take", "by", "reason") if getattr(spec, key) is not None]
        wanted = [key for key in ("state", "due", "record") if getattr(spec.expect, key) is not None]
        wanted += ["transitions"] if spec.expect.transitions else []
        if not asked and not wanted:
            return None
        if workflow is None:
            path = (*at, asked[0]) if asked else (*at, "expect", wanted[0])
            reporter.report("no-workflow", path, {"value": self.form.id}, key=True)
            return None
        if spec.state is not None and spec.state not in workflow.states:
            reporter.report_unknown("unknown-state", (*at, "state"), spec.state, workflow.states)
            return None
        if spec.take is not None and spec.take not in workflow.transitions:
            reporter.report_unknown("unknown-transition", (*at, "take"), spec.take, workflow.transitions)
            return None
        if spec.expect.state is not None and spec.expect.state not in workflow.states:
            reporter.report_unknown("unknown-state", (*at, "expect", "state"), spec.expect.state, workflow.states)
        return Process(spec.state or workflow.start, spec.entered, spec.take, spec.by, spec.reason)

    def _expected(self, spec: ExpectSpec, at: YamlPath) -> Iterator[Expected]:
        found = [*self._of_parts(spec, at), *self._of_fields(spec, at), *self._of_the_rest(spec, at)]
        if not found:
            self.reporter.report("expects-nothing", at, key=True)
        yield from found

    def _of_parts(self, spec: ExpectSpec, at: YamlPath) -> Iterator[Expected]:
        for kind in ("visible", "hidden"):
            for position, path in enumerate(getattr(spec, kind)):
                here = (*at, kind, position)
                self._check_path(path, here, parts=True)
                yield Expected(kind, path, None, self.reporter.place(here))

    def _of_fields(self, spec: ExpectSpec, at: YamlPath) -> Iterator[Expected]:
        for kind in _FIELD_LISTS:
            for position, path in enumerate(getattr(spec, kind)):
                here = (*at, kind, position)
                if not (kind == "no_issues" and path == WHOLE_FORM):
                    self._check_path(path, here)
                yield Expected(kind, path, None, self.reporter.place(here))
        for kind, by_path in (("values", spec.values), ("hints", spec.hints), ("issues", spec.issues or {})):
            for path, wanted in by_path.items():
                here = (*at, kind, path)
                if not (kind == "issues" and path == WHOLE_FORM):
                    self._check_path(path, here, key=True)
                field = self.form.field_at(path)
                if kind == "values" and field is not None:
                    wanted = as_sent(field, wanted)
                for position, each in enumerate(wanted if kind == "issues" else ()):
                    self._check_issue(each, (*here, position))
                yield Expected(kind, path, wanted, self.reporter.place(here, key=True))

    def _of_the_rest(self, spec: ExpectSpec, at: YamlPath) -> Iterator[Expected]:
        if spec.issues == {}:
            yield Expected("issues", "", None, self.reporter.place((*at, "issues"), key=True))
        for position, step in enumerate(spec.steps):
            self._check_step(step, (*at, "steps", position), self.form.steps_by_id)
        if spec.next_step is not None:
            self._check_step(spec.next_step, (*at, "next_step"), [*self.form.steps_by_id, CHECK_PAGE])
        for role, transitions in spec.transitions.items():
            known = self.form.workflow.transitions if self.form.workflow else {}
            for position, each in enumerate(transitions):
                if each not in known:
                    here = (*at, "transitions", role, position)
                    self.reporter.report_unknown("unknown-transition", here, each, known)
            place = self.reporter.place((*at, "transitions", role), key=True)
            yield Expected("transitions", role, tuple(transitions), place)
        single: dict[str, JSON] = {"accepted": spec.accepted, "next_step": spec.next_step, "state": spec.state}
        single |= {"due": spec.due, "record": spec.record, "steps": tuple(spec.steps) or None}
        for kind, wanted in single.items():
            if wanted is not None:
                yield Expected(kind, "", wanted, self.reporter.place((*at, kind), key=True))

    def _check_issue(self, expected: ExpectedIssueSpec, at: YamlPath) -> None:
        known = sentences("issues", DEFAULT_LANGUAGE)
        if expected.code not in known:
            self.reporter.report_unknown("unknown-issue-code", (*at, "code"), expected.code, known)

    def _check_path(self, path: str, at: YamlPath, *, parts: bool = False, key: bool = False) -> None:
        form, field = self.form, self.form.field_at(path)
        if field is not None:
            top = form.fields[path.partition(".")[0]]
            if top.shape is Shape.ROWS and path == field.path != top.path:
                params = {"value": path, "near": f"{top.id}.r1.{field.id}"}
                self.reporter.report("column-without-row", at, params, key=key)
            return
        names = [*form.fields]
        if parts:
            names += [f"{id_}/" for id_ in form.steps_by_id]
            names += [each for each in sorted(form.section_keys) if not each.endswith("/")]
        if path not in names and not (parts and path in form.steps_by_id):
            self.reporter.report_unknown("unknown-case-field", at, path, names, key=key)
