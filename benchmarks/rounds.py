"""Contestants measured in turns: every round each works a while, so that a busy machine is busy for all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import median
from time import process_time
from typing import Any


@dataclass(frozen=True)
class Contestant:
    """Somebody who does the work: `does` to one item of `items` after the other, so many in a round."""

    name: str
    does: Callable[[Any], object]
    items: Sequence[Any]
    a_round: int
    leaves_out: str = ""


@dataclass
class Measured:
    """Seconds of processor time an item, one figure a round."""

    contestant: Contestant
    seconds: list[float] = field(default_factory=list)

    @property
    def each(self) -> float:
        """The median of the rounds, in seconds an item."""
        return median(self.seconds)

    def speed_against(self, reference: "Measured") -> float:
        """How many times as fast as the reference: the median over rounds, each against the same round's."""
        return median(other / own for own, other in zip(self.seconds, reference.seconds, strict=True))


def measure(contestants: Sequence[Contestant], rounds: int) -> list[Measured]:
    """All contestants over so many rounds, after one that does not count."""
    measured = [Measured(contestant) for contestant in contestants]
    supplies = [cycle(contestant.items) for contestant in contestants]
    for number in range(rounds + 1):
        for one, supply in zip(measured, supplies, strict=True):
            seconds = _seconds(one.contestant, list(islice(supply, one.contestant.a_round)))
            if number:
                one.seconds.append(seconds)
    return measured


def _seconds(contestant: Contestant, items: Sequence[Any]) -> float:
    does = contestant.does
    start = process_time()
    for item in items:
        does(item)
    return (process_time() - start) / len(items)
