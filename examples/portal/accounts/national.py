"""Whether somebody's information has been collected elsewhere: the national platform's word [S15]."""

from collections.abc import Collection
from typing import Protocol

COLLECTED_ELSEWHERE = "110105198001019993"
"""An invented person of the demonstration whose file another province holds."""


class NationalPlatform(Protocol):
    """The look-up on the national platform."""

    def collected_elsewhere(self, number: str) -> bool:
        """Whether another place holds this person's file; raises `ServiceDown` where it does not answer."""


class StandInPlatform:
    """Stands in for it within the process: knows the numbers it was given."""

    def __init__(self, numbers: Collection[str] = (COLLECTED_ELSEWHERE,)) -> None:
        self._numbers = frozenset(numbers)

    def collected_elsewhere(self, number: str) -> bool:
        """Whether it was given the number."""
        return number in self._numbers
