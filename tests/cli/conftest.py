"""Commands as a shell gives them, in a folder of their own."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from formkit.cli import main

FORM = """\
form: leave
title: {zh: 请假, en: Leave}
edition: 2024-01-01
time_zone: Asia/Shanghai
facts:
  days_left: {type: integer, label: {zh: 剩余天数, en: Days left}}
steps:
  ask:
    title: {zh: 申请, en: Request}
    fields:
      days: {type: integer, label: {zh: 天数, en: Days}, required: true, min: 1}
      why: {type: text, label: 事由, visible_when: days > 3, required: true}
    checks:
      - rule: days <= facts.days_left
        message: {zh: 天数不够, en: Not enough days}
  later:
    title: {zh: 交接, en: Handover}
    visible_when: days > 10
    fields:
      who: {type: text, label: 交接人, required: true}
"""
IN_CHINESE = FORM.replace("title: {zh: 请假, en: Leave}", "title: 请假", 1)
"""The same in one language: nothing lacks a translation."""


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a form file and the facts it asks about."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "leave.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "facts.json").write_text('{"days_left": 5}', encoding="utf-8")
    return tmp_path


@pytest.fixture
def formkit(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command; mappings among its words become files of JSON, `stdin` is what it reads for `-`."""

    def run(*words: object, stdin: str | bytes = "") -> Ran:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        status = main([_as_word(word, folder / f"given{number}.json") for number, word in enumerate(words)])
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run


def _as_word(word: object, file: Path) -> str:
    if not isinstance(word, dict):
        return str(word)
    file.write_text(json.dumps(word), encoding="utf-8")
    return str(file)
