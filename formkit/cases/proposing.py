"""Missing cases, found by search: who makes a rule come out as nobody did, who shows a change that nobody noticed."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from formkit.cases.boundaries import boundary_people
from formkit.cases.coverage import RuleSeen
from formkit.cases.differences import Expectation, telling_apart
from formkit.cases.mutants import Mutant
from formkit.cases.recording import Recording
from formkit.cases.results import FileResult
from formkit.cases.running import Outcome, outcome_for
from formkit.cases.sites import Kind, Site, with_rules
from formkit.cases.targets import comes_out, comes_out_otherwise
from formkit.compiler.case_files import Person, Process
from formkit.expressions import Rule
from formkit.expressions.rule import denied
from formkit.fields.base import JSON, Shape
from formkit.form import Form
from formkit.search import Claim, Example, Found, Impossible, find

TRIES = 500
"""How much each search may look at: most need a handful."""


@dataclass(frozen=True)
class Proposal:
    """A case that is missing: who it is, what then must be so; `way` where it shows a rule coming out true or false."""

    about: Site | Mutant
    person: Person
    process: Process | None
    expect: Expectation
    way: bool | None = None
    submitted: bool = False


@dataclass(frozen=True)
class Proposing:
    """Proposes cases for a form, each like the person the cases of a file begin with but for what matters."""

    file: FileResult

    @property
    def form(self) -> Form:
        """The form they are about."""
        return self.file.form

    def for_rule(self, seen: RuleSeen, way: bool) -> Proposal | None:
        """A case in which a rule comes out true or false; None where none was found."""
        site = seen.site
        found = find(self.form, comes_out(self.form, site, way), tries=TRIES)
        if not isinstance(found, Found):
            return None
        changed = with_rules(self.form, lambda each: _opposite(each.rule) if each.key == site.key else each.rule)
        process = self._process(site)
        plain: Proposal | None = None
        for person in self._people(found.example):
            if not self._comes_out(site, way, person, process):
                continue
            expect = self._difference(changed, person, process)
            if expect is not None:
                return Proposal(site, person, process, expect, way)
            accepted = self._outcome(self.form, person, process).accepted
            plain = plain or Proposal(site, person, process, {"accepted": accepted}, way)
        return plain

    def for_mutant(self, mutant: Mutant) -> Proposal | None:
        """A case that would notice a change; None where none was found."""
        changed = mutant.made()
        for person, process, submitted in self._candidates(mutant):
            expect = self._difference(changed, person, process)
            if expect is not None:
                return Proposal(mutant, person, process, expect, submitted=submitted)
        return None

    def _candidates(self, mutant: Mutant) -> Iterator[tuple[Person, Process | None, bool]]:
        if mutant.site is None:
            yield from boundary_people(self.form, mutant, self.file, self._found)
            return
        process = self._process(mutant.site)
        for person in self._unlike(mutant.site, mutant.rule):
            yield person, process, False

    def _unlike(self, site: Site, rule: Rule | None) -> Iterator[Person]:
        """People for whom a rule decides otherwise than another one in its place."""
        if rule is None or site.kind is Kind.VALUE:
            ways: Iterable[tuple[Claim, ...]] = (comes_out(self.form, site, way) for way in (False, True))
        else:
            ways = comes_out_otherwise(self.form, site, rule)
        for claims in ways:
            yield from self._found(claims)

    def _found(self, claims: tuple[Claim, ...]) -> Iterator[Person]:
        """People of whom the claims are so."""
        found = find(self.form, claims, tries=TRIES)
        if isinstance(found, Found):
            yield from self._people(found.example)

    def _people(self, example: Example) -> Iterator[Person]:
        """Whom the cases begin with, changed in what matters; then the example alone."""
        above = self.file.file.person
        facts, today = dict(self._facts()), above.today
        facts |= {name[6:]: example.facts[name[6:]] for name in example.given if name.startswith("facts.")}
        if "today()" in example.given:
            today = example.today
        answers = _with_given(self.form, above.answers, example)
        if self._stays(example, above.today):
            yield Person(answers, facts, above.today, example.record)
        yield Person(answers, facts, today, example.record)
        yield Person(example.answers, dict(example.facts), example.today, example.record)

    def _stays(self, example: Example, today: str) -> bool:
        return "today()" in example.given and example.today != today

    def _facts(self) -> Mapping[str, JSON]:
        stated = self.file.file.person.facts
        for result in self.file.results:
            return {name: stated.get(name, result.case.person.facts[name]) for name in self.form.facts}
        return stated

    def _process(self, site: Site) -> Process | None:
        workflow = self.form.workflow
        if site.kind is not Kind.TRANSITION or workflow is None:
            return None
        return Process(workflow.transitions[site.path].sources[0], None, None, None, None)

    def _comes_out(self, site: Site, way: bool, person: Person, process: Process | None) -> bool:
        recording = Recording()
        outcome = self._outcome(recording.recorded(self.form), person, process)
        if process is not None and self.form.workflow is not None:
            outcome.open_to(self.form.workflow.transitions[site.path].by)
        return way in recording.outcomes.get(site.key, ())

    def _difference(self, changed: Form, person: Person, process: Process | None) -> Expectation | None:
        came, other = (self._outcome(form, person, process) for form in (self.form, changed))
        return telling_apart(came, other)

    def _outcome(self, form: Form, person: Person, process: Process | None) -> Outcome:
        return outcome_for(form, person, None, process, self.file.file.calendar)


def is_equivalent(form: Form, mutant: Mutant) -> bool:
    """Whether it is certain that a rule decides as before, whoever it is asked about."""
    if mutant.site is None or mutant.rule is None or mutant.site.kind is Kind.VALUE:
        return False
    ways = comes_out_otherwise(form, mutant.site, mutant.rule)
    return all(isinstance(find(form, claims, tries=TRIES), Impossible) for claims in ways)


def _opposite(rule: Rule) -> Rule | None:
    return denied(rule) if rule.tree.is_condition else None


def _with_given(form: Form, above: Mapping[str, JSON], example: Example) -> dict[str, JSON]:
    """The answers above with those of an example that matter."""
    answers = deepcopy(dict(above))
    for term in sorted(example.given):
        if term.startswith(("facts.", "record.", "today()")):
            continue
        top, _, inner = term.removesuffix("#").partition(".")
        given = example.answers.get(top)
        if form.top_fields[top].shape is Shape.GROUP and inner:
            held = dict(answers.get(top) or {})
            held.pop(inner, None)
            if isinstance(given, Mapping) and given.get(inner) is not None:
                held[inner] = given[inner]
            answers[top] = held
        elif given is None:
            answers.pop(top, None)
        else:
            answers[top] = given
    return answers
