from pathlib import Path

import pytest

from formkit import load
from formkit.compiler import Compiler

FORMS = Path(__file__).parent.parent.parent / "forms"
LEAVE = """\
form: leave
title: 请假
edition: 2026-01-01
uses: [../lists/kinds.yaml]
steps:
  only: {title: 请假, fields: {kind: {type: choice, label: 类别, choices: kinds}}}
"""


def test_forms_compile_from_texts_as_from_the_disk() -> None:
    texts = {str(path.relative_to(FORMS)): path.read_text("utf-8") for path in FORMS.rglob("*.yaml")}
    compiled = Compiler().compile_texts(texts, "accountant_collection.yaml")
    assert not compiled.diagnostics
    form, from_disk = compiled.forms["accountant_collection"], load(FORMS / "accountant_collection.yaml")
    assert form.edition_hash == from_disk.edition_hash
    assert list(form.fields) == list(from_disk.fields)


@pytest.mark.parametrize("file", ["forms/leave.yaml", "forms/./leave.yaml"])
def test_what_a_text_uses_is_found_among_the_texts(file: str) -> None:
    texts = {"forms/leave.yaml": LEAVE, "lists/kinds.yaml": "choices:\n  kinds: {annual: 年假}\n"}
    compiled = Compiler().compile_texts(texts, file)
    assert not compiled.diagnostics
    assert set(compiled.sources) == {"forms/leave.yaml", "lists/kinds.yaml"}


def test_the_disk_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "kinds.yaml").write_text("choices:\n  kinds: {annual: 年假}\n", "utf-8")
    compiled = Compiler().compile_texts({"forms/leave.yaml": LEAVE}, "forms/leave.yaml")
    assert [each.code for each in compiled.diagnostics] == ["unknown-file"]
