"""The national platform: which place holds a person's file, and transfers between places [S15, S118-S129]."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import quote

from pydantic import TypeAdapter

from examples.portal.services.connection import Connection
from formkit.texts import Text

MOST_IDS = 200
"""Of how many transfers one question asks."""


class NationalState(StrEnum):
    """全国平台处理状态: where a transfer-out is, seen from the national platform [S118]."""

    PENDING = "pending"
    AWAITING_RECEIPT = "awaiting_receipt"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    NationalState.PENDING: Text({"zh": "待审核", "en": "Under review"}),
    NationalState.AWAITING_RECEIPT: Text({"zh": "待调入地接收", "en": "Awaiting the receiving place"}),
    NationalState.RECEIVED: Text({"zh": "已接收", "en": "Received"}),
    NationalState.WITHDRAWN: Text({"zh": "已撤回", "en": "Withdrawn"}),
}


@dataclass(frozen=True, slots=True)
class TransferOut:
    """What the sending place reports of an application: all of it each time, `at` telling later from earlier.

    `id` is the sender's record id; `destination` an area code of the transfer form; `state` and `label` the sender's.
    """

    id: str
    number: str = field(repr=False)
    name: str = field(repr=False)
    document_type: str
    destination: str
    state: str
    label: str
    receivable: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class FoundTransfer:
    """A transfer-out as the receiving place sees it; the document type comes from here [S129]."""

    id: str
    name: str = field(repr=False)
    document_type: str
    from_place: str
    destination: str
    state: NationalState
    received_by: str | None
    receipt: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a transfer is now."""

    id: str
    state: NationalState
    received_by: str | None


class NationalPlatform(Protocol):
    """What the portal asks of it; each raises `ServiceDown` where it does not answer, and may be repeated."""

    def held_by(self, number: str) -> str | None:
        """The place that holds a person's file; None for nobody."""

    def collected_elsewhere(self, number: str) -> bool:
        """Whether another place than this one holds it [S15]."""

    def report_collected(self, number: str, document_type: str) -> None:
        """This place collected somebody; raises `Refused` (HELD_ELSEWHERE) where another place was first."""

    def report_transfer(self, transfer: TransferOut) -> Standing:
        """Tells the state of an application; raises `Refused`: RECEIVED, WITHDRAWN, HELD_ELSEWHERE, DIFFERS."""

    def find_transfer(self, number: str) -> FoundTransfer | None:
        """The person's latest transfer-out that can be received or was [S121]."""

    def withdraw(self, transfer: str) -> Standing:
        """Takes this place's transfer back [S116]; raises `Refused` (RECEIVED) where the other place was first."""

    def receive(self, transfer: str, receipt: str) -> Standing:
        """Takes a person over; `receipt` is this place's record id. The file is this place's from then on.

        Raises `Refused`: NOT_RECEIVABLE, WITHDRAWN, RECEIVED (by another receipt), NOT_DESTINATION, RECEIPT_USED.
        """

    def standings(self, transfers: Sequence[str]) -> Mapping[str, Standing]:
        """Where these transfers of this place are; one that was never reported is left out."""


@dataclass(frozen=True, slots=True)
class _Holder:
    held_by: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    transfer: FoundTransfer | None


@dataclass(frozen=True, slots=True)
class _Standings:
    transfers: list[Standing]


_HOLDER, _FOUND = TypeAdapter(_Holder), TypeAdapter(_Found)
_STANDING, _STANDINGS = TypeAdapter(Standing), TypeAdapter(_Standings)
_PERSONS, _TRANSFERS = "/national/v1/persons", "/national/v1/transfers"


class NationalClient:
    """The national platform over HTTP. Every one of its doors may be knocked at twice."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def held_by(self, number: str) -> str | None:
        """The place that holds a person's file."""
        return self._connection.post(f"{_PERSONS}/lookup", {"number": number}, _HOLDER).held_by

    def collected_elsewhere(self, number: str) -> bool:
        """Whether another place than this one holds it."""
        return self.held_by(number) not in (None, self._connection.place)

    def report_collected(self, number: str, document_type: str) -> None:
        """This place collected somebody."""
        body = {"number": number, "document_type": document_type, "held": True}
        self._connection.post(f"{_PERSONS}/report", body, _HOLDER)

    def report_transfer(self, transfer: TransferOut) -> Standing:
        """Tells the state of an application."""
        body = asdict(transfer) | {"at": transfer.at.isoformat()}
        return self._connection.post(f"{_TRANSFERS}/report", body, _STANDING)

    def find_transfer(self, number: str) -> FoundTransfer | None:
        """The person's latest transfer-out that can be received or was."""
        return self._connection.post(f"{_TRANSFERS}/find", {"number": number}, _FOUND).transfer

    def withdraw(self, transfer: str) -> Standing:
        """Takes this place's transfer back."""
        return self._connection.post(f"{_TRANSFERS}/{quote(transfer, safe='')}/withdraw", {}, _STANDING)

    def receive(self, transfer: str, receipt: str) -> Standing:
        """Takes a person over."""
        return self._connection.post(
            f"{_TRANSFERS}/{quote(transfer, safe='')}/receive", {"receipt": receipt}, _STANDING
        )

    def standings(self, transfers: Sequence[str]) -> Mapping[str, Standing]:
        """Where these transfers of this place are."""
        found: dict[str, Standing] = {}
        for start in range(0, len(transfers), MOST_IDS):
            body = {"ids": list(transfers[start : start + MOST_IDS])}
            answer = self._connection.post(f"{_TRANSFERS}/status", body, _STANDINGS)
            found.update({standing.id: standing for standing in answer.transfers})
        return found
