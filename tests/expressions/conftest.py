"""Fixtures of the rule language's tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.expressions.evaluators import rules_page


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that has loaded rules.js."""
    with rules_page(browser) as opened:
        yield opened
