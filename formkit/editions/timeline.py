"""What was published of one form → which edition is in force when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from formkit.records.model import Publication


class Standing(StrEnum):
    """How a publication stands at a moment."""

    IN_FORCE = "in_force"
    PLANNED = "planned"
    PAST = "past"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Timeline:
    """The publications of one form, by number."""

    publications: tuple[Publication, ...]

    @cached_property
    def standing(self) -> tuple[Publication, ...]:
        """Those that were not taken back, by the moment they start."""
        kept: list[Publication] = []
        for one in self.publications:
            if one.rollback:
                kept = _left_by(one, kept)
            kept = sorted([*kept, one], key=lambda each: (each.starts, each.number))
        return tuple(kept)

    def in_force(self, at: datetime) -> Publication | None:
        """The one in force at a moment; None before the first."""
        return next((one for one in reversed(self.standing) if one.starts <= at), None)

    def before(self, at: datetime) -> Publication | None:
        """The one to go back to at a moment: of another edition than what is in force then, the latest."""
        current = self.in_force(at)
        earlier = (one for one in reversed(self.standing) if one.starts <= at)
        return next((one for one in earlier if current and one.edition_hash != current.edition_hash), None)

    def on_day(self, day: str, at: datetime) -> Publication | None:
        """Of what is in force at a moment or was before, the edition of a day (`2024-09-26`), else the earliest."""
        known = [one for one in self.standing if one.starts <= at]
        fitting = [one for one in known if one.edition <= day] or known[:1]
        return max(fitting, key=lambda one: (one.edition, one.number), default=None)

    def stands(self, edition_hash: str) -> bool:
        """Whether an edition was published and not taken back."""
        return any(one.edition_hash == edition_hash for one in self.standing)

    def between(self, old: str, new: str) -> tuple[str, ...]:
        """The editions, by their hashes, that were in force after an edition and before another, in this order."""
        hashes = [one.edition_hash for one in self.standing]
        if old not in hashes or new not in hashes:
            return ()
        ends = (len(hashes) - 1 - hashes[::-1].index(each) for each in (old, new))
        return tuple(each for each in dict.fromkeys(hashes[slice(*ends)]) if each not in (old, new))

    def standing_of(self, publication: Publication, at: datetime) -> Standing:
        """How one of the publications stands at a moment."""
        if publication not in self.standing:
            return Standing.TAKEN_BACK
        if publication.starts > at:
            return Standing.PLANNED
        return Standing.IN_FORCE if publication == self.in_force(at) else Standing.PAST


def timelines(publications: Iterable[Publication]) -> dict[str, Timeline]:
    """The timeline of each form."""
    found: dict[str, list[Publication]] = {}
    for one in publications:
        found.setdefault(one.form, []).append(one)
    return {form: Timeline(tuple(each)) for form, each in found.items()}


def _left_by(rollback: Publication, kept: list[Publication]) -> list[Publication]:
    """What a rollback leaves: what had come into force up to the edition it goes back to, and nothing planned."""
    started = [one for one in kept if one.starts <= rollback.starts]
    positions = [at for at, one in enumerate(started) if one.edition_hash == rollback.edition_hash]
    return started[: positions[-1] + 1] if positions else started
