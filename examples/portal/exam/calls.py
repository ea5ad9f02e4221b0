"""What is kept of every question answered: who asked when, about which number (a keyed hash), and what came out."""

from collections.abc import Mapping
from datetime import datetime

from examples.portal.exam.claims import Verdict
from examples.portal.exam.files import Status
from examples.portal.tables import exam_calls
from examples.portal.web.office import Office
from formkit.records.identifiers import new_id
from formkit.storage import lookup


def keep_call(
    office: Office, client: str, number: str, status: Status, verdicts: Mapping[str, Verdict], now: datetime
) -> None:
    """Keeps it for good, before the answer goes out."""
    row = {
        "id": new_id(),
        "client": client,
        "at": now,
        "number_index": lookup(office.accounts.keys, "number", number),
        "outcome": {"status": status.value, "items": {path: verdict.value for path, verdict in verdicts.items()}},
    }
    with office.accounts.writing() as connection:
        connection.execute(exam_calls.insert().values(row))
