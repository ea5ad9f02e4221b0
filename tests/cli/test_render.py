"""`formkit render`: a page on the standard output."""

import json
from pathlib import Path

from formkit.compiler import load
from formkit.renderers import render
from tests.cli.conftest import Command

RENDER = ("render", "leave.yaml", "--facts", "facts.json", "--today", "2024-09-01", "--step")


def test_a_page_is_what_the_renderer_gives(formkit: Command) -> None:
    page = render(load("leave.yaml"), "ask", {"days": 6}, facts={"days_left": 5}, today="2024-09-01", language="en")
    assert formkit(*RENDER, "ask", "--answers", {"days": 6}, "--lang", "en").out == f"{page.rstrip()}\n"


def test_no_answers_are_needed(formkit: Command) -> None:
    ran = formkit(*RENDER, "ask")
    assert (ran.status, "<!doctype html>" in ran.out, "天数" in ran.out) == (0, True, True)


def test_other_renderers(formkit: Command) -> None:
    assert formkit(*RENDER, "ask", "--renderer", "json").json["form"] == "leave"
    assert formkit(*RENDER, "ask", "--format", "json").json["current"] == "ask"
    assert "请假" in formkit(*RENDER, "ask", "--renderer", "print").out
    assert formkit(*RENDER, "ask", "--renderer", "fax").status == 2


def test_a_pdf_is_written_to_a_file(formkit: Command, folder: Path) -> None:
    words = (*RENDER, "record", "--renderer", "pdf", "--answers", {"days": 1}, "--out")
    assert formkit(*words, "one.pdf").out == ""
    assert formkit(*words, "two.pdf").status == 0
    assert (folder / "one.pdf").read_bytes().startswith(b"%PDF-")
    assert (folder / "one.pdf").read_bytes() == (folder / "two.pdf").read_bytes()
    ran = formkit(*words[:-1], "--lang", "en")
    assert (ran.status, "--out" in ran.err) == (2, True)
    assert formkit(*words, "no/such/folder.pdf").status == 2


def test_a_page_may_be_written_to_a_file_too(formkit: Command, folder: Path) -> None:
    assert formkit(*RENDER, "ask", "--out", "page.html").out == ""
    assert "<!doctype html>" in (folder / "page.html").read_text(encoding="utf-8")


def test_the_issues_are_shown_on_demand(formkit: Command) -> None:
    words = (*RENDER, "ask", "--answers", {"days": 6}, "--format", "json")
    assert json.loads(formkit(*words).out)["errors"] == []
    assert "天数不够" in [each["text"] for each in json.loads(formkit(*words, "--issues").out)["errors"]]


def test_the_pages_that_are_no_step(formkit: Command) -> None:
    for page in ("check", "record"):
        ran = formkit(*RENDER, page, "--answers", {"days": 1})
        assert (ran.status, "天数" in ran.out) == (0, True)


def test_a_record_is_shown(formkit: Command) -> None:
    fields = formkit(*RENDER, "ask", "--record", {"days": 4}, "--format", "json").json["steps"][0]["sections"][0][
        "fields"
    ]
    assert fields[0]["value"] == 4


def test_a_step_that_is_not_there_or_not_shown(formkit: Command) -> None:
    assert "has: ask, later" in formkit(*RENDER, "nowhere", "--lang", "en").err
    ran = formkit(*RENDER, "later", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert "the step “later” is not shown; shown are: ask" in ran.err
