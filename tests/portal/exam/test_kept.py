"""What is kept of a question, what is not, and that a number nobody has costs as much to look up."""

import logging
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from examples.portal.tables import exam_calls
from formkit.storage import lookups
from tests.portal.exam.examiners import Archive, Examiner, question
from tests.portal.people import NEW, ZHANG


def calls(archive: Archive) -> list[Any]:
    with archive.office.accounts.reading() as connection:
        return list(connection.execute(select(exam_calls).order_by(exam_calls.c.at)))


def test_every_answer_is_kept_with_who_asked_and_what_came_out(examiner: Examiner, archive: Archive) -> None:
    archive.keep()
    examiner.ask(question(division="440106", is_cpa=True))
    examiner.world.clock.on(seconds=1)
    examiner.other().ask(question(NEW, division="440106"))
    first, second = calls(archive)
    assert (first.client, first.at) == ("exam", archive.now)
    assert first.number_index in lookups(archive.office.accounts.keys, "number", ZHANG)
    assert first.outcome == {
        "status": "collected",
        "items": {"name": "match", "division": "match", "is_cpa": "no_match"},
    }
    assert second.client == "other_exam"
    assert second.outcome["status"] == "not_on_record"
    for kept in (ZHANG, NEW, "张三", "440106"):
        assert kept not in f"{first} {second}"


def test_what_is_not_kept_is_not_answered(
    examiner: Examiner, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    archive.keep()
    monkeypatch.setattr("examples.portal.exam.doors.keep_call", full)
    answer = examiner.ask(question(division="440106"))
    assert answer.status_code == 500
    assert "match" not in answer.text
    assert calls(archive) == []


def test_a_refused_question_is_logged_without_a_word_about_the_person(
    examiner: Examiner, archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    examiner.ask(question(**{ZHANG: "440106"}))
    examiner.ask({"number": ZHANG, "name": "张三", ZHANG: 1})
    examiner.ask(question(), authorization="nonsense")
    examiner.ask(question(division="440106"))
    told = [record.getMessage() for record in caplog.records if record.name == "examples.portal.exam"]
    assert told == [
        "exam question of exam refused: 422 items_unknown",
        "exam question of exam refused: 422 question_malformed",
        "exam question of ? refused: 401 signature_malformed",
        "exam question of exam answered: not_collected",
    ]
    assert len(calls(archive)) == 1
    everything = "\n".join(record.getMessage() for record in caplog.records)
    for personal in (ZHANG, "张三", "440106"):
        assert personal not in everything


def test_a_number_nobody_has_is_looked_up_all_the_same(examiner: Examiner, archive: Archive) -> None:
    archive.keep()
    examiner.ask(question(ZHANG, division="440106"))  # the edition of a file is looked up once in a process
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN") and "FROM publications" not in statement:  # looked at every second
            statements.append(statement)

    asked = {}
    event.listen(Engine, "before_cursor_execute", note)
    try:
        for number in (ZHANG, NEW):
            statements.clear()
            examiner.ask(question(number, division="440106"))
            asked[number] = list(statements)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(asked[ZHANG]) > 5
    assert asked[NEW] == asked[ZHANG]
