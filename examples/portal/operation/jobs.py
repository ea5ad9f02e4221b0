"""The jobs of the loop: reviewing transfers, forgetting what has run out, following files, sweeping."""

from datetime import datetime, timedelta

from examples.portal import tables
from examples.portal.accounts import codes, limits, sessions
from examples.portal.accounts.store import REGISTRATION_LASTS
from examples.portal.operation.loop import Job
from examples.portal.services.signing import WINDOW
from examples.portal.staff.projection import bring_up_to_date
from examples.portal.transfers.review import review
from examples.portal.web.office import Office
from formkit.records.attachments import sweep

_SOMETIMES = timedelta(minutes=10)
_SELDOM = timedelta(hours=1)
_NONCES_LAST = 2 * WINDOW + timedelta(minutes=1)
"""A request dated up to a window ahead is good for a window after its date."""


def jobs_of(office: Office) -> tuple[Job, ...]:
    """Everything the portal does by itself."""
    return (
        Job("review", lambda now: review(office, now)),
        Job("forget", lambda now: forget(office, now), _SOMETIMES),
        Job("files", lambda _now: bring_up_to_date(office), _SOMETIMES),
        Job("sweep", lambda now: sweep(office.store, office.files, now=now), _SELDOM),
    )


def forget(office: Office, now: datetime) -> None:
    """Deletes sessions, codes, tries, half-finished registrations and nonces that are good for nothing any more."""
    attempts, registrations, nonces = tables.attempts, tables.registrations, tables.nonces
    with office.accounts.writing() as connection:
        sessions.forget(connection, now)
        sessions.forget(connection, now, tables.staff_sessions)
        codes.forget(connection, now)
        connection.execute(attempts.delete().where(attempts.c.at <= now - limits.KEPT))
        connection.execute(registrations.delete().where(registrations.c.updated <= now - REGISTRATION_LASTS))
        connection.execute(nonces.delete().where(nonces.c.at <= now - _NONCES_LAST))
