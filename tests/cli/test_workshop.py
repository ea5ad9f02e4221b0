"""The files that somebody is working on."""

import os
from pathlib import Path

from formkit.cli.workshop import Workshop
from tests.cli.conftest import FORM


def test_the_version_changes_with_the_files(folder: Path) -> None:
    workshop = Workshop(folder)
    versions = [workshop.version, workshop.version]
    os.utime(folder / "leave.yaml", ns=(1, 1))
    versions.append(workshop.version)
    (folder / "more.yaml").write_text("choices: {a: {x: 甲}}", encoding="utf-8")
    versions.append(workshop.version)
    (folder / "leave.yaml").unlink()
    versions.append(workshop.version)
    assert versions[0] == versions[1] and len(set(versions)) == 4


def test_an_edition_is_compiled_once(folder: Path) -> None:
    workshop = Workshop(folder)
    assert workshop.edition is workshop.edition
    os.utime(folder / "leave.yaml", ns=(1, 1))
    assert workshop.edition.version == workshop.version


def test_what_a_file_builds_on_is_watched_too(folder: Path) -> None:
    (folder / "city.yaml").write_text("form: city\nextends: leave.yaml\n", encoding="utf-8")
    workshop = Workshop(folder / "city.yaml")
    before = workshop.edition
    assert workshop.edition is before
    (folder / "leave.yaml").write_text(FORM.replace("请假", "休假"), encoding="utf-8")
    assert workshop.edition.forms["city"].title["zh"] == "休假"


def test_a_form_that_breaks_is_kept_as_it_was(folder: Path) -> None:
    workshop = Workshop(folder)
    good = workshop.edition.forms["leave"]
    (folder / "leave.yaml").write_text(FORM.replace("days > 3", "dayz > 3 "), encoding="utf-8")
    assert workshop.edition.forms == {"leave": good} and workshop.edition.compiled.diagnostics
    (folder / "leave.yaml").write_text(FORM.replace("天数不够", "太多了"), encoding="utf-8")
    assert workshop.edition.forms["leave"] is not good and not workshop.edition.compiled.diagnostics


def test_a_form_that_is_taken_away_is_gone(folder: Path) -> None:
    workshop = Workshop(folder)
    assert "leave" in workshop.edition.forms
    (folder / "leave.yaml").unlink()
    assert workshop.edition.forms == {}
