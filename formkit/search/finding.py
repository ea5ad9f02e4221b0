"""The search: inputs get values one by one, only where a claim asks for them, until the claims are so or cannot be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from formkit.diagnostics import Example
from formkit.evaluation import Evaluation, evaluate
from formkit.expressions import UNKNOWN, Rule
from formkit.fields.base import JSON, Moment, Shape
from formkit.form import ROW_ID, Field, Form
from formkit.issues import Level
from formkit.search.candidates import good_values, sample_fact
from formkit.search.claims import Claim, Says
from formkit.search.domains import Domains
from formkit.search.interests import Interests, timely
from formkit.search.placing import put, put_blank
from formkit.search.world import ANSWER, FACT, HAS_RECORD, RECORD, RECORDED_ROWS, ROWS, TODAY, Input, Open, World

TRIES = 2_000
"""How many partial sets of answers a search looks at before it gives up, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Found:
    """It can be: in this example."""

    example: Example
    tries: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Impossible:
    """It cannot be, whatever the answers, the facts and the record, on no day since the edition came into force."""

    tries: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Undecided:
    """Nothing was found, and that does not say that there is nothing.

    `why` is `tries` (they ran out) or `values` (a rule works something out, so that not every value could be tried).
    """

    why: str
    tries: int = field(default=0, compare=False)


