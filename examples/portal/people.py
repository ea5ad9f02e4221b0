"""The synthetic persons of the demonstration: nobody's real name or number. Each has an account."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from examples.portal.accounts.model import Account
from examples.portal.web.office import Office
from formkit.texts import Text

DEMO_PASSWORD = "kuaiji demo 2026"  # noqa: S105 - printed for everybody who runs the demonstration
_HOME = "44"
_NOT_OF_THE_ACCOUNT = frozenset({"continuing_education_open"})


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as, and what the portal would know of them."""

    id: str
    name: Text
    about: Text
    facts: Mapping[str, Any]
    transfer: str = ""
    """The state of their application to leave; empty for who made none."""


@cache
def demo_people() -> Mapping[str, DemoPerson]:
    """All of them by id."""
    listed = json.loads((Path(__file__).parent / "people.json").read_text(encoding="utf-8"))
    people = [
        DemoPerson(one["id"], Text(one["name"]), Text(one["about"]), one["facts"], one.get("transfer", ""))
        for one in listed
    ]
    return {person.id: person for person in people}


def seed(office: Office, now: datetime) -> None:
    """Gives an account to each of them who has none yet; they live in Guangdong."""
    if office.settings.place != _HOME:
        return
    with office.accounts.reading() as connection:
        missing = [one for one in demo_people().values() if office.accounts.by_id(connection, one.id) is None]
    for one in missing:
        person = {name: value for name, value in one.facts.items() if name not in _NOT_OF_THE_ACCOUNT}
        account = Account(one.id, person, office.passwords.hash(DEMO_PASSWORD), now)
        with office.accounts.writing() as connection:
            if office.accounts.by_id(connection, one.id) is None:
                office.accounts.add(connection, account)
