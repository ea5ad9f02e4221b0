"""Whatever places do, in whatever order: one place holds a person, a transfer ends once, a restart forgets nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from examples.portal.services.national import NationalState, TransferOut
from examples.portal.services.refusals import Refusal, Refused
from examples.portal.standins.database import Database
from examples.portal.standins.transfers import SCHEMA, Transfers
from tests.portal.services.serving import NOW, transfer

PLACES = ("43", "44", "440300")
AREAS = {"43": "430100", "44": "440106", "440300": "440300"}
NUMBERS = ("X1", "X2")
IDS = ("t1", "t2", "t3")
RECEIPTS = ("r1", "r2")
places, ids = st.sampled_from(PLACES), st.sampled_from(IDS)
numbers = st.sampled_from(("X1", "X1", "X1", "X2"))  # mostly about one person, so that things meet


@dataclass(frozen=True)
class Believed:
    """A transfer as the rules have it."""

    sender: str
    told: TransferOut
    withdrawn: bool = False
    received: tuple[str, str] | None = None

    @property
    def state(self) -> NationalState:
        if self.received:
            return NationalState.RECEIVED
        if self.withdrawn:
            return NationalState.WITHDRAWN
        return NationalState.AWAITING_RECEIPT if self.told.receivable else NationalState.PENDING


class Nation(RuleBasedStateMachine):
    """Three places and the national platform, beside a model of it in dictionaries."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.holders: dict[str, str] = {}
        self.transfers: dict[str, Believed] = {}
        self.restart()

    @rule()
    def restart(self) -> None:
        self.book = Transfers(Database(Path(self.folder.name) / "national.db", SCHEMA), PLACES)

    @rule(place=places, number=numbers)
    def collect(self, place: str, number: str) -> None:
        refused = self.outcome(lambda: self.book.collected(place, number, "resident_id"))
        assert refused == (Refusal.HELD_ELSEWHERE if self.holders.get(number, place) != place else None)
        self.holders.setdefault(number, place)

    @rule(
        place=places,
        to=places,
        transfer_id=ids,
        number=numbers,
        receivable=st.booleans(),
        hours=st.integers(0, 3),
    )
    def report(self, place: str, to: str, transfer_id: str, number: str, receivable: bool, hours: int) -> None:
        at = NOW + timedelta(hours=hours)
        told = transfer(id=transfer_id, number=number, destination=AREAS[to], receivable=receivable, at=at)
        self.check_report(place, to, told)

    @rule(transfer_id=ids, number=numbers, to=places)
    def send(self, transfer_id: str, number: str, to: str) -> None:
        at = NOW + timedelta(hours=1)
        told = transfer(id=transfer_id, number=number, destination=AREAS[to], at=at)
        self.check_report(self.holders.get(number, "44"), to, told)

    @rule(transfer_id=ids, receivable=st.booleans(), hours=st.integers(0, 3))
    def report_again(self, transfer_id: str, receivable: bool, hours: int) -> None:
        known = self.transfers.get(transfer_id)
        if known is not None:
            told = replace(known.told, receivable=receivable, at=NOW + timedelta(hours=hours))
            self.check_report(known.sender, "", told)

    @rule(transfer_id=ids)
    def withdraw_own(self, transfer_id: str) -> None:
        if transfer_id in self.transfers:
            self.withdraw(transfer_id, self.transfers[transfer_id].sender)

    @rule(transfer_id=ids, receipt=st.sampled_from(RECEIPTS))
    def receive_there(self, transfer_id: str, receipt: str) -> None:
        if transfer_id in self.transfers:
            destination = self.transfers[transfer_id].told.destination
            self.receive(transfer_id, next(place for place in PLACES if AREAS[place] == destination), receipt)

    def check_report(self, place: str, to: str, told: TransferOut) -> None:
        known = self.transfers.get(told.id)
        refused = self.outcome(lambda: self.book.report(place, told))
        if known is None:
            expected = self.expected_first(place, to, told)
            if expected is None:
                self.holders.setdefault(told.number, place)
                self.transfers[told.id] = Believed(place, told)
        else:
            expected = self.expected_again(known, place, told)
            if expected is None and told.at >= known.told.at:
                self.transfers[told.id] = replace(known, told=told)
        assert refused == expected

    def expected_first(self, place: str, to: str, told: TransferOut) -> Refusal | None:
        if place == to:
            return Refusal.UNKNOWN_DESTINATION
        return Refusal.HELD_ELSEWHERE if self.holders.get(told.number, place) != place else None

    def expected_again(self, known: Believed, place: str, told: TransferOut) -> Refusal | None:
        if place != known.sender:
            return Refusal.NOT_SENDER
        if (told.number, told.destination) != (known.told.number, known.told.destination):
            return Refusal.DIFFERS
        if known.received:
            return Refusal.RECEIVED
        return Refusal.WITHDRAWN if known.withdrawn and told.receivable and told.at >= known.told.at else None

    @rule(transfer_id=ids, by=places)
    def withdraw(self, transfer_id: str, by: str) -> None:
        known = self.transfers.get(transfer_id)
        refused = self.outcome(lambda: self.book.withdraw(by, transfer_id))
        if known is None:
            assert refused is Refusal.UNKNOWN_TRANSFER
        elif known.sender != by:
            assert refused is Refusal.NOT_SENDER
        elif known.received:
            assert refused is Refusal.RECEIVED
        else:
            assert refused is None
            self.transfers[transfer_id] = replace(known, withdrawn=True)

    @rule(transfer_id=ids, by=places, receipt=st.sampled_from(RECEIPTS))
    def receive(self, transfer_id: str, by: str, receipt: str) -> None:
        known = self.transfers.get(transfer_id)
        expected = self.expected_receipt(known, by, receipt)
        assert self.outcome(lambda: self.book.receive(by, transfer_id, receipt)) == expected
        if known is not None and expected is None:
            self.transfers[transfer_id] = replace(known, received=(by, receipt))
            if not known.received:
                self.holders[known.told.number] = by

    def expected_receipt(self, known: Believed | None, by: str, receipt: str) -> Refusal | None:
        if known is None:
            return Refusal.UNKNOWN_TRANSFER
        if known.told.destination != AREAS[by]:
            return Refusal.NOT_DESTINATION
        if known.received:
            return None if known.received == (by, receipt) else Refusal.RECEIVED
        if known.withdrawn:
            return Refusal.WITHDRAWN
        if not known.told.receivable:
            return Refusal.NOT_RECEIVABLE
        if self.holders[known.told.number] != known.sender:
            return Refusal.HELD_ELSEWHERE
        used = any(other.received == (by, receipt) for other in self.transfers.values())
        return Refusal.RECEIPT_USED if used else None

    @invariant()
    def the_book_says_what_is_believed(self) -> None:
        for number in NUMBERS:
            assert self.book.held_by(number) == self.holders.get(number)
            found = self.book.find(number)
            offered = [known for known in self.transfers.values() if known.told.number == number and is_offered(known)]
            assert (found and found.id) == (offered[-1].told.id if offered else None)
        for place in PLACES:
            mine = {told: known for told, known in self.transfers.items() if known.sender == place}
            standings = {one.id: (one.state, one.received_by) for one in self.book.standings(place, IDS)}
            assert standings == {
                told: (known.state, known.received and known.received[0]) for told, known in mine.items()
            }

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def outcome(self, do: Callable[[], object]) -> Refusal | None:
        try:
            do()
        except Refused as refused:
            return refused.code
        return None


def is_offered(known: Believed) -> bool:
    return not known.withdrawn and (known.told.receivable or known.received is not None)


TestNation = Nation.TestCase
TestNation.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
