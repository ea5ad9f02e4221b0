"""What the portal does by itself while it serves: jobs, each at its time, in one thread of each process."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_log = logging.getLogger("examples.portal.loop")


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again: by every process, so it must bear being done by two at once."""

    name: str
    run: Callable[[datetime], object]
    every: timedelta = timedelta(0)
    """How long it rests between two times; nothing rests less than the loop itself."""


@dataclass(slots=True)
class Loop:
    """Runs what is due, then waits; a job that fails is logged, and neither stops the others nor is given up."""

    jobs: Sequence[Job]
    clock: Callable[[], datetime]
    seconds: float
    _last: dict[str, datetime] = field(default_factory=dict)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def tick(self) -> None:
        """Runs once each job that is due."""
        for job in self.jobs:
            now = self.clock()
            if self._stopped.is_set() or not self._is_due(job, now):
                continue
            self._last[job.name] = now
            try:
                job.run(now)
            except Exception:
                _log.exception("job %s failed", job.name)

    def start(self) -> None:
        """Begins, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="portal-loop", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends once the job that is running is done; no other is begun."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.tick()
            self._stopped.wait(self.seconds)

    def _is_due(self, job: Job, now: datetime) -> bool:
        last = self._last.get(job.name)
        return last is None or now - last >= job.every
