"""A workflow in the YAML of the files: staff decide, the person reads why, changes, and is reviewed again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from formkit.records.model import Record
from tests.forms_seed.filled import FORMS
from tests.portal.exam.examiners import Archive
from tests.portal.people import World
from tests.portal.staff.officers import officer

WORKFLOW = """
workflow:
  start: in_review
  after_change: in_review
  states:
    in_review: {label: {zh: 待审核, en: In review}}
    approved: {label: {zh: 审核通过, en: Approved}}
    refused: {label: {zh: 审核不通过, en: Not approved}}
  transitions:
    approve: {from: in_review, to: approved, by: finance_department, label: {zh: 审核通过, en: Approve}}
    refuse: {from: in_review, to: refused, by: finance_department, reason: true, label: {zh: 审核不通过, en: Refuse}}
  while: {in_review: read_only}
"""
REASON = "按规定审核本人提交的信息"


@pytest.fixture
def reviewing(tmp_path: Path) -> Iterator[World]:
    """A portal whose file form has a review, by its YAML alone."""
    forms = tmp_path / "forms"
    shutil.copytree(FORMS, forms)
    file = forms / "accountant_collection.yaml"
    file.write_text(file.read_text("utf-8") + WORKFLOW, "utf-8")
    world = World(tmp_path / "data", environment={"PORTAL_FORMS": str(forms)})
    yield world
    world.office.close()


def test_a_file_waits_is_refused_with_a_reason_changed_and_approved(reviewing: World) -> None:
    file = Archive(reviewing.office, reviewing.clock.now).keep(state="in_review", entered=reviewing.clock.now)
    tianhe, zhang = officer(reviewing, "tianhe"), reviewing.person()
    zhang.log_in()
    path, record = f"/staff/files/{file.id}", f"/forms/accountant_collection/records/{file.id}"
    assert 'href="/staff/reviews"' in tianhe.get("/staff").text
    assert path in tianhe.get("/staff/reviews").text
    assert path not in officer(reviewing, "nansha").get("/staff/reviews").text

    assert "Refuse" not in tianhe.send(f"{path}/transitions/refuse", {"reason": "照片不清楚"}).text, "not opened yet"
    tianhe.post(path, {"reason": REASON})
    assert "please give the reason" in tianhe.send(f"{path}/transitions/refuse").text
    refused = tianhe.send(f"{path}/transitions/refuse", {"reason": "照片不清楚"})
    assert "Done." in refused.text
    assert "Not approved" in refused.text
    assert "has changed" in tianhe.send(f"{path}/transitions/approve").text
    assert path not in tianhe.get("/staff/reviews").text

    page = zhang.get(record).text
    assert "Not approved" in page
    assert "照片不清楚" in page
    with reviewing.office.store.reading() as view:
        assert [entry.actor for entry in view.audit_entries(file.id) if entry.action == "transition"] == [
            tianhe.member.id
        ]


def test_where_no_form_has_a_review_nothing_is_offered(world: World) -> None:
    file: Record = Archive(world.office, world.clock.now).keep()
    tianhe = officer(world, "tianhe")
    assert "/staff/reviews" not in tianhe.get("/staff").text
    assert "No file waits" in tianhe.get("/staff/reviews").text
    tianhe.post(f"/staff/files/{file.id}", {"reason": REASON})
    assert tianhe.send(f"/staff/files/{file.id}/transitions/approve").url.path == f"/staff/files/{file.id}"
