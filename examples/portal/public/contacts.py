"""Whom to ask in which district: the file of contacts, read anew for every page so that an edit shows at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from formkit.texts import Text

CONTACTS = Path(__file__).parent.parent / "data" / "contacts.yaml"


@dataclass(frozen=True, slots=True)
class Contact:
    """One row of annex 1; technical support has no division and no address."""

    number: int
    unit: Text
    division: str
    phones: tuple[str, ...]
    address: str


def read_contacts(path: Path = CONTACTS) -> tuple[Contact, ...]:
    """All of them, in the order of the file."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Contact(number, Text(one["unit"]), one.get("division", ""), tuple(one["phones"]), one.get("address", ""))
        for number, one in enumerate(listed, 1)
    )


def contacts_of(division: str, contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """Those of a division and those that belong to none; everybody where the division has no contact."""
    if division not in {one.division for one in contacts if one.division}:
        return tuple(contacts)
    return tuple(one for one in contacts if one.division in (division, ""))
