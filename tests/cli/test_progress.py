"""The line on a terminal that says how far a command has come."""

import io

import pytest

from formkit.cli import progress
from formkit.cli.console import Console
from formkit.cli.progress import Progress
from formkit.impact import Part, Tally


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(err: io.StringIO, monkeypatch: pytest.MonkeyPatch, *shares: float | None) -> str:
    clock = iter(range(10))
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    with Progress(Console("en", "text", io.StringIO(), err)) as line:
        for number, share in enumerate(shares, start=1):
            line.show(Tally(whole=Part(records=1000 * number)), share)
    return err.getvalue()


def test_a_terminal_sees_a_bar_and_then_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    said = shown(Terminal(), monkeypatch, 0.25, 1.0).split("\r\x1b[K")
    assert said == [
        "",
        f"[{'#' * 6}{' ' * 18}] 1,000 records (25%), 1,000 a second",
        f"[{'#' * 24}] 2,000 records (100%), 1,000 a second",
        "",
    ]


def test_where_nobody_knows_how_much_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[K1,000 records, 1,000 a second" in shown(Terminal(), monkeypatch, None)


def test_a_file_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(io.StringIO(), monkeypatch, 0.5) == ""
