"""The forms of the house are clean: no rule finds anything in them."""

from pathlib import Path

import pytest

from formkit.compiler import Compiler
from formkit.diagnostics import Severity
from formkit.lint import lint
from tests.docs.pages import WRITTEN_BY_HAND, blocks, title

ROOT = Path(__file__).parents[2]
GOOD = [ROOT / "forms", *sorted((ROOT / "examples").rglob("forms")), *sorted((ROOT / "examples").glob("*.yaml"))]
WIDGETS = ROOT / "tests" / "renderers" / "forms"
HALF_TRANSLATED = "docs/how-to/translate.md"
FIRST_KEYS = ("form:", "choices:", "calendar:", "#")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_false_alarm(path: Path) -> None:
    compiled = Compiler().compile_path(path)
    assert compiled.forms
    assert [(each.code, str(each.place)) for each in lint(compiled)] == []


def test_the_form_of_all_widgets_lacks_only_translations() -> None:
    """They are left out, so that pages with texts in another language are seen too."""
    assert {each.code for each in lint(Compiler().compile_path(WIDGETS))} == {"missing-translation"}


@pytest.mark.parametrize("page", WRITTEN_BY_HAND, ids=title)
def test_what_the_documentation_shows_is_clean(page: Path) -> None:
    shown = [block for block in blocks(page) if block.language == "yaml" and block.text.startswith(FIRST_KEYS)]
    right = [block.text for block in shown if not block.name.rpartition("/")[2].startswith("broken")]
    found = {each.code for text in right for each in lint(Compiler().compile_text(text))}
    assert found == ({"missing-translation"} if title(page) == HALF_TRANSLATED else set())


def test_what_stays_undecided_is_told_only_when_asked() -> None:
    compiled = Compiler().compile_path(ROOT / "forms")
    assert {(each.code, each.severity) for each in lint(compiled, thorough=True)} <= {("undecided", Severity.NOTE)}
