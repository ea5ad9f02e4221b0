"""Made-up records are accepted ones, the same every time; an edition concerns those it should; nothing is timed."""

from itertools import pairwise

import formkit
from benchmarks import holding
from benchmarks.collection import form
from benchmarks.peers import with_pydantic
from benchmarks.people import FACTS, TODAY, Given
from benchmarks.records import each_record
from formkit.impact import Entry, Judge

RECORDS = list(each_record(60))
EDUCATIONS = ("full_time", "part_time")


def test_they_are_the_same_every_time_and_each_is_somebody_else() -> None:
    assert list(each_record(60)) == RECORDS
    assert len({record["values"]["id_number"] for record in RECORDS}) == 60
    assert all(one["values"] != other["values"] for one, other in pairwise(RECORDS))


def test_nothing_is_wrong_with_any_by_formkit_or_by_the_models() -> None:
    for record in RECORDS:
        values, facts = record["values"], {**FACTS, **record["facts"], **record["values"]}
        result = formkit.validate(form(), {}, record=values, facts=facts, today=TODAY)
        assert result.ok
        assert result.values == values
        assert with_pydantic.accepts(Given({n: v for n, v in values.items() if n not in holding.REGISTERED}, facts))


def test_the_edition_to_come_concerns_those_with_a_longer_school() -> None:
    judge = Judge(holding.compiled(holding.edition_to_come()), form(), {}, TODAY)
    for number, record in enumerate(RECORDS, start=1):
        found = judge.found(Entry(number, record["values"], facts=record["facts"]))
        assert isinstance(found, list)
        schools = {f"{name}.school": record["values"].get(name, {}).get("school", "") for name in EDUCATIONS}
        assert [each.kind.path for each in found] == [path for path, school in schools.items() if len(school) > 12]
