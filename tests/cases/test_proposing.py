"""Missing cases: those proposed can be pasted as they are, pass, and show what was missing."""

from pathlib import Path

import pytest

from formkit.cases import Proposing, Report, coverage_of, mutation_of, run_cases
from formkit.cases.results import FileResult
from formkit.compiler import Compiler
from tests.cases.trip import HEAD, case_file, compiled_cases
from tests.forms_seed.filled import FORMS
from tests.forms_seed.test_files import NAMES

ONE = "甲:\n  expect: {accepted: true}"


def proposed(result: FileResult, *, mutate: bool = False) -> str:
    coverage = coverage_of(result.form, (result,))
    proposing = Proposing(result)
    found = [proposing.for_rule(seen, way) for seen, way in coverage.missing]
    if mutate:
        found = [proposing.for_mutant(each) for each in mutation_of(result.form, (result,)).survivors]
    proposals = tuple(each for each in found if each is not None)
    return Report((result,), coverage, "zh", None, proposals).proposed()


def with_added(folder: Path, result: FileResult, text: str) -> FileResult:
    compiled = compiled_cases(folder, "甲:\n  expect: {accepted: true}", head=HEAD)
    path = folder / "cases.yaml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    compiled = Compiler().compile_path(folder, cases=True)
    assert compiled.diagnostics == (), text
    return run_cases(compiled.cases[0])


def test_they_pass_and_show_every_rule_both_ways(tmp_path: Path) -> None:
    result = run_cases(case_file(tmp_path, ONE))
    text = proposed(result)
    after = with_added(tmp_path, result, text)
    assert [each.case.name for each in after.failed] == []
    coverage = coverage_of(after.form, (after,))
    assert [(seen.site.key, way) for seen, way in coverage.missing] == []
    assert len(after.results) < 30
    assert (
        "“乘机理由”（reason）显示的条件成立（等 2 项）:\n    answers: {means: plane}\n"
        "    expect:\n      visible: reason\n      hints:\n        reason: [请写明, 一句话]\n" in text
    ) or text


def test_nearly_every_change_is_then_noticed(tmp_path: Path) -> None:
    result = run_cases(case_file(tmp_path, ONE))
    before = mutation_of(result.form, (result,))
    after = with_added(tmp_path, result, proposed(result, mutate=True))
    assert [each.case.name for each in after.failed] == []
    left = mutation_of(after.form, (after,))
    assert len(left.survivors) < len(before.survivors) / 10


@pytest.mark.parametrize("name", NAMES)
def test_they_do_so_for_the_forms_of_the_house(tmp_path: Path, name: str) -> None:
    """The cases of each form, all but the first taken away, are proposed again."""
    head, _, _ = (FORMS / "cases" / f"{name}.yaml").read_text("utf-8").partition("\ntests:")
    head = head.replace("../", f"{FORMS}/")
    file = tmp_path / "cases.yaml"
    file.write_text(f"{head}\ntests:\n  甲:\n    expect: {{accepted: true}}\n", "utf-8")
    result = run_cases(Compiler().compile_path(file, cases=True).cases[0])
    file.write_text(file.read_text("utf-8") + proposed(result), "utf-8")
    after = run_cases(Compiler().compile_path(file, cases=True).cases[0])
    assert [each.case.name for each in after.failed] == []
    assert coverage_of(after.form, (after,)).complete


def test_a_change_that_decides_as_before_need_not_be_noticed(tmp_path: Path) -> None:
    form = (
        "form: trip\ntitle: 行\nedition: 2024-01-01\nsteps:\n  one:\n    title: 一\n    fields:\n"
        "      days: {type: integer, label: 天数, min: 1, max: 30, required: true}\n"
        "      note: {type: text, label: 说明, visible_when: days > 5 and days >= 6}\n"
    )
    head = "cases: trip.yaml\nanswers: {days: 3}\ntests:\n"
    compiled = compiled_cases(
        tmp_path,
        "五天:\n  answers: {days: 5}\n  expect: {hidden: note}\n六天:\n  answers: {days: 6}\n  expect: {visible: note}",
        head=head,
        form=form,
    )
    found = mutation_of(compiled.cases[0].form, (run_cases(compiled.cases[0]),))
    assert {each.new for each in found.equivalent} == {
        "days > 5", "days >= 6", "days >= 5 and days >= 6", "days > 4 and days >= 6", "days > 5 and days >= 5",
        "days > 5 or days >= 6",
    }  # fmt: skip
    assert not {each.new for each in found.survivors if each.what == "rule"}
