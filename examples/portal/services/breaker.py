"""So that no page waits for a service that is down: after some failures in a row, all fail at once for a while."""

import threading
from collections.abc import Callable


class Breaker:
    """Counts failures in a row; while it rests, one request at a time is let through to see whether it is over."""

    def __init__(self, ticks: Callable[[], float], *, failures: int = 3, rest: float = 10.0) -> None:
        self._ticks, self._allowed, self._rest = ticks, failures, rest
        self._failed, self._until = 0, 0.0
        self._lock = threading.Lock()

    @property
    def is_resting(self) -> bool:
        """Whether the last tries all failed."""
        return self._failed >= self._allowed

    def lets_through(self) -> bool:
        """Whether to try; after the rest one caller may, the others again wait for what it finds."""
        with self._lock:
            if self._failed < self._allowed:
                return True
            now = self._ticks()
            if now < self._until:
                return False
            self._until = now + self._rest
            return True

    def tell(self, *, answered: bool) -> None:
        """What came of a try."""
        with self._lock:
            self._failed = 0 if answered else self._failed + 1
            self._until = self._ticks() + self._rest
