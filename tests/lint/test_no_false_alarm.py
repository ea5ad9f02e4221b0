"""The forms of the house are clean: no rule finds anything in them."""

from pathlib import Path

import pytest

from formkit.compiler import Compiler
from formkit.diagnostics import Severity
from formkit.lint import lint

ROOT = Path(__file__).parents[2]
GOOD = [ROOT / "forms", *sorted((ROOT / "examples").rglob("forms")), ROOT / "tests" / "renderers" / "forms"]


@pytest.mark.parametrize("folder", GOOD, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_false_alarm(folder: Path) -> None:
    compiled = Compiler().compile_path(folder)
    assert compiled.forms
    assert [(each.code, str(each.place)) for each in lint(compiled)] == []


def test_what_stays_undecided_is_told_only_when_asked() -> None:
    compiled = Compiler().compile_path(ROOT / "forms")
    assert {(each.code, each.severity) for each in lint(compiled, thorough=True)} <= {("undecided", Severity.NOTE)}
