"""`formkit check` of a form whose lines are right and which is wrong as a whole."""

import json
from pathlib import Path

from formkit.lint import RULES
from tests.cli.conftest import Command


def test_a_warning_counts_only_when_asked(formkit: Command, folder: Path) -> None:
    (folder / "visit.yaml").write_text(RULES["never-shown"].failing, "utf-8")
    assert formkit("check", "visit.yaml").status == 0
    ran = formkit("check", "visit.yaml", "--strict")
    assert ran.status == 1
    assert "never-shown" in ran.out


def test_a_clean_form_is_good_however_strictly_it_is_looked_at(formkit: Command, folder: Path) -> None:
    (folder / "visit.yaml").write_text(RULES["never-shown"].passing, "utf-8")
    ran = formkit("check", "visit.yaml", "--strict", "--thorough", "--format", "json")
    assert ran.status == 0
    assert json.loads(ran.out) == {"diagnostics": []}
