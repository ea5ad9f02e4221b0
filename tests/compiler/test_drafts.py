"""What becomes of drafts, as a form file says it."""

import pytest

from formkit.compiler import Compiler
from formkit.form import Drafts

FORM = """\
form: leave
title: 请假
edition: 2026-01-01
drafts: {drafts}
steps:
  only:
    title: 请假
    fields:
      day: {{type: date, label: 哪一天}}
      why: {{type: text, label: 事由}}
"""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{when_published: keep, until: 2026-03-31}", Drafts("keep", "2026-03-31")),
        ("{decided_by: start}", Drafts(decided_by="start")),
        ("{decided_by: day, when_published: restart}", Drafts("restart", None, "day")),
    ],
)
def test_what_becomes_of_drafts_is_declared(written: str, meant: Drafts) -> None:
    compiled = Compiler().compile_text(FORM.format(drafts=written))
    assert not compiled.diagnostics
    assert compiled.forms["leave"].drafts == meant


@pytest.mark.parametrize(("written", "code"), [("dag", "unknown-deciding-day.near"), ("why", "unknown-deciding-day")])
def test_only_a_date_decides(written: str, code: str) -> None:
    compiled = Compiler().compile_text(FORM.format(drafts=f"{{decided_by: {written}}}"))
    (found,) = compiled.diagnostics
    assert (found.code, found.place.line) == (code, 4)
