"""Changes of a form that no case notices: rules, flags, limits, checks, the workflow; and that cases do notice them."""

from pathlib import Path

from formkit.cases import Mutation, mutation_of, run_cases
from formkit.cases.mutants import mutants_of
from formkit.validation import validate
from tests.cases.test_running import SO
from tests.cases.trip import case_file


def mutation(folder: Path, tests: str) -> Mutation:
    result = run_cases(case_file(folder, tests))
    assert not result.failed
    return mutation_of(result.form, (result,))


def told(found: Mutation) -> set[tuple[str, str, str]]:
    return {(each.what, each.path, each.new) for each in found.survivors}


def test_every_kind_of_change_is_tried(tmp_path: Path) -> None:
    form = case_file(tmp_path, "甲:\n  expect: {accepted: true}").form
    found = {(each.what, each.path, each.old, each.new) for each in mutants_of(form)}
    assert found >= {
        ("rule", "reason", "means == 'plane'", "not (means == 'plane')"),
        ("rule", "reason", "means == 'plane'", "means == 'train'"),
        ("rule", "papers/", "days > 5", "days >= 5"),
        ("rule", "cost", "days * 100", "days * 101"),
        ("rule", "stops.nights", "place != '当天'", "not (place != '当天')"),
        ("rule", "", "facts.grade == 'senior' or days < 25", "days < 25"),
        ("rule", "grant", "not facts.open", "facts.open"),
        ("rule-dropped", "reason", "means == 'plane'", ""),
        ("rule-dropped", "stops", "unique(s.place for s in stops)", ""),
        ("required", "days", "true", "false"),
        ("required", "host.name", "false", "true"),
        ("locked", "days", "never", "after_submission"),
        ("limit", "days", "max: 30", "max: 31"),
        ("limit", "stops", "max_rows: 3", "max_rows: 2"),
        ("limit", "ticket", "max_size: 1048576", "max_size: 1048577"),
        ("level", "plan/", "warning", "error"),
        ("level", "", "error", "warning"),
        ("workflow", "grant", "after: 2 working_days", "after: 1 working_day"),
        ("workflow", "grant", "after: 2 working_days", "after: 2 days"),
        ("workflow", "refuse", "reason: true", "reason: false"),
        ("workflow", "sent", "while: read_only", "while: open"),
    }
    assert len({(each.what, each.path, each.new, each.site and each.site.key) for each in mutants_of(form)}) > 90


def test_each_differs_from_the_form_and_leaves_it_as_it_was(tmp_path: Path) -> None:
    """Making one changes nothing of the form it is made from."""
    form = case_file(tmp_path, "甲:\n  expect: {accepted: true}").form
    answers, known = (
        {"means": "plane", "days": 22},
        {"facts": {"open": False, "grade": "junior"}, "today": "2024-01-10"},
    )
    before = validate(form, answers, **known)
    made = {(each.what, each.path, each.new): each.made() for each in mutants_of(form)}
    assert validate(form, answers, **known) == before
    for key, path, code in (
        (("rule-dropped", "reason", ""), "reason", "required"),
        (("required", "city", "true"), "city", "required"),
        (("level", "plan/", "error"), "days", "check"),
    ):
        found = validate(made[key], answers, **known).issues
        assert {(each.path, each.code) for each in found} >= {(path, code)}
    assert validate(made["limit", "days", "max: 31"], {**answers, "days": 31}, **known) != validate(
        form, {**answers, "days": 31}, **known
    )


def test_without_expectations_all_survive(tmp_path: Path) -> None:
    found = mutation(tmp_path, "甲:\n  expect: {accepted: true}")
    assert found.count - len(found.survivors) <= 16
    assert ("rule", "papers/", "days > 6") in told(found)


def test_a_boundary_case_is_what_notices(tmp_path: Path) -> None:
    tests = "五天:\n  answers: {days: 5}\n  expect: {hidden: papers/}\n"
    assert ("rule", "papers/", "days >= 5") not in told(mutation(tmp_path, tests))
    tests = "四天:\n  answers: {days: 4}\n  expect: {hidden: papers/}\n"
    assert ("rule", "papers/", "days >= 5") in told(mutation(tmp_path, tests))


def test_what_is_not_expected_is_not_noticed(tmp_path: Path) -> None:
    left = told(mutation(tmp_path, SO))
    assert ("required", "means", "false") in left
    assert ("rule", "reason", "not (means == 'plane')") not in left
    assert ("workflow", "grant", "after: 2 days") not in left
    assert ("limit", "ticket", "max_size: 1048575") in left


def test_a_case_that_fails_anyhow_notices_nothing(tmp_path: Path) -> None:
    file = case_file(tmp_path, "甲:\n  expect: {accepted: false, hidden: papers/, required: [means, days]}")
    result = run_cases(file)
    assert result.failed
    found = mutation_of(file.form, (result,))
    assert len(found.survivors) == found.count