Finding = Found | Impossible | Undecided


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of looking for each outcome of a rule."""

    true: Finding
    false: Finding
    unknown: Finding


def find(form: Form, claims: Iterable[Claim], *, tries: int = TRIES, proof: bool = False) -> Finding:
    """Looks for answers of which all the claims are so; what is found has been settled by `evaluate`.

    For a `proof` it gives up as soon as it could no longer say that there are none. Each finding tells how many partial
    sets of answers were looked at.
    """
    return _Search(form, tuple(claims), tries, proof).run()


def outcomes(form: Form, rule: Rule, holder: str = "", given: Sequence[Claim] = (), *, tries: int = TRIES) -> Outcomes:
    """Which of true, false and unknown a rule can be while the claims `given` are so.

    `holder` is the group or rows field it belongs to.
    """
    true, false, unknown = (
        find(form, (*given, Says(rule, answer, holder)), tries=tries) for answer in (True, False, UNKNOWN)
    )
    return Outcomes(true, false, unknown)


class _GivenUp(Exception):  # noqa: N818 - never leaves the module
    """The search has looked at as much as it may, or can show nothing any more; its word for why."""


@dataclass
class _Search:
    form: Form
    claims: tuple[Claim, ...]
    most: int
    proof: bool
    interests: Interests = field(init=False)
    domains: Domains = field(init=False)
    tries: int = 0
    whole: bool = True
    """Whether nothing has been left out so far."""

    def __post_init__(self) -> None:
        self.interests = Interests(self.form)
        for claim in self.claims:
            claim.read(self.interests)
        self.domains = Domains(self.form, self.interests)

    def run(self) -> Finding:
        try:
            found = self._look({}, self.claims)
        except _GivenUp as given_up:
            return Undecided(str(given_up), self.tries)
        if found is not None:
            return Found(found, self.tries)
        return Impossible(self.tries) if self.whole else Undecided("values", self.tries)

    def _look(self, known: Mapping[Input, JSON], claims: tuple[Claim, ...]) -> Example | None:
        """An example that has the inputs known; `claims` are those not decided by them before."""
        if self.tries >= self.most:
            raise _GivenUp("tries")
        self.tries += 1
        world, wanted, left = World(self.form, known), None, []
        for claim in claims:
            try:
                if not claim.may_be(world):
                    return None
            except Open as question:
                wanted = wanted or question.wanted
                left.append(claim)
        if wanted is None:
            return self._example(known)
        return self._branch(known, wanted, tuple(left))

    def _left_out(self) -> None:
        """Notes that not everything is looked at."""
        self.whole = False
        if self.proof:
            raise _GivenUp("values")

    def _branch(self, known: Mapping[Input, JSON], wanted: Input, claims: tuple[Claim, ...]) -> Example | None:
        about = self.domains.field_of(wanted.term) if wanted.kind == ANSWER else None
        if about is not None and TODAY not in known and timely(about):
            wanted, about = TODAY, None
        domain = self.domains.of(wanted)
        if not domain.whole:
            self._left_out()
        for value in domain.values:
            more = {**known, wanted: value}
            if self._consistent(more, wanted, value, about):
                found = self._look(more, claims)
                if found is not None:
                    return found
        return None

    def _consistent(self, known: dict[Input, JSON], wanted: Input, value: JSON, about: Field | None) -> bool:
        """Whether a value may stand beside the others; notes the record that a choice no longer offered needs."""
        if wanted == HAS_RECORD and value is False:
            return not any(other.kind in (RECORD, RECORDED_ROWS) and known[other] for other in known)
        if wanted.kind == RECORD and value is not None:
            return known.get(HAS_RECORD) is not False
        if about is None or value is None or not timely(about):
            return True
        found = about.type.check(value, Moment(known[TODAY]))
        codes = {each.code for each in found if each.level is Level.ERROR}
        if codes != {"retired_choice"}:
            return not codes
        recorded = Input(RECORD, wanted.path)
        if known.get(HAS_RECORD) is False or known.get(recorded, value) != value or wanted.path.count(".") == 2:
            return False
        known |= {HAS_RECORD: True, recorded: value}
        return True

    def _example(self, known: Mapping[Input, JSON]) -> Example | None:
        """The known inputs as an example, if evaluation says of it what the search does."""
        example = self._written(known)
        evaluation = settle(self.form, example)
        if all(claim.is_so(evaluation) for claim in self.claims):
            return example
        self._left_out()
        return None

    def _written(self, known: Mapping[Input, JSON]) -> Example:
        today = known.get(TODAY, self.domains.first_day)
        answers: dict[str, JSON] = {}
        record: dict[str, JSON] = {}
        for kind, into, rows in ((ANSWER, answers, ROWS), (RECORD, record, RECORDED_ROWS)):
            for wanted, value in known.items():
                if wanted.kind == rows and value:
                    into[wanted.path] = [{ROW_ID: f"r{number}"} for number in range(1, value + 1)]
            for wanted, value in known.items():
                if wanted.kind == kind and value is not None:
                    put(into, wanted.path, value)
            self._fill_rows(into, today)
        on_record = record if record or known.get(HAS_RECORD) else None
        if on_record is not None:
            for wanted, value in known.items():
                if value is None and wanted.kind == ANSWER:
                    put_blank(answers, wanted.path)
                if wanted.kind == ROWS and value == 0:
                    answers[wanted.path] = []
        facts = {name: known.get(Input(FACT, name), sample_fact(fact.type)) for name, fact in self.form.facts.items()}
        given = frozenset(wanted.term for wanted in known if wanted != HAS_RECORD)
        return Example(answers, facts, on_record, today, given)

    def _fill_rows(self, into: dict[str, JSON], today: str) -> None:
        """Gives rows in which nothing is filled in something: a row of blanks is none."""
        for name, value in into.items():
            outer = self.form.top_fields[name]
            if outer.shape is not Shape.ROWS:
                continue
            for number, row in enumerate(value):
                if row.keys() == {ROW_ID}:
                    self._fill_row(outer, row, number, today)

    def _fill_row(self, outer: Field, row: dict[str, JSON], number: int, today: str) -> None:
        plain = [inner for inner in outer.fields if inner.path not in self.interests.terms]
        for inner in sorted(plain, key=lambda each: not each.is_plain):
            usual = list(good_values(inner, Moment(today)))
            if usual:
                row[inner.id] = usual[number % len(usual)]
                return


def settle(form: Form, example: Example) -> Evaluation:
    """The form with the answers of an example, settled."""
    return evaluate(form, example.answers, record=example.record, facts=example.facts, today=example.today)
