"""Validation of the collection form: who is how fast, and who says the same."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

import formkit
from benchmarks.collection import form
from benchmarks.peers import with_django, with_jsonschema, with_pydantic, with_wtforms
from benchmarks.people import FACTS, TODAY, Answers, Person, people
from benchmarks.posted import flat, typed
from benchmarks.rounds import Contestant, Measured, measure

COUNT = 2000
REFERENCE = "pydantic v2, by hand"


def formkit_accepts(answers: Answers) -> bool:
    """Whether formkit finds nothing that stands in the way."""
    return formkit.validate(form(), answers, facts=FACTS, today=TODAY).ok


@dataclass(frozen=True)
class Verdicts:
    """How a contestant's verdicts stand to the known faults and to formkit's, and how many there are."""

    right: int
    agreed: int
    count: int


def contestants(sample: Sequence[Person]) -> list[Contestant]:
    """Everybody, with the same answers in the shape each takes them in."""
    answers = [person.answers for person in sample]
    posted = [flat(each) for each in answers]
    values = [typed(deepcopy(each)) for each in answers]
    only = with_pydantic.LEAVES_OUT
    return [
        Contestant("formkit.validate", formkit_accepts, answers, 500),
        Contestant(REFERENCE, with_pydantic.accepts, answers, 1000, only),
        Contestant("the same, dumped to plain JSON", with_pydantic.accepts_and_dumps, answers, 1000, only),
        Contestant("jsonschema-rs", with_jsonschema.accepts, values, 2000, with_jsonschema.LEAVES_OUT),
        Contestant("WTForms", with_wtforms.accepts, posted, 50, with_wtforms.LEAVES_OUT),
        Contestant("Django forms", with_django.accepts, posted, 50, with_django.LEAVES_OUT),
    ]


def verdicts(sample: Sequence[Person], contestant: Contestant) -> Verdicts:
    """What a contestant says of the whole sample."""
    own = [contestant.does(item) for item in contestant.items]
    ours = [formkit_accepts(person.answers) for person in sample]
    right = sum(verdict is not person.faulty for verdict, person in zip(own, sample, strict=True))
    return Verdicts(right, sum(map(_same, own, ours)), len(sample))


def same_values(sample: Sequence[Person]) -> int:
    """How many accepted people get the very same values from formkit and from the models by hand."""
    return sum(_values_agree(person.answers) for person in sample if not person.faulty)


def run(rounds: int) -> tuple[list[Measured], list[Verdicts], int, int]:
    """Figures and verdicts of everybody, and for how many of the accepted formkit and pydantic give the same values."""
    sample = people(COUNT)
    all_ = contestants(sample)
    good = sum(not person.faulty for person in sample)
    return measure(all_, rounds), [verdicts(sample, one) for one in all_], same_values(sample), good


def _values_agree(answers: Answers) -> bool:
    collection, _ = with_pydantic.validate(answers)
    if collection is None:
        return False
    dumped = collection.model_dump(exclude_none=True, by_alias=True)
    ours = formkit.validate(form(), answers, facts=FACTS, today=TODAY).values
    return {name: value for name, value in dumped.items() if value != []} == ours


def _same(one: object, other: object) -> bool:
    return one is other
