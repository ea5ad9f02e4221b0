"""Every page of the form with every widget, as a person meets it; a change of a template shows itself here."""

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from formkit.issues import Issue
from tests.renderers.conftest import FAULTY, Draw


class HtmlFile(SingleFileSnapshotExtension):
    """One readable file a page."""

    file_extension = "html"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def pages(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Pages on record."""
    return snapshot.use_extension(HtmlFile)


@pytest.mark.parametrize("step", ["about", "work", "more", "check"])
def test_blank(pages: SnapshotAssertion, draw: Draw, step: str) -> None:
    assert pages == draw(step)


@pytest.mark.parametrize("step", ["about", "work", "more", "check", "record"])
def test_faulty(pages: SnapshotAssertion, draw: Draw, issues: tuple[Issue, ...], step: str) -> None:
    assert pages == draw(step, FAULTY, issues=() if step == "record" else issues)


def test_faulty_in_english(pages: SnapshotAssertion, draw: Draw, issues: tuple[Issue, ...]) -> None:
    assert pages == draw("about", FAULTY, issues=issues, language="en")
