"""Every step of the forms in every state that matters, as people see it.

After a change that is meant: `pytest tests/snapshots --snapshot-update`, then read the diff.
"""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from formkit.compiler import load_all
from formkit.form import Form
from formkit.testing.pages import State, pages, usual_states

TODAY = "2024-09-01"
FORMS = load_all(Path(__file__).parents[2] / "forms")
# What the portal knows of somebody who comes back: collected before, and courses under way that lock the division.
LATER = {"collected": True, "continuing_education_open": True}


def states(form: Form) -> list[State]:
    """The usual ones, with a change that meets locks."""
    found = []
    for state in usual_states(form, today=TODAY):
        later = {name: value for name, value in LATER.items() if name in state.facts and state.record is not None}
        found.append(State(state.name, state.answers, {**state.facts, **later}, state.record, state.judged))
    return found


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_pages_in_chinese(form: Form, page_snapshot: SnapshotAssertion) -> None:
    for page in pages(form, today=TODAY, states=states(form)):
        assert page.html == page_snapshot(name=page.name)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_pages_in_english(form: Form, page_snapshot: SnapshotAssertion) -> None:
    judged = [state for state in states(form) if state.name == "errors"]
    for page in pages(form, today=TODAY, states=judged, languages=("en",)):
        assert page.html == page_snapshot(name=f"{page.name}.en")


def test_every_step_is_on_some_page() -> None:
    for form in FORMS.values():
        seen = {page.step for page in pages(form, today=TODAY, states=states(form))}
        assert seen == {*form.steps_by_id, "check"}


def test_pages_keep_to_their_number() -> None:
    """Enough to see every change, few enough for a person to read."""
    kept = list((Path(__file__).parent / "__snapshots__").rglob("*.html"))
    assert 60 <= len(kept) <= 100
