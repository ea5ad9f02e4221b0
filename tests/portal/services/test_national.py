"""The national platform over real HTTP: S15, S116, S118, S119, S121, S125, S129."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from examples.portal.services.connection import Connection
from examples.portal.services.national import MOST_IDS, NationalClient, NationalState, Standing
from examples.portal.services.refusals import Refusal, Refused
from examples.portal.standins.app import standins_app
from examples.portal.standins.places import places_in
from tests.portal.services.serving import NOW, NUMBER, connection_to, serving, transfer

Place = Callable[[str], NationalClient]


def refusal(of: Callable[[], object]) -> tuple[Refusal, str | None]:
    with pytest.raises(Refused) as refused:
        of()
    return refused.value.code, refused.value.place


def test_nobody_holds_whom_nobody_collected(place: Place) -> None:
    assert place("44").held_by("440106198808089999") is None
    assert not place("44").collected_elsewhere("440106198808089999")


def test_who_was_collected_is_elsewhere_for_other_places_only(place: Place) -> None:
    place("44").report_collected(NUMBER, "resident_id")
    place("44").report_collected(NUMBER, "resident_id")
    assert place("43").held_by(NUMBER.lower()) == "44"
    assert place("43").collected_elsewhere(NUMBER)
    assert place("440300").collected_elsewhere(NUMBER), "Shenzhen is a place of its own [S7]"
    assert not place("44").collected_elsewhere(NUMBER)
    assert refusal(lambda: place("43").report_collected(NUMBER, "resident_id")) == (Refusal.HELD_ELSEWHERE, "44")


def test_the_demonstration_knows_somebody_from_elsewhere_and_a_transfer(place: Place) -> None:
    assert place("44").held_by("110105198001019993") == "11"
    found = place("44").find_transfer("430101199001019997")
    assert found is not None
    assert (found.name, found.from_place, found.destination) == ("赵六", "43", "440106")


def test_a_transfer_goes_its_way(place: Place) -> None:
    sender, receiver = place("44"), place("43")
    pending = transfer(state="pending", label="待审核", receivable=False)
    assert sender.report_transfer(pending) == Standing("t1", NationalState.PENDING, None)
    assert receiver.find_transfer(NUMBER) is None, "not approved yet [S121]"
    assert refusal(lambda: receiver.receive("t1", "r1")) == (Refusal.NOT_RECEIVABLE, None)
    assert sender.report_transfer(transfer(at=NOW + timedelta(days=1))).state is NationalState.AWAITING_RECEIPT
    found = receiver.find_transfer(NUMBER)
    assert found is not None
    assert (found.document_type, found.state) == ("resident_id", NationalState.AWAITING_RECEIPT)
    received = Standing("t1", NationalState.RECEIVED, "43")
    assert receiver.receive("t1", "r1") == received
    assert receiver.receive("t1", "r1") == received, "the same receipt again"
    assert refusal(lambda: receiver.receive("t1", "r2")) == (Refusal.RECEIVED, "43")
    assert refusal(lambda: sender.withdraw("t1")) == (Refusal.RECEIVED, "43")
    assert refusal(lambda: sender.report_transfer(transfer())) == (Refusal.RECEIVED, "43")
    assert sender.standings(["t1", "unknown"]) == {"t1": received}
    assert receiver.standings(["t1"]) == {}, "only the sender asks"
    assert sender.held_by(NUMBER) == "43"
    found = receiver.find_transfer(NUMBER)
    assert found is not None
    assert (found.state, found.received_by, found.receipt) == (NationalState.RECEIVED, "43", "r1")


def test_there_and_back(place: Place) -> None:
    place("44").report_transfer(transfer())
    place("43").receive("t1", "r1")
    place("43").report_transfer(transfer(id="t2", destination="440106", at=NOW - timedelta(days=9)))
    found = place("44").find_transfer(NUMBER)
    assert found is not None
    assert found.id == "t2", "the latest to arrive, whatever the clocks of the places say"
    place("44").receive("t2", "r1")
    assert place("43").held_by(NUMBER) == "44"


def test_withdrawn_once_and_again_and_never_received(place: Place) -> None:
    sender, receiver = place("44"), place("43")
    sender.report_transfer(transfer())
    assert sender.withdraw("t1").state is NationalState.WITHDRAWN
    assert sender.withdraw("t1").state is NationalState.WITHDRAWN
    assert receiver.find_transfer(NUMBER) is None
    assert refusal(lambda: receiver.receive("t1", "r1")) == (Refusal.WITHDRAWN, None)
    later = transfer(at=NOW + timedelta(days=1))
    assert refusal(lambda: sender.report_transfer(later)) == (Refusal.WITHDRAWN, None)
    told = transfer(at=NOW + timedelta(days=1), state="withdrawn", label="已撤回", receivable=False)
    assert sender.report_transfer(told).state is NationalState.WITHDRAWN
    assert sender.report_transfer(transfer(id="t2")).state is NationalState.AWAITING_RECEIPT, "applied again"


def test_what_was_said_earlier_changes_nothing(place: Place) -> None:
    place("44").report_transfer(transfer())
    late = transfer(state="pending", receivable=False, at=NOW - timedelta(seconds=1))
    assert place("44").report_transfer(late).state is NationalState.AWAITING_RECEIPT


def test_a_place_meddles_with_its_own_transfers_only(place: Place) -> None:
    place("44").report_transfer(transfer())
    assert refusal(lambda: place("43").withdraw("t1")) == (Refusal.NOT_SENDER, "44")
    assert refusal(lambda: place("43").report_transfer(transfer())) == (Refusal.NOT_SENDER, "44")
    assert refusal(lambda: place("440300").receive("t1", "r")) == (Refusal.NOT_DESTINATION, "43")
    assert refusal(lambda: place("44").receive("t1", "r")) == (Refusal.NOT_DESTINATION, "43")
    assert refusal(lambda: place("44").withdraw("t9")) == (Refusal.UNKNOWN_TRANSFER, None)


@pytest.mark.parametrize("change", [{"number": "X1"}, {"name": "李四"}, {"destination": "440300"}])
def test_a_transfer_stays_that_of_one_person_to_one_place(place: Place, change: dict[str, str]) -> None:
    place("44").report_transfer(transfer())
    assert refusal(lambda: place("44").report_transfer(transfer(**change))) == (Refusal.DIFFERS, None)


def test_only_who_holds_a_person_sends_them(place: Place) -> None:
    place("44").report_collected(NUMBER, "resident_id")
    away = transfer(destination="440300")
    assert refusal(lambda: place("43").report_transfer(away)) == (Refusal.HELD_ELSEWHERE, "44")
    for nowhere in ("440106", "999999"):
        told = transfer(destination=nowhere)
        assert refusal(lambda told=told: place("44").report_transfer(told)) == (Refusal.UNKNOWN_DESTINATION, None)


def test_two_open_transfers_move_a_person_once(place: Place) -> None:
    place("44").report_transfer(transfer())
    place("44").report_transfer(transfer(id="t2", destination="440300"))
    place("440300").receive("t2", "r1")
    assert refusal(lambda: place("43").receive("t1", "r1")) == (Refusal.HELD_ELSEWHERE, "440300")


def test_a_receipt_takes_one_transfer(place: Place) -> None:
    place("44").report_transfer(transfer())
    place("44").report_transfer(transfer(id="t2", number="X2"))
    place("43").receive("t1", "r1")
    assert refusal(lambda: place("43").receive("t2", "r1")) == (Refusal.RECEIPT_USED, None)


def test_many_are_asked_about_in_portions(place: Place) -> None:
    place("44").report_transfer(transfer(id="last"))
    asked = [f"none{number}" for number in range(2 * MOST_IDS)] + ["last"]
    assert list(place("44").standings(asked)) == ["last"]


def test_everything_survives_a_restart(tmp_path: Path) -> None:
    with serving(standins_app(tmp_path)) as address:
        secrets = places_in(tmp_path)
        with ExitStack() as stack:
            sender = NationalClient(_open(stack, address, "44", secrets["44"]))
            sender.report_transfer(transfer())
            sender.report_transfer(transfer(id="t2", number="X2"))
            NationalClient(_open(stack, address, "43", secrets["43"])).receive("t1", "r1")
            sender.withdraw("t2")
            before = sender.standings(["t1", "t2"])
    assert places_in(tmp_path) == secrets
    with serving(standins_app(tmp_path)) as address, ExitStack() as stack:
        again = NationalClient(_open(stack, address, "44", secrets["44"]))
        assert again.standings(["t1", "t2"]) == before
        assert again.held_by(NUMBER) == "43"


def test_withdrawing_and_receiving_at_once_one_of_them_wins(place: Place) -> None:
    sender, receiver = place("44"), place("43")
    outcomes = [_race(sender, [receiver, receiver], f"race{number}") for number in range(8)]
    _judge(outcomes, sender)


def test_two_processes_over_one_file_let_one_of_them_win(tmp_path: Path) -> None:
    with _process(tmp_path) as one, _process(tmp_path) as other, ExitStack() as stack:
        secrets = places_in(tmp_path)
        sender = NationalClient(_open(stack, one, "44", secrets["44"]))
        receivers = [NationalClient(_open(stack, address, "43", secrets["43"])) for address in (one, other)]
        outcomes = [_race(sender, receivers, f"race{number}") for number in range(8)]
        _judge(outcomes, sender)


def _race(sender: NationalClient, receivers: list[NationalClient], transfer_id: str) -> tuple[str, list[str]]:
    """Who won: everybody starts at one barrier."""
    sender.report_transfer(transfer(id=transfer_id, number=f"N{transfer_id}"))
    barrier = threading.Barrier(1 + len(receivers))

    def tried(do: Callable[[], Standing], name: str) -> str:
        barrier.wait()
        try:
            do()
        except Refused:
            return ""
        return name

    with ThreadPoolExecutor(1 + len(receivers)) as pool:
        runs = [pool.submit(tried, lambda: sender.withdraw(transfer_id), "withdrawn")]
        for number, receiver in enumerate(receivers):
            receipt = f"{transfer_id}-{number}"
            runs.append(pool.submit(tried, lambda r=receiver, i=receipt: r.receive(transfer_id, i), "received"))
        return transfer_id, [won for run in runs if (won := run.result())]


def _judge(outcomes: list[tuple[str, list[str]]], sender: NationalClient) -> None:
    assert all(len(winners) == 1 for _, winners in outcomes), outcomes
    for transfer_id, (winner,) in outcomes:
        assert sender.standings([transfer_id])[transfer_id].state == winner
        assert sender.held_by(f"N{transfer_id}") == {"withdrawn": "44", "received": "43"}[winner]


@contextmanager
def _process(data: Path) -> Iterator[str]:
    """A process of the stand-ins, as people start it."""
    command = [sys.executable, "-m", "examples.portal.standins", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def _open(stack: ExitStack, address: str, place: str, secret: bytes) -> Connection:
    connection = connection_to(address, place, secret=secret)
    stack.callback(connection.close)
    return connection
