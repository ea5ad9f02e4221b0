"""All records of a source held against an edition, by as many processes as there are cores."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from formkit.fields.base import JSON
from formkit.form import Form
from formkit.impact.entries import Batch, MakesReads, Reader, Reads, SourceUnreadable
from formkit.impact.judging import Judge
from formkit.impact.tally import Tally, tally_of

_AHEAD = 3
"""Batches that wait for each process: they are all that is in memory."""

LoadsForm = Callable[[], Form]
Watches = Callable[[Tally, float | None], object]
"""Is told the tally so far, and how much of the source has been read."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each record; each process loads the editions for itself, so they are given as what loads them.

    `by` are what the records are parted by: paths that `can_part`.
    """

    new: LoadsForm
    old: LoadsForm | None = None
    today: str = ""
    facts: Mapping[str, JSON] = field(default_factory=dict)
    by: Sequence[str] = ()
    show_values: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; `complete` is false where somebody ended it before all was read."""

    tally: Tally
    complete: bool


def impact(
    question: Question, reader: Reader, *, workers: int | None = None, watch: Watches = lambda *_: None
) -> Outcome:
    """Holds every record of a source against an edition: the same outcome, whatever the number of processes.

    `KeyboardInterrupt` ends it with what was counted so far. Raises `SourceUnreadable`.
    """
    count = workers if workers is not None else os.cpu_count() or 1
    tally = Tally()
    counted = _counted(question, reader, count)
    try:
        for batch in counted:
            tally.merge(batch)
            watch(tally, reader.share_read())
    except KeyboardInterrupt:
        return Outcome(tally, complete=False)
    except BrokenProcessPool:
        raise SourceUnreadable("worker_gone") from None
    finally:
        counted.close()
    return Outcome(tally, complete=True)


class _Work:
    """What one process has to hand."""

    def __init__(self, question: Question, makes_reads: MakesReads) -> None:
        new, old = question.new(), question.old() if question.old is not None else None
        self._question = question
        self._judge = Judge(new, old, question.facts, question.today)
        self._reads: Reads = makes_reads([old, new] if old is not None else [new])

    def tally(self, batch: Batch) -> Tally:
        """The counts of one batch."""
        question = self._question
        return tally_of(self._reads(batch), self._judge, question.by, show_values=question.show_values)


def _counted(question: Question, reader: Reader, workers: int) -> Generator[Tally, None, None]:
    """The tallies in the order of the batches; a single batch is not worth a second process."""
    batches = reader.batches()
    first = list(islice(batches, 2))
    if workers == 1 or len(first) < 2:
        work = _Work(question, reader.reads)
        yield from map(work.tally, chain(first, batches))
    else:
        yield from _together(question, reader.reads, chain(first, batches), workers)


def _together(
    question: Question, makes_reads: MakesReads, batches: Iterable[Batch], workers: int
) -> Generator[Tally, None, None]:
    """The same by several; a process that is behind holds up the reading, not the memory."""
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(question, makes_reads)
    )
    waiting: deque[Future[Tally]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(_tally, batch))
            if len(waiting) > _AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_at_hand: dict[str, Any] = {}


def _begin(question: Question, makes_reads: MakesReads) -> None:
    """Makes a process ready; Ctrl+C is for the one that reads, which ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _at_hand["work"] = _Work(question, makes_reads)


def _tally(batch: Batch) -> Tally:
    work: _Work = _at_hand["work"]
    return work.tally(batch)
