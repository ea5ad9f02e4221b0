"""What cases have seen of a form: each rule both ways, each choice, each step, each state and transition."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from formkit.cases.expectations import value_at
from formkit.cases.results import FileResult
from formkit.cases.running import Outcome
from formkit.cases.sites import Site, sites
from formkit.fields.base import JSON, Shape
from formkit.form import ROW_ID, Field, Form


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """How many cases saw a rule come out true, false and unknown; one that gives a value, with and without it."""

    site: Site
    true: int
    false: int
    unknown: int

    @property
    def missing(self) -> tuple[bool, ...]:
        """The ways that no case has seen."""
        rule = self.site.rule
        if not rule.tree.is_condition or not (rule.names or rule.uses_today):
            return () if self.true + self.false + self.unknown else (True,)
        return tuple(way for way, count in ((True, self.true), (False, self.false)) if not count)


@dataclass(frozen=True, slots=True)
class Reached:
    """Which of several things cases came to: the choices of a field, the steps, the states, the transitions."""

    path: str
    reached: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """What the cases of a form have seen of it."""

    form: Form
    rules: tuple[RuleSeen, ...]
    choices: tuple[Reached, ...]
    steps: Reached
    states: Reached | None
    transitions: Reached | None

    @cached_property
    def missing(self) -> tuple[tuple[RuleSeen, bool], ...]:
        """Each rule and the way it was not seen to come out."""
        return tuple((seen, way) for seen in self.rules for way in seen.missing)

    @property
    def complete(self) -> bool:
        """Whether every rule was seen both ways."""
        return not self.missing


def coverage_of(form: Form, files: Iterable[FileResult]) -> Coverage:
    """What the cases of some files, all about `form`, have seen of it."""
    results = [result for file in files for result in file.results if result.outcome is not None]
    outcomes = [result.outcome for result in results if result.outcome is not None]
    seen = [result.outcomes or {} for result in results]

    def count(site: Site, way: bool | None) -> int:
        return sum(1 for each in seen if way in each.get(site.key, ()))

    rules = tuple(RuleSeen(site, count(site, True), count(site, False), count(site, None)) for site in sites(form))
    workflow = form.workflow
    states = {state for each in outcomes if each.state for state in (*each.left, each.state)}
    taken = {name for each in outcomes for name in each.taken}
    return Coverage(
        form,
        rules,
        tuple(_choices(form, outcomes)),
        _reached("steps", form.steps_by_id, {step for each in outcomes for step in each.evaluation.visible_steps}),
        _reached("states", workflow.states, states) if workflow else None,
        _reached("transitions", workflow.transitions, taken) if workflow else None,
    )


def _choices(form: Form, outcomes: Iterable[Outcome]) -> Iterator[Reached]:
    chosen: dict[str, set[str]] = {}
    for outcome in outcomes:
        for field in form.fields.values():
            if field.type.choice_list is not None:
                found = _values(form, field, outcome.evaluation.values)
                chosen.setdefault(field.path, set()).update(found)
    for path, values in chosen.items():
        listed = form.fields[path].type.choice_list
        if listed is not None:
            known = [value for value in listed.by_value if value in listed.leaves]
            yield _reached(path, known, values)


def _values(form: Form, field: Field, values: Mapping[str, JSON]) -> Iterator[str]:
    """The values of a choice field, of a column in each row."""
    top, _, inner = field.path.partition(".")
    paths = [field.path]
    if inner and form.fields[top].shape is Shape.ROWS:
        paths = [f"{top}.{row[ROW_ID]}.{inner}" for row in values.get(top) or ()]
    for path in paths:
        found = value_at(values, path)
        yield from found if isinstance(found, list) else () if found is None else (found,)


def _reached(path: str, known: Iterable[str], reached: set[str]) -> Reached:
    names = list(known)
    return Reached(
        path, tuple(each for each in names if each in reached), tuple(each for each in names if each not in reached)
    )
