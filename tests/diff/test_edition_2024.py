"""The real change of 2024 on the real form, told to the people who have to sign it."""

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from formkit.compiler import Compiler
from formkit.diff import diff
from formkit.diff.report import Report
from formkit.form import Form
from tests.diff.edition_2024 import FORMS, collection_2023, collection_2024


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Form, Form]:
    folder = tmp_path_factory.mktemp("editions")
    (folder / "lists").symlink_to(FORMS / "lists")
    return _form(folder / "2023.yaml", collection_2023()), _form(folder / "2024.yaml", collection_2024())


def _form(file: Path, text: str) -> Form:
    file.write_text(text, "utf-8")
    compiled = Compiler().compile_path(str(file))
    assert compiled.forms, compiled.diagnostics
    return next(iter(compiled.forms.values()))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_reads_as_the_notice_does(editions: tuple[Form, Form], language: str, snapshot: SnapshotAssertion) -> None:
    old, new = editions
    folder = Path(old.place.file).parent.as_posix()
    report = Report(old, new, diff(old, new), language)
    # Lines are left out: the form is edited for other reasons too.
    assert re.sub(r":\d+:\d+", "", report.text().replace(f"{folder}/", "")) == snapshot
