"""The outcome as people and programs read it."""

import re
from pathlib import Path
from string import Formatter

import pytest

from formkit.impact.page import page
from formkit.impact.report import Asked, Report
from formkit.locales import sentences
from tests.impact.editions import NEW, OLD, RECORDS, TODAY, counted, form_from, ndjson, question

BY = ("status", "edition")


def report(folder: Path, language: str, new: str = NEW, by: tuple[str, ...] = BY, broken: str = "oops\n") -> Report:
    path = ndjson(folder / "records.ndjson")
    path.write_text(path.read_text("utf-8") + broken, "utf-8")
    outcome = counted(path, question(new, by=by))
    return Report(Asked("records.ndjson", form_from(new), form_from(OLD), TODAY, by), outcome, language)


def test_text(tmp_path: Path) -> None:
    lines = report(tmp_path, "en").text().splitlines()
    assert lines[:4] == [
        "An edition held against the records: Staff",
        "Edition 2024-01-01 (staff.yaml) against the records in records.ndjson, as of 2026-11-26.",
        "Only what is new against edition 2023-01-01 (staff.yaml) is counted.",
        "",
    ]
    assert "  8  100.00%  records read" in lines
    assert "  1   12.50%  have to answer or mend something on their next change" in lines
    assert "  1   12.50%  Doctor: “Doctor” must be answered; please fill it in or choose." in lines
    assert "              required  doctor  staff.yaml:22:72" in lines
    assert "              for example: A2 (no. 2)" in lines
    assert "  1   12.50%  Awards · Award: At most 4 characters are allowed and there are 5; please shorten it." in lines
    assert "              for example: A8 (no. 8) awards.r2.called" in lines
    assert "By Status (status)" in lines
    assert "  Working: 1, of whom 0 to answer or mend, 0 with what no longer fits, 1 with what counts no more" in lines
    assert lines[-2:] == ["Not read: 1", "  no. 9: it is not valid JSON (column 1)"]


def test_json_adds_up(tmp_path: Path) -> None:
    told = report(tmp_path, "zh").json()
    assert (told["records"], told["untouched"], told["asked"], told["kept"], told["dropped"]) == (8, 2, 1, 3, 2)
    assert [(each["effect"], each["path"], each["records"]) for each in told["issues"]][:2] == [
        ("asked", "doctor", 1),
        ("kept", "phone", 1),
    ]
    assert told["issues"][0]["place"] == {"file": "staff.yaml", "line": 22, "column": 72}
    assert told["issues"][0]["sentence"] == "“医生”必须填写，请填写或选择。"
    by_status = {each["label"]: each for each in told["by"]["status"]}
    assert {label: each["records"] for label, each in by_status.items()} == {"在岗": 1, "在校": 7}
    assert sum(by_status["在校"]["issues"].values()) + sum(by_status["在岗"]["issues"].values()) == 7
    assert told["unreadable_told"][0]["position"] == 9
    assert "1234567" not in str(told)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_stands_alone_and_escapes(language: str, tmp_path: Path) -> None:
    hostile = NEW.replace("en: Doctor", "en: <script>alert(1)</script>").replace("zh: 医生", "zh: <img src=x>")
    told = page(report(tmp_path, language, hostile))
    assert "<script" not in told
    assert "<img" not in told
    assert not re.search(r"https?:|url\(|@import|\son\w+=", told)
    assert told.count("<svg role=") == 6 + 7 + 3
    assert re.search(r"<title>[^<]+</title>", told)
    assert {"zh": "必须补填或改正", "en": "To be answered"}[language] in told


def test_nothing_to_say_of_no_records(tmp_path: Path) -> None:
    path = tmp_path / "none.ndjson"
    path.write_text("")
    told = Report(Asked("none.ndjson", form_from(NEW), None, TODAY), counted(path), "en")
    assert told.text().splitlines()[3].split() == ["0", "records", "read"]
    assert told.json()["issues"] == []
    assert "</html>" in page(told)


def test_both_languages_have_the_same_sentences_with_the_same_params() -> None:
    zh, en = (sentences("impact", language) for language in ("zh", "en"))
    assert zh.keys() == en.keys()
    for code in zh:
        assert _params(zh[code]) == _params(en[code]), code


def _params(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_an_id_that_would_steer_a_page_is_shown_as_it_is(tmp_path: Path) -> None:
    path = ndjson(tmp_path / "records.ndjson", [("<b>", RECORDS[1][1])])
    told = page(Report(Asked("r", form_from(NEW), form_from(OLD), TODAY), counted(path), "en"))
    assert "&lt;b&gt; (no. 1)" in told


def test_an_id_that_would_steer_a_terminal_does_not(tmp_path: Path) -> None:
    path = ndjson(tmp_path / "records.ndjson", [("\x1b[2J\ud800\u202e", RECORDS[1][1])])
    told = Report(Asked("r", form_from(NEW), form_from(OLD), TODAY), counted(path), "en").text()
    assert "\ufffd[2J\ufffd\ufffd (no. 1)" in told
