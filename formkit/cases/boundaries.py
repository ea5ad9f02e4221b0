"""People at the edge of what a flag or a limit of a form lets in, on both sides of it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from formkit.cases.mutants import Mutant, beside
from formkit.cases.results import FileResult
from formkit.cases.sites import Kind, sites
from formkit.cases.targets import comes_out
from formkit.compiler.case_files import Person, Process
from formkit.compiler.written_answers import as_sent
from formkit.evaluation import evaluate
from formkit.fields.base import JSON, Moment, Shape
from formkit.form import ROW_ID, Field, Form
from formkit.search import Claim, Shown, Stands
from formkit.search.candidates import good_values
from formkit.search.placing import put

Search = Callable[[tuple[Claim, ...]], Iterator[Person]]
Candidate = tuple[Person, Process | None, bool]
_PICTURE = "样本.jpg"
_MOST_DAYS = 15
_LONGEST = 5_000


def boundary_people(form: Form, mutant: Mutant, file: FileResult, found: Search) -> Iterator[Candidate]:
    """Somebody who may meet with a flag, a level, a limit or a delay that was changed."""
    if mutant.what == "workflow":
        yield from _in_process(form, mutant, file, found)
    elif mutant.what == "level":
        yield from ((person, None, False) for person in _broken(form, mutant, found))
    else:
        yield from _at_field(form, form.fields[mutant.path], mutant, file, found)


def _at_field(form: Form, field: Field, mutant: Mutant, file: FileResult, found: Search) -> Iterator[Candidate]:
    asked = None if field.calculation is None or field.calculation.condition is None else False
    for person in found((Shown(field.path), Stands(field.path, calculated=asked))):
        if mutant.what == "locked":
            if not file.submission.refused:
                yield Person({}, person.facts, person.today, file.submission.values), None, True
            settled = evaluate(form, person.answers, facts=person.facts, today=person.today)
            yield Person({}, person.facts, person.today, settled.kept_values), None, False
        elif mutant.what == "limit":
            yield from ((each, None, False) for each in _with_limits(form, field, mutant, person))
        else:
            yield person, None, False


def _with_limits(form: Form, field: Field, mutant: Mutant, person: Person) -> Iterator[Person]:
    """The person with answers that are just within a limit, and just beyond."""
    key = mutant.old.partition(":")[0]
    limit = getattr(field.type.options, key)
    for near in (limit, *beside(limit)):
        for raw in _answers(field, key, near, person.today):
            answers = {**person.answers}
            top, _, inner = field.path.partition(".")
            if inner and form.fields[top].shape is Shape.ROWS:
                first, *others = answers.get(top) or [{ROW_ID: "r1"}]
                answers[top] = [{**first, inner: raw}, *others]
            elif inner:
                answers[top] = {**(answers.get(top) or {}), inner: raw}
            else:
                put(answers, field.path, raw)
            yield Person(answers, person.facts, person.today, person.record)


def _answers(field: Field, key: str, near: JSON, today: str) -> Iterator[JSON]:
    """Answers that measure `near` by the key of a limit."""
    if key in ("min_length", "max_length") and isinstance(near, int) and 0 < near <= _LONGEST:
        usual = next(good_values(field, Moment(today)), "字")
        yield (str(usual) * near)[:near]
        yield "字" * near
    elif key in ("min_rows", "max_rows") and isinstance(near, int):
        inner = next((each for each in field.fields if each.shape is Shape.VALUE), None)
        usual = next(good_values(inner, Moment(today)), None) if inner is not None else None
        if inner is not None and usual is not None:
            yield [{ROW_ID: f"r{number}", inner.id: usual} for number in range(1, near + 1)]
    elif key in ("min_files", "max_files") and isinstance(near, int):
        yield as_sent(field, [f"{number}{_PICTURE}" for number in range(1, near + 1)])
    elif key.startswith(("min_", "max_")) and key[4:] in ("size", "width", "height"):
        yield as_sent(field, {"name": _PICTURE, key[4:]: near})
    elif key in ("min", "max"):
        yield str(near) if not isinstance(near, int) else near
    elif key == "formats":
        yield from (as_sent(field, f"样本.{name}") for name in ("jpg", "png", "pdf", "docx", "xlsx"))
    elif key == "portrait":
        yield as_sent(field, {"name": _PICTURE, "width": 900, "height": 600})


def _broken(form: Form, mutant: Mutant, found: Search) -> Iterator[Person]:
    """People of whom a check says no."""
    for site in sites(form):
        if site.kind is Kind.CHECK and site.path == mutant.path and site.place == mutant.place:
            yield from found(comes_out(form, site, False))


def _in_process(form: Form, mutant: Mutant, file: FileResult, found: Search) -> Iterator[Candidate]:
    """People for whom a transition is open, wherever their submission may stand."""
    people = [file.file.person]
    for site in sites(form):
        if site.kind is Kind.TRANSITION and site.path == mutant.path:
            people = list(found(comes_out(form, site, True)))
    yield from ((person, process, False) for person in people for process in _processes(form, mutant, file))


def _processes(form: Form, mutant: Mutant, file: FileResult) -> Iterator[Process]:
    """Where a submission may stand when a delay, a reason or what is allowed meanwhile matters."""
    workflow, today = form.workflow, date.fromisoformat(file.file.person.today)
    if workflow is None:
        return
    if mutant.path in workflow.states:
        yield Process(mutant.path, None, None, None, None)
        return
    transition = workflow.transitions[mutant.path]
    for source in transition.sources:
        yield Process(source, None, transition.id, transition.by, None)
        for days in range(_MOST_DAYS):
            yield Process(source, (today - timedelta(days=days)).isoformat(), None, None, None)
