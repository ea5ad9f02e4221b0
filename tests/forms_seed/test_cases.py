"""The cases beside the forms: they pass, they see every rule both ways, and hardly a change goes unnoticed."""

from pathlib import Path

import pytest

from formkit.cases import Report, coverage_of, mutation_of, run_cases
from formkit.compiler import Compiler
from formkit.compiler.case_files import CaseFile
from tests.forms_seed.filled import FORMS
from tests.forms_seed.test_files import NAMES

EQUIVALENT = {
    # A list of files that is there holds one at least; an empty one is blank, and that is what `required` is for.
    ("transfer_out", "attachments", "min_files: 1", "min_files: 0"),
}
"""Changes that change nothing, so no case can notice them."""


@pytest.fixture(scope="module")
def files() -> dict[str, CaseFile]:
    compiled = Compiler().compile_path(FORMS, cases=True)
    assert compiled.diagnostics == ()
    return {file.form.id: file for file in compiled.cases}


def test_every_form_has_cases(files: dict[str, CaseFile]) -> None:
    assert sorted(files) == NAMES
    assert {Path(file.file).stem for file in files.values()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_they_pass_see_every_rule_both_ways_and_notice_every_change(files: dict[str, CaseFile], name: str) -> None:
    result = run_cases(files[name])
    report = Report((result,), coverage_of(result.form, (result,)), "en")
    assert not report.failed, "\n".join(report.text())
    assert report.coverage.complete, "\n".join(report.text())
    survivors = mutation_of(result.form, (result,)).survivors
    assert {(name, each.path, each.old, each.new) for each in survivors} <= EQUIVALENT
