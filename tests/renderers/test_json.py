"""The view as JSON: all a program needs to draw its own page."""

import json

from formkit.issues import Issue
from tests.renderers.conftest import FAULTY, Draw


def test_a_field_says_what_a_control_needs(draw: Draw, issues: tuple[Issue, ...]) -> None:
    view = json.loads(draw("work", FAULTY, issues=issues, renderer="json"))
    fields = {field["name"]: field for field in view["steps"][0]["sections"][0]["fields"]}
    assert fields["status"]["value"] == "student"
    assert fields["status"]["options"][0] == {"value": "working", "label": "在岗", "group": ""}
    assert fields["area"]["options"][0] == {"value": "440103", "label": "荔湾区", "group": "广州市"}
    assert fields["licence"]["condition"] == {"when": ["==", ["get", "values", ["licensed"]], ["const", True]]}
    assert fields["degree"]["options"][-1]["value"] == "old"
    assert fields["degree"]["errors"]
    assert view["current"] == "work"
    assert [item["state"] for item in view["progress"]] == ["done", "current", "open", "open"]


def test_rows_and_groups_nest(draw: Draw) -> None:
    view = json.loads(draw("more", {"awards": [{"_id": "r1", "name": "甲"}]}, renderer="json"))
    fields = {field["name"]: field for field in view["steps"][0]["sections"][0]["fields"]}
    assert [field["name"] for field in fields["full_time"]["fields"]] == ["full_time.level", "full_time.school"]
    row = fields["awards"]["rows"][0]
    assert (row["id"], row["title"]) == ("r1", "奖励 1")
    assert row["fields"][0]["value"] == "甲"
    assert fields["awards"]["columns"][0]["name"] == "awards.__row__.name"


def test_a_step_nobody_asked_for_is_left_out(draw: Draw) -> None:
    assert [step["id"] for step in json.loads(draw("about", renderer="json"))["steps"]] == ["about"]
    assert [step["id"] for step in json.loads(draw("check", renderer="json"))["steps"]] == ["about", "work", "more"]
