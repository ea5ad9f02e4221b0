"""What the national platform knows, and its rules: one place holds a person's file, a transfer is received once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from sqlite3 import Connection, Row
from typing import Any

from examples.portal.services.national import FoundTransfer, NationalState, Standing, TransferOut
from examples.portal.services.refusals import Refusal, Refused
from examples.portal.standins.database import Database
from examples.portal.standins.places import place_of

SCHEMA = """
CREATE TABLE IF NOT EXISTS persons (
    number TEXT PRIMARY KEY, document_type TEXT NOT NULL, held_by TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS transfers (
    arrived INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    document_type TEXT NOT NULL,
    destination TEXT NOT NULL,
    state TEXT NOT NULL,
    label TEXT NOT NULL,
    receivable INTEGER NOT NULL,
    at TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    received_by TEXT,
    receipt TEXT,
    UNIQUE (received_by, receipt),
    CHECK (NOT withdrawn OR received_by IS NULL)
);
CREATE INDEX IF NOT EXISTS transfers_by_number ON transfers (number, arrived);
"""
_NEVER_CHANGES = ("number", "name", "document_type", "destination")


class Transfers:
    """The national platform's book; every question comes from a place that was verified."""

    def __init__(self, database: Database, places: Collection[str]) -> None:
        self._database, self._places = database, places

    def held_by(self, number: str) -> str | None:
        """The place that holds a person's file."""
        with self._database.transaction() as book:
            return _holder(book, number)

    def collected(self, place: str, number: str, document_type: str) -> str:
        """A place collected somebody, whom no other place holds."""
        with self._database.transaction() as book:
            _hold(book, place, number, document_type)
            return place

    def report(self, place: str, transfer: TransferOut) -> Standing:
        """Keeps what a sending place says of its transfer, unless it said something later before."""
        with self._database.transaction() as book:
            known = _find(book, transfer.id)
            if known is None:
                self._check_destination(place, transfer.destination)
                _hold(book, place, transfer.number, transfer.document_type)
                _insert(book, place, transfer)
            elif _is_news(known, place, transfer):
                _update(book, transfer)
            return _standing(_known(book, transfer.id))

    def find(self, number: str) -> FoundTransfer | None:
        """A person's latest transfer-out that can be received or was."""
        query = (
            "SELECT * FROM transfers WHERE number = ? AND NOT withdrawn AND (receivable OR received_by IS NOT NULL) "
            "ORDER BY arrived DESC LIMIT 1"
        )
        with self._database.transaction() as book:
            row = book.execute(query, (number,)).fetchone()
        if row is None:
            return None
        return FoundTransfer(
            id=row["id"],
            name=row["name"],
            document_type=row["document_type"],
            from_place=row["sender"],
            destination=row["destination"],
            state=_state(row),
            received_by=row["received_by"],
            receipt=row["receipt"],
        )

    def withdraw(self, place: str, transfer: str) -> Standing:
        """Takes back a transfer that nobody received."""
        with self._database.transaction() as book:
            row = _known(book, transfer)
            _check_sender(row, place)
            _check_not_received(row)
            book.execute("UPDATE transfers SET withdrawn = 1 WHERE id = ?", (transfer,))
            return _standing(_known(book, transfer))

    def receive(self, place: str, transfer: str, receipt: str) -> Standing:
        """Hands a person's file to the place the transfer goes to; once, however often the receipt comes."""
        with self._database.transaction() as book:
            row = _known(book, transfer)
            destination = place_of(row["destination"], self._places)
            if destination != place:
                raise Refused(Refusal.NOT_DESTINATION, destination)
            if row["receipt"] != receipt:
                _check_receivable(book, row, place, receipt)
                book.execute(
                    "UPDATE transfers SET received_by = ?, receipt = ? WHERE id = ?", (place, receipt, transfer)
                )
                book.execute("UPDATE persons SET held_by = ? WHERE number = ?", (place, row["number"]))
            return _standing(_known(book, transfer))

    def standings(self, place: str, transfers: Sequence[str]) -> Sequence[Standing]:
        """Where the transfers of a sending place are."""
        with self._database.transaction() as book:
            rows = [_find(book, transfer) for transfer in dict.fromkeys(transfers)]
        return [_standing(row) for row in rows if row is not None and row["sender"] == place]

    def _check_destination(self, place: str, area: str) -> None:
        if place_of(area, self._places) in (None, place):
            raise Refused(Refusal.UNKNOWN_DESTINATION)


def _is_news(known: Row, place: str, transfer: TransferOut) -> bool:
    """Whether a report of a transfer that is known changes something; raises `Refused` where it must not."""
    _check_sender(known, place)
    if any(known[name] != getattr(transfer, name) for name in _NEVER_CHANGES):
        raise Refused(Refusal.DIFFERS)
    _check_not_received(known)
    if _moment(transfer.at) < known["at"]:
        return False
    if known["withdrawn"] and transfer.receivable:
        raise Refused(Refusal.WITHDRAWN)
    return True


def _check_receivable(book: Connection, row: Row, place: str, receipt: str) -> None:
    _check_not_received(row)
    if row["withdrawn"]:
        raise Refused(Refusal.WITHDRAWN)
    if not row["receivable"]:
        raise Refused(Refusal.NOT_RECEIVABLE)
    holder = _holder(book, row["number"])
    if holder != row["sender"]:
        raise Refused(Refusal.HELD_ELSEWHERE, holder)
    if book.execute("SELECT 1 FROM transfers WHERE received_by = ? AND receipt = ?", (place, receipt)).fetchone():
        raise Refused(Refusal.RECEIPT_USED)


def _check_sender(row: Row, place: str) -> None:
    if row["sender"] != place:
        raise Refused(Refusal.NOT_SENDER, row["sender"])


def _check_not_received(row: Row) -> None:
    if row["received_by"] is not None:
        raise Refused(Refusal.RECEIVED, row["received_by"])


def _holder(book: Connection, number: str) -> str | None:
    row = book.execute("SELECT held_by FROM persons WHERE number = ?", (number,)).fetchone()
    return None if row is None else str(row["held_by"])


def _hold(book: Connection, place: str, number: str, document_type: str) -> None:
    book.execute("INSERT OR IGNORE INTO persons VALUES (?, ?, ?)", (number, document_type, place))
    holder = _holder(book, number)
    if holder != place:
        raise Refused(Refusal.HELD_ELSEWHERE, holder)


def _find(book: Connection, transfer: str) -> Row | None:
    row: Row | None = book.execute("SELECT * FROM transfers WHERE id = ?", (transfer,)).fetchone()
    return row


def _known(book: Connection, transfer: str) -> Row:
    row = _find(book, transfer)
    if row is None:
        raise Refused(Refusal.UNKNOWN_TRANSFER)
    return row


def _insert(book: Connection, place: str, transfer: TransferOut) -> None:
    book.execute(
        "INSERT INTO transfers (id, sender, number, name, document_type, destination, state, label, receivable, at) "
        "VALUES (:id, :sender, :number, :name, :document_type, :destination, :state, :label, :receivable, :at)",
        {**_row(transfer), "sender": place},
    )


def _update(book: Connection, transfer: TransferOut) -> None:
    book.execute(
        "UPDATE transfers SET state = :state, label = :label, receivable = :receivable, at = :at WHERE id = :id",
        _row(transfer),
    )


def _row(transfer: TransferOut) -> Mapping[str, Any]:
    return asdict(transfer) | {"at": _moment(transfer.at)}


def _moment(at: datetime) -> str:
    """Written so that later moments are later texts."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _state(row: Row) -> NationalState:
    if row["received_by"] is not None:
        return NationalState.RECEIVED
    if row["withdrawn"]:
        return NationalState.WITHDRAWN
    return NationalState.AWAITING_RECEIPT if row["receivable"] else NationalState.PENDING


def _standing(row: Row) -> Standing:
    return Standing(row["id"], _state(row), row["received_by"])
