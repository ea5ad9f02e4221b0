"""A form in several editions, as files on a disk."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from formkit.compiler import Compiler
from formkit.editions import read_edition
from formkit.records.model import Edition

COMPILER = Compiler()
NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FORM = """\
form: leave
title: 请假
edition: {edition}
uses: [lists/kinds.yaml]
steps:
  only:
    title: {title}
    fields:
      kind: {{type: choice, label: 类别, choices: kinds}}
"""


def write_leave(folder: Path, edition: str, title: str = "请假") -> Path:
    """The form in a file beside its list."""
    (folder / "lists").mkdir(exist_ok=True, parents=True)
    (folder / "lists" / "kinds.yaml").write_text("choices:\n  kinds: {annual: 年假, sick: 病假}\n", "utf-8")
    file = folder / "leave.yaml"
    file.write_text(FORM.format(edition=edition, title=title), "utf-8")
    return file


def leave(folder: Path, edition: str, title: str = "请假") -> Edition:
    """The content of the form in an edition."""
    return read_edition(write_leave(folder, edition, title), "leave", COMPILER)
