"""Validation of the collection form: who is how fast, and who says the same."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import formkit
from benchmarks.collection import form
from benchmarks.peers import with_django, with_jsonschema, with_pydantic, with_wtforms
from benchmarks.people import TODAY, Given, Person, people
from benchmarks.posted import flat, typed
from benchmarks.rounds import Contestant, Measured, measure

COUNT = 2000
REFERENCE = "pydantic v2, by hand"
KINDS = ("nothing to say", "only warnings or answers to hidden fields", "errors")


def formkit_accepts(given: Given) -> bool:
    """Whether formkit finds nothing that stands in the way."""
    return formkit.validate(form(), given.answers, facts=given.facts, today=TODAY).ok


@dataclass(frozen=True)
class Verdicts:
    """How a contestant's verdicts stand to the known faults and to formkit's, and how many there are."""

    right: int
    agreed: int
    count: int


def contestants(sample: Sequence[Person]) -> list[Contestant]:
    """Everybody, with the same answers in the shape each takes them in."""
    answers = [Given(person.answers, person.facts) for person in sample]
    posted = [Given(flat(each), facts) for each, facts in answers]
    values = [Given(typed(deepcopy(each)), facts) for each, facts in answers]
    only = with_pydantic.LEAVES_OUT
    return [
        Contestant("formkit.validate", formkit_accepts, answers, 500),
        Contestant(REFERENCE, with_pydantic.accepts, answers, 1000, only),
        Contestant("the same, dumped to plain JSON", with_pydantic.accepts_and_dumps, answers, 1000, only),
        Contestant("jsonschema-rs", with_jsonschema.accepts, values, 2000, with_jsonschema.LEAVES_OUT),
        Contestant("WTForms", with_wtforms.accepts, posted, 50, with_wtforms.LEAVES_OUT),
        Contestant("Django forms", with_django.accepts, posted, 50, with_django.LEAVES_OUT),
    ]


def by_kind(sample: Sequence[Person]) -> dict[str, list[Contestant]]:
    """formkit and the models by hand over each kind of answers: what formkit says of them decides the kind."""
    kinds: dict[str, list[Given]] = {kind: [] for kind in KINDS}
    for person in sample:
        result = formkit.validate(form(), person.answers, facts=person.facts, today=TODAY)
        kind = KINDS[0] if not result.issues else KINDS[1] if result.ok else KINDS[2]
        kinds[kind].append(Given(person.answers, person.facts))
    return {
        kind: [Contestant(kind, formkit_accepts, given, 300), Contestant(kind, with_pydantic.accepts, given, 300)]
        for kind, given in kinds.items()
    }


def verdicts(sample: Sequence[Person], contestant: Contestant) -> Verdicts:
    """What a contestant says of the whole sample."""
    own = [contestant.does(item) for item in contestant.items]
    ours = [formkit_accepts(Given(person.answers, person.facts)) for person in sample]
    right = sum(verdict is not person.faulty for verdict, person in zip(own, sample, strict=True))
    return Verdicts(right, sum(map(_same, own, ours)), len(sample))


def same_values(sample: Sequence[Person]) -> int:
    """How many accepted people get the very same values from formkit and from the models by hand."""
    return sum(_values_agree(person) for person in sample if not person.faulty)


@dataclass(frozen=True)
class Validation:
    """What came of it: figures and verdicts of everybody, by kind, and how many `good` people's values agree."""

    measured: list[Measured]
    verdicts: list[Verdicts]
    kinds: dict[str, list[Measured]]
    same: int
    good: int


def run(rounds: int) -> Validation:
    """Everybody over the sample, then formkit and pydantic over each kind of answers."""
    sample = people(COUNT)
    all_ = contestants(sample)
    return Validation(
        measured=measure(all_, rounds),
        verdicts=[verdicts(sample, one) for one in all_],
        kinds={kind: measure(two, rounds) for kind, two in by_kind(sample).items()},
        same=same_values(sample),
        good=sum(not person.faulty for person in sample),
    )


def _values_agree(person: Person) -> bool:
    collection, _ = with_pydantic.validate(person.answers, person.facts)
    if collection is None:
        return False
    dumped = collection.model_dump(exclude_none=True, by_alias=True)
    ours = formkit.validate(form(), person.answers, facts=person.facts, today=TODAY).values
    return {name: value for name, value in dumped.items() if value != []} == ours


def _same(one: object, other: object) -> bool:
    return one is other
