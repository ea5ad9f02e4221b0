"""Who asks: a client that the settings name, by its signature; each request once, and so many in a time."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from examples.portal.accounts import limits
from examples.portal.accounts.limits import Limit
from examples.portal.services.signing import Message, verify
from examples.portal.tables import nonces
from examples.portal.web.office import Office

CLIENT = Limit("exam_client", 600, timedelta(minutes=1), "too_many_questions")
NUMBER = Limit("exam_number", 20, timedelta(days=1), "too_many_about_one")
"""Nobody's answers are found by asking until they match."""


def caller(office: Office, header: str | None, message: Message, now: datetime) -> str:
    """The name of the client that signed a request; raises `SignatureRefused`."""

    def secret_of(name: str) -> bytes | None:
        secret = office.settings.exam_clients.get(name)
        return secret.get_secret_value().encode() if secret else None

    def remember(name: str, nonce: str, until: datetime) -> bool:
        return _remember(office, name, nonce, until, now)

    return verify(header, message, now=now, secret_of=secret_of, remember=remember)


def count_client(office: Office, client: str, now: datetime) -> None:
    """Counts a request of a client; raises `LimitReached`."""
    with office.accounts.writing() as connection:
        limits.count(connection, CLIENT, office.secret.index("exam client", client), now)


def count_number(office: Office, number: str, now: datetime) -> None:
    """Counts a question about a person, whoever asks; raises `LimitReached`."""
    with office.accounts.writing() as connection:
        limits.count(connection, NUMBER, office.secret.index("exam number", number), now)


def _remember(office: Office, client: str, nonce: str, until: datetime, now: datetime) -> bool:
    try:
        with office.accounts.writing() as connection:
            connection.execute(nonces.delete().where(nonces.c.at < now))
            connection.execute(nonces.insert().values(sender=client, nonce=nonce, at=until))
    except IntegrityError:
        return False
    return True
