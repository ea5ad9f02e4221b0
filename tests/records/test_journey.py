"""From a form file to a record and its change, with the real validation as the judge."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from formkit.compiler import Compiler
from formkit.form import Form
from formkit.records import service
from formkit.records.attachments import add_attachment
from formkit.records.model import Draft, Record
from formkit.records.store import Store
from formkit.storage import DirectoryAttachments, open_store
from formkit.validation import validate
from tests.records.sample import LATER, NOW

TODAY = date(2026, 3, 1)
ME, TAB = "person-1", "t1"
YAML = """
form: trial
title: 试用
edition: 2026-01-01
steps:
  person:
    title: 个人
    fields:
      name: {type: text, label: 姓名, required: true}
      number: {type: text, label: 号码, required: true, locked: after_submission}
      student: {type: yes_no, label: 在校}
      school: {type: text, label: 学校, visible_when: student, required: true}
      photo: {type: image, label: 照片}
      paper: {type: file, label: 材料, max_files: 3}
      password: {type: password, label: 密码, required_unless: record.name is not blank}
      greeting: {type: text, label: 称呼, value: name}
      home:
        type: group
        label: 住址
        fields:
          city: {type: text, label: 城市}
      awards:
        type: rows
        label: 奖项
        fields:
          title: {type: text, label: 名称, required: true}
"""
ANSWERS = {
    "name": "王 小明",
    "number": "A1",
    "student": "false",
    "school": "typed before saying no",
    "home": {"city": "广州"},
    "awards": [{"_id": "r1", "title": "一等奖"}],
}


@pytest.fixture(scope="module")
def form() -> Form:
    compiled = Compiler().compile_text(YAML)
    assert not compiled.diagnostics
    return compiled.forms["trial"]


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    yield store
    store.close()


def save(store: Store, form: Form, draft: Draft, answers: dict[str, Any], record: Record | None = None) -> Draft:
    on_record = record.values if record else None
    issues = validate(form, answers, record=on_record, today=TODAY).issues
    return service.save_draft(store, form, draft.id, answers, owner=ME, version=draft.version, now=LATER, issues=issues)


def submit(store: Store, form: Form, draft: Draft, **typed: Any) -> service.Submission:
    def judge(answers: Any, /, *, record: Any) -> service.Verdict:
        return validate(form, {**answers, **typed}, record=record, today=TODAY)

    return service.submit(store, form, draft.id, owner=ME, token=TAB, judge=judge, now=LATER)


def test_from_a_form_file_to_a_record_and_its_change(store: Store, form: Form, tmp_path: Path) -> None:
    files = DirectoryAttachments(tmp_path)
    draft = service.start_draft(store, form, owner=ME, now=NOW)
    keep = partial(add_attachment, store, files, draft.id, b"...", owner=ME, now=NOW)
    photo = keep(path="photo", name="p.png", media_type="image/png", width=30, height=40)
    paper = keep(path="paper", name="p.pdf", media_type="application/pdf")
    answers = {**ANSWERS, "password": "correct horse battery", "photo": {"id": photo.id}, "paper": [{"id": paper.id}]}
    draft = save(store, form, draft, answers)
    assert "password" not in draft.answers
    assert draft.answers["school"] == "typed before saying no"

    refused = submit(store, form, draft)
    assert [(issue.code, issue.path) for issue in refused.issues if issue.level == "error"] == [
        ("required", "password")
    ]
    record = submit(store, form, draft, password="correct horse battery").record  # noqa: S106 - a sample
    assert record is not None
    assert record.values == {
        "name": "王 小明",
        "greeting": "王 小明",
        "number": "A1",
        "student": False,
        "photo": photo.value,
        "paper": [paper.value],
        "home": {"city": "广州"},
        "awards": [{"_id": "r1", "title": "一等奖"}],
    }

    change = service.open_change(store, form, record.id, owner=ME, now=LATER)
    change = save(store, form, change, {"name": "王大明", "awards": [{"_id": "r1", "title": "二等奖"}]}, record)
    revision = submit(store, form, change).revision
    assert revision is not None
    assert {(each.path, each.old, each.new) for each in revision.changes} == {
        ("name", "王 小明", "王大明"),
        ("greeting", "王 小明", "王大明"),
        ("awards.r1.title", "一等奖", "二等奖"),
    }
    assert service.load_record(store, record.id, owner=ME).values["photo"] == photo.value


@pytest.fixture
def record(store: Store, form: Form) -> Record:
    draft = save(store, form, service.start_draft(store, form, owner=ME, now=NOW), ANSWERS)
    record = submit(store, form, draft, password="correct horse battery").record  # noqa: S106 - a sample
    assert record is not None
    return record


@pytest.mark.parametrize(
    ("attack", "audited"),
    [
        ({"number": "forged"}, ["refused_locked"]),
        ({"number": ""}, ["refused_locked"]),
        ({"number": None}, ["refused_locked"]),
        ({"greeting": "forged"}, ["refused_calculated"]),
        ({"undeclared": "forged"}, []),
        ({"school": "forged"}, []),
        ({"password": "forged forged"}, []),
    ],
)
def test_attacks_on_a_record_change_nothing_and_are_audited(
    store: Store, form: Form, record: Record, attack: dict[str, Any], audited: list[str]
) -> None:
    change = service.open_change(store, form, record.id, owner=ME, now=LATER)
    change = save(store, form, change, {"name": "李", **attack}, record)
    after = submit(store, form, change).record
    assert after is not None
    assert after.values == {**record.values, "name": "李", "greeting": "李"}
    with store.reading() as view:
        assert [entry.action for entry in view.audit_entries(change.id)] == audited


@pytest.mark.parametrize("attack", [{"number": "forged"}, {"number": ""}, {"greeting": "forged"}])
def test_attacks_that_nobody_stopped_at_the_draft_are_stopped_at_submission(
    store: Store, form: Form, record: Record, attack: dict[str, Any]
) -> None:
    change = service.open_change(store, form, record.id, owner=ME, now=LATER)
    change = service.save_draft(store, form, change.id, attack, owner=ME, version=1, now=LATER)
    outcome = submit(store, form, change)
    assert not outcome.accepted
    with store.reading() as view:
        assert len(view.audit_entries(change.id)) == 1
    assert service.load_record(store, record.id, owner=ME) == record


def test_a_record_of_an_older_edition_keeps_what_the_new_one_does_not_ask(
    store: Store, form: Form, record: Record
) -> None:
    compiled = Compiler().compile_text(
        YAML.replace("      student:", "      pupil:").replace("when: student", "when: pupil")
    )
    newer = replace(compiled.forms["trial"], edition="2026-02-01")
    change = service.open_change(store, newer, record.id, owner=ME, now=LATER)
    change = save(store, newer, change, {"name": "李"}, record)
    after = submit(store, newer, change).record
    assert after is not None and after.edition == "2026-02-01"
    assert after.values == {**record.values, "name": "李", "greeting": "李"}
