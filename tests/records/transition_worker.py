"""A process that takes what is due, when told to; or dies in the middle of it."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from formkit.compiler import load
from formkit.compiler.calendars import load_calendar
from formkit.records import transitions
from formkit.records.model import Record
from formkit.storage import open_store

FORMS = Path(__file__).parent.parent.parent / "forms"
FACTS: dict[str, Any] = {
    "collected": True,
    "employment_status": "accounting",
    "transfer_open": True,
    "record_complete": True,
    "transfer_blocked": False,
}
DUE = datetime(2026, 3, 3, 2, tzinfo=UTC)


def wait_for_the_other(record: Record) -> dict[str, Any]:
    """Say which record is being decided on, and go on when told: all who race have read it by then."""
    print("asked", record.id, flush=True)
    sys.stdin.readline()
    return FACTS


def take_due(place: str) -> None:
    """Take everything due; then the ids of the records taken."""
    store, form = open_store(place), load(FORMS / "transfer.yaml", "transfer_out")
    calendar = load_calendar(FORMS / "calendars" / "china.yaml")
    run = transitions.take_due(store, form, DUE, facts=wait_for_the_other, calendar=calendar)
    print("taken", *(change.record for change in run.taken), flush=True)
    store.close()


def die_before_commit(place: str) -> None:
    """The record and the transition are written, the transaction is not over, and the power goes."""
    settle = transitions._entered

    def settle_and_die(*given: Any) -> Any:
        settle(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    transitions._entered = settle_and_die  # type: ignore[assignment]
    take_due(place)


if __name__ == "__main__":
    {"take": take_due, "die": die_before_commit}[sys.argv[1]](sys.argv[2])
