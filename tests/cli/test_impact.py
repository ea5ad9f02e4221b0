"""`formkit impact`: what it writes, its exit codes, and what it refuses."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import FORM, Command

NEW = FORM.replace("min: 1", "min: 3").replace("2024-01-01", "2025-01-01")


@pytest.fixture(autouse=True)
def records(folder: Path) -> None:
    (folder / "new.yaml").write_text(NEW, "utf-8")
    lines = [json.dumps({"id": f"L{days}", "values": {"days": days, "why": "x"}}) for days in (1, 2, 3, 5)]
    (folder / "records.ndjson").write_text("\n".join([*lines, "{"]), "utf-8")
    (folder / "known.json").write_text('{"days_left": 20}', "utf-8")


def test_what_is_new(formkit: Command) -> None:
    asked = ("impact", "new.yaml", "--against", "leave.yaml", "--records", "records.ndjson", "--today", "2026-11-26")
    ran = formkit(*asked, "--facts", "known.json", "--workers", "1", "--format", "json", "--by", "days")
    assert ran.status == 1
    assert ran.err == ""
    assert (ran.json["records"], ran.json["untouched"], ran.json["kept"], ran.json["unreadable"]) == (4, 2, 2, 1)
    (issue,) = ran.json["issues"]
    assert (issue["code"], issue["place"]["file"], issue["place"]["line"]) == ("too_small", "new.yaml", 11)
    assert {each["label"]: each["kept"] for each in ran.json["by"]["days"]} == {"1": 1, "2": 1, "3": 0, "5": 0}
    ran = formkit(*asked, "--lang", "en", "--workers", "2")
    assert "  4  100.00%  records read" in ran.out
    assert "Not known of 4 records: Days left (facts.days_left)." in ran.out


def test_nobody_is_concerned(formkit: Command, folder: Path) -> None:
    (folder / "records.ndjson").write_text('{"days": 5, "why": "x"}', "utf-8")
    asked = ("impact", "new.yaml", "--records", "records.ndjson", "--facts", "known.json", "--workers", "1")
    assert formkit(*asked).status == 0
    assert formkit(*asked, "--format", "html", "--out", "page.html").status == 0
    assert "<svg" in (folder / "page.html").read_text("utf-8")
    assert formkit(*asked, "--out", "none/page.html").status == 2


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--by", "dayz"), "dayz"),
        (("--workers", "0"), "--workers"),
        (("--records", "none.ndjson"), "none.ndjson"),
        (("--records", "postgresql://me:secret@127.0.0.1:1/none"), "数据库"),
        (("--facts", '{"days_left": "many"}'), "days_left"),
        (("--today", "soon"), "soon"),
        (("--against", "none.yaml"), "none.yaml"),
    ],
)
def test_what_cannot_be_carried_out(more: tuple[str, str], told: str, formkit: Command) -> None:
    ran = formkit("impact", "new.yaml", "--records", "records.ndjson", *more)
    assert ran.status == 2
    assert told in ran.err
    assert "secret" not in ran.err
    assert "Traceback" not in ran.err
