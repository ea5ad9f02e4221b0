"""The national platform's doors."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from examples.portal.services.national import MOST_IDS, TransferOut
from examples.portal.standins.doors import Asked, Door, Id, Number, OfPerson, Word, Words
from examples.portal.standins.transfers import Transfers


class OfCollected(Asked):
    """Somebody was collected."""

    number: Number
    document_type: Word
    held: Literal[True]


class OfTransfer(Asked):
    """The state of a transfer-out."""

    id: Id
    number: Number
    name: Words
    document_type: Word
    destination: Word
    state: Word
    label: Words
    receivable: bool
    at: Annotated[AwareDatetime, Field(strict=False)]


class OfReceipt(Asked):
    """A person is taken over."""

    receipt: Id


class OfTransfers(Asked):
    """Asks about transfers."""

    ids: Annotated[list[Id], Field(max_length=MOST_IDS)]


class Nothing(Asked):
    """The path says it all."""


def national_doors(transfers: Transfers) -> list[Door[Any]]:
    """All of them."""

    def lookup(_place: str, asked: OfPerson, _id: str) -> Mapping[str, Any]:
        return {"held_by": transfers.held_by(asked.number)}

    def collected(place: str, asked: OfCollected, _id: str) -> Mapping[str, Any]:
        return {"held_by": transfers.collected(place, asked.number, asked.document_type)}

    def report(place: str, asked: OfTransfer, _id: str) -> Mapping[str, Any]:
        return asdict(transfers.report(place, TransferOut(**asked.model_dump())))

    def find(_place: str, asked: OfPerson, _id: str) -> Mapping[str, Any]:
        found = transfers.find(asked.number)
        return {"transfer": asdict(found) if found else None}

    def withdraw(place: str, _asked: Nothing, transfer: str) -> Mapping[str, Any]:
        return asdict(transfers.withdraw(place, transfer))

    def receive(place: str, asked: OfReceipt, transfer: str) -> Mapping[str, Any]:
        return asdict(transfers.receive(place, transfer, asked.receipt))

    def status(place: str, asked: OfTransfers, _id: str) -> Mapping[str, Any]:
        return {"transfers": [asdict(standing) for standing in transfers.standings(place, asked.ids)]}

    return [
        Door("/national/v1/persons/lookup", OfPerson, lookup),
        Door("/national/v1/persons/report", OfCollected, collected),
        Door("/national/v1/transfers/report", OfTransfer, report),
        Door("/national/v1/transfers/find", OfPerson, find),
        Door("/national/v1/transfers/status", OfTransfers, status),
        Door("/national/v1/transfers/{id}/withdraw", Nothing, withdraw),
        Door("/national/v1/transfers/{id}/receive", OfReceipt, receive),
    ]
