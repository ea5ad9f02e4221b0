"""One line on a terminal that says how far a long command has come; nothing where there is no terminal."""

from time import monotonic
from types import TracebackType

from formkit.cli.console import Console
from formkit.impact import Tally

_WIDTH, _EVERY = 24, 0.2


class Progress:
    """Shows a bar, how many records were counted, and how fast; wipes its line at the end."""

    def __init__(self, console: Console) -> None:
        self._console, self._shown = console, console.err.isatty()
        self._start = self._last = monotonic()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._write("")

    def show(self, tally: Tally, share: float | None) -> None:
        """Says how far it is, if it has not just said so."""
        now = monotonic()
        if now - self._last < _EVERY:
            return
        self._last = now
        count = tally.whole.records + tally.unreadable
        filled = "" if share is None else f"[{'#' * round(share * _WIDTH):<{_WIDTH}}] "
        told = "" if share is None else f" ({share:.0%})"
        speed = f"{count / (now - self._start):,.0f}"
        self._write(filled + self._console.words("progress", records=f"{count:,}", share=told, speed=speed))

    def _write(self, line: str) -> None:
        if self._shown:
            self._console.err.write(f"\r\x1b[K{line}")
            self._console.err.flush()
