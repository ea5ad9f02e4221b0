"""Coverage is what evaluation really did: each rule seen true, false or unknown, in rows too."""

from pathlib import Path

from formkit.cases import Coverage, Kind, coverage_of, run_cases, sites
from formkit.compiler import load
from formkit.validation import validate
from tests.cases.trip import case_file


def coverage(folder: Path, tests: str) -> Coverage:
    result = run_cases(case_file(folder, tests))
    assert not result.failed
    return coverage_of(result.form, (result,))


def seen(found: Coverage, kind: Kind, path: str, number: int = 0) -> tuple[int, int, int]:
    each = next(each for each in found.rules if each.site.key == (kind, path, number))
    return each.true, each.false, each.unknown


def test_every_rule_has_its_site(tmp_path: Path) -> None:
    form = case_file(tmp_path, "甲:\n  expect: {accepted: true}").form
    assert [(str(site.kind), site.path, site.number) for site in sites(form)] == [
        ("visible", "reason", 0),
        ("required", "reason", 0),
        ("hint", "reason", 0),
        ("value_when", "cost", 0),
        ("value", "cost", 0),
        ("locked", "city", 0),
        ("visible", "host.phone", 0),
        ("check", "stops", 0),
        ("visible", "stops.nights", 0),
        ("check_when", "plan/", 0),
        ("check", "plan/", 0),
        ("visible", "papers/", 0),
        ("check", "", 0),
        ("transition", "grant", 0),
    ]


def test_outcomes_are_those_of_the_evaluation(tmp_path: Path) -> None:
    found = coverage(
        tmp_path,
        """
        火车:
          answers: {stops: [{place: 当天}, {place: 韶关}, {nights: 1}]}
          expect: {visible: stops.r2.nights}
        飞机:
          answers: {means: plane, days: 22}
          unknown_facts: [open, grade]
          state: sent
          entered: 2024-01-01
          expect: {required: reason, state: sent}
        空白:
          without: [means, days]
          expect: {accepted: false}
        """,
    )
    assert seen(found, Kind.VISIBLE, "reason") == (1, 1, 1)
    assert seen(found, Kind.REQUIRED, "reason") == (0, 0, 1)
    assert seen(found, Kind.VISIBLE, "stops.nights") == (1, 1, 1)
    assert seen(found, Kind.CHECK_WHEN, "plan/") == (1, 1, 1)
    assert seen(found, Kind.CHECK, "plan/") == (0, 1, 0)
    assert seen(found, Kind.VALUE_WHEN, "cost") == (1, 1, 1)
    assert seen(found, Kind.VALUE, "cost") == (1, 0, 0)
    assert seen(found, Kind.TRANSITION, "grant") == (0, 0, 1)
    assert found.steps.missed == ()
    assert found.states is not None and found.states.reached == ("sent",)
    assert found.transitions is not None and found.transitions.missed == ("grant", "refuse")
    assert {each.path: each.reached for each in found.choices} == {"means": ("train", "plane")}
    assert not found.complete
    assert {(each.site.path, way) for each, way in found.missing if each.site.kind is Kind.CHECK_WHEN} == set()


def test_a_form_that_is_recorded_says_the_same(tmp_path: Path) -> None:
    file = case_file(tmp_path, "甲:\n  answers: {means: plane, days: 22}\n  expect: {accepted: false}")
    outcome = run_cases(file).results[0].outcome
    assert outcome is not None
    person = file.cases[0].person
    plain = validate(load(tmp_path / "trip.yaml"), person.answers, facts=person.facts, today=person.today)
    assert [(i.code, i.path) for i in outcome.issues] == [(i.code, i.path) for i in plain.issues]
    assert outcome.evaluation.kept_values == plain.values
