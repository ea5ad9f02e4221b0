"""Answers that were given under an older edition → as a new edition reads them, nothing lost."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from formkit.carrying.across import Across, Carried, Moved
from formkit.carrying.ways import ways_between
from formkit.fields.base import JSON
from formkit.form import Form

__all__ = ["Carried", "Moved", "Purpose", "carried"]

Purpose = Literal["draft", "record"]


def carried(
    old: Form | None, new: Form, answers: Mapping[str, JSON], *, today: date | str, purpose: Purpose
) -> Carried:
    """The answers of a draft, or the values of a record, made under `old`, as `new` reads them.

    Renamed fields (members and columns too) and renamed choices come under their new names. An edition that is not
    known any more (`old` is None) is told by `renamed_from` alone.

    `purpose` is what the answers belong to. A draft's: those asked again are left out, and what the new edition has no
    field for stands aside (a form refuses undeclared names). A record's: both stay where they are, since nothing
    held is lost, and are named besides. What is the same in both editions stays as it is, whatever it is; carrying
    twice is carrying once; no answers at all make it raise.
    """
    day = today if isinstance(today, str) else today.isoformat()
    return Across(ways_between(old, new), day, keeps_all=purpose == "record").carried(answers)
