"""Fixtures of the rule language's tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.expressions.evaluators import rules_page
from tests.machine import browser


@pytest.fixture(scope="session")
def page() -> Iterator[Page]:
    """A page that has loaded rules.js; skipped where there is no Chromium."""
    if browser() is None:
        pytest.skip("no Chromium")
    with rules_page() as opened:
        yield opened
