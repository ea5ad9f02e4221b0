"""The synthetic persons of the demonstration: nobody's real name or number."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from formkit.texts import Text


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as, and what the portal would know of them from their registration."""

    id: str
    name: Text
    about: Text
    facts: Mapping[str, Any]


@cache
def demo_people() -> Mapping[str, DemoPerson]:
    """All of them by id."""
    listed = json.loads((Path(__file__).parent / "people.json").read_text(encoding="utf-8"))
    people = [DemoPerson(one["id"], Text(one["name"]), Text(one["about"]), one["facts"]) for one in listed]
    return {person.id: person for person in people}
