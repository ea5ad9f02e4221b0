"""The pytest plugin: a `form` fixture, the marker that says which form it is, and snapshots of pages.

It is loaded at every start of pytest where formkit is installed, so it imports nothing until a test asks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from formkit.form import Form

_OPTION = "formkit_form"
_LOADED = pytest.StashKey[dict[str, "Form"]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declares the ini option that names the form of all tests."""
    parser.addini(_OPTION, "the form of the `form` fixture: file.yaml or file.yaml#form_id, from the root folder")


def pytest_configure(config: pytest.Config) -> None:
    """Declares the marker."""
    config.addinivalue_line("markers", "form(path): the form of the `form` fixture: file.yaml or file.yaml#form_id")
    config.stash[_LOADED] = {}


@pytest.fixture
def form(request: pytest.FixtureRequest) -> Form:
    """The form that `@pytest.mark.form("file.yaml#form_id")` names, else the ini option `formkit_form`."""
    named = _named(request)
    loaded = request.config.stash[_LOADED]
    if named not in loaded:
        from formkit.compiler import load

        loaded[named] = load(request.config.rootpath / Path(named))
    return loaded[named]


@pytest.fixture
def page_snapshot(request: pytest.FixtureRequest) -> SnapshotAssertion:
    """syrupy's `snapshot`, writing one readable `.html` a page."""
    try:
        from formkit.testing.snapshots import PageSnapshot
    except ImportError:
        raise pytest.UsageError("page_snapshot needs syrupy: pip install 'formkit[testing]'") from None
    snapshot: SnapshotAssertion = request.getfixturevalue("snapshot")
    return snapshot.use_extension(PageSnapshot)


def _named(request: pytest.FixtureRequest) -> str:
    marker = request.node.get_closest_marker("form")
    named = marker.args[0] if marker and marker.args else request.config.getini(_OPTION)
    if not named:
        raise pytest.UsageError(
            f"{request.node.nodeid} asks for a form: name it with @pytest.mark.form('file.yaml') "
            f"or the ini option {_OPTION}"
        )
    return str(named)
