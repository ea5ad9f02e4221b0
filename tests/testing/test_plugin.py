"""The pytest plugin, in a project of somebody else's."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORM = """\
form: {id}
title: 表
edition: 2024-01-01
steps: {{one: {{title: 一, fields: {{a: {{type: text, label: 甲}}}}}}}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "first.yaml").write_text(FORM.format(id="first"), encoding="utf-8")
    two = "---\n".join(FORM.format(id=id_) for id_ in ("second", "third"))
    (tmp_path / "forms" / "two.yaml").write_text(two, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nformkit_form = forms/first.yaml\n", encoding="utf-8")
    return tmp_path


def run(project: Path, test: str, *options: str) -> subprocess.CompletedProcess[str]:
    (project / "test_it.py").write_text(f"import pytest\n{test}", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-W",
        "error",
        "-p",
        "no:cacheprovider",
        "--strict-markers",
        *options,
    ]
    # The plugin is named where the package is not installed; where it is, pytest knows it already.
    program = [*command, "-p", "formkit.testing.plugin"]
    environ = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(program, cwd=project, capture_output=True, text=True, env=environ, check=False)


def test_the_form_of_the_ini_file(project: Path) -> None:
    ran = run(project, "def test_a(form): assert form.id == 'first'\ndef test_b(form): assert form.id == 'first'\n")
    assert ran.returncode == 0, ran.stdout


def test_the_form_of_a_marker(project: Path) -> None:
    ran = run(project, "@pytest.mark.form('forms/two.yaml#third')\ndef test_a(form): assert form.id == 'third'\n")
    assert ran.returncode == 0, ran.stdout


def test_the_form_is_loaded_once(project: Path) -> None:
    ran = run(
        project,
        "seen = set()\n@pytest.mark.parametrize('n', range(3))\ndef test_a(form, n):\n"
        "    seen.add(form); assert len(seen) == 1\n",
    )
    assert ran.returncode == 0, ran.stdout


def test_no_form_named(project: Path) -> None:
    (project / "pytest.ini").unlink()
    ran = run(project, "def test_a(form): pass\n")
    assert ran.returncode == 1 and "name it with @pytest.mark.form" in ran.stdout


def test_a_fixture_of_ones_own_comes_first(project: Path) -> None:
    ran = run(project, "@pytest.fixture\ndef form(): return 1\ndef test_a(form): assert form == 1\n")
    assert ran.returncode == 0, ran.stdout


def test_pages_are_kept_one_a_file(project: Path) -> None:
    test = (
        "from formkit.testing.pages import pages\n"
        "def test_pages(form, page_snapshot):\n"
        "    for page in pages(form, today='2024-09-01'):\n"
        "        assert page.html == page_snapshot(name=page.name)\n"
    )
    syrupy = ("-p", "syrupy")
    assert run(project, test, *syrupy, "--snapshot-update").returncode == 0
    kept = {path.name for path in project.rglob("*.html")}
    assert "first.one.filled.html" in kept and "first.check.empty.html" in kept
    assert re.search(r"\n +<label", next(project.rglob("first.one.empty.html")).read_text(encoding="utf-8"))
    assert run(project, test, *syrupy).returncode == 0
    assert run(project, test + "def test_other(): pass\n", *syrupy, "-k", "other", "--snapshot-update").returncode == 0
    assert kept == {path.name for path in project.rglob("*.html")}
    file = project / "forms" / "first.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("甲", "乙"), encoding="utf-8")
    assert run(project, test, *syrupy).returncode == 1


def test_nothing_heavy_is_imported_at_the_start(project: Path) -> None:
    test = (
        "import sys\ndef test_a():\n"
        "    assert not {'formkit.compiler', 'formkit.testing.pages', 'syrupy', 'hypothesis'} & set(sys.modules)\n"
    )
    assert run(project, test).returncode == 0


def test_syrupy_is_asked_for_by_name(project: Path) -> None:
    (project / "conftest.py").write_text("import sys\nsys.modules['syrupy'] = None\n", encoding="utf-8")
    ran = run(project, "def test_a(page_snapshot): pass\n")
    assert ran.returncode == 1 and "formkit[testing]" in ran.stdout
