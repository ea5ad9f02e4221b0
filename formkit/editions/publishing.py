"""To publish an edition, and to go back to an earlier one: written down for good, never altered."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from formkit.compiler import Compiler
from formkit.editions.content import compiled_edition
from formkit.editions.timeline import Timeline
from formkit.errors import FormkitError
from formkit.form import Form
from formkit.records.identifiers import new_id
from formkit.records.model import AuditEntry, Edition, Publication
from formkit.records.store import Store, Transaction


@dataclass
class AlreadyInForce(FormkitError):  # noqa: N818 - read as a sentence: except AlreadyInForce
    """The very same content is in force already, or planned; nothing was published."""

    publication: Publication

    def __str__(self) -> str:
        return f"edition {self.publication.edition} of {self.publication.form} is published already"


@dataclass
class NothingToGoBackTo(FormkitError):  # noqa: N818 - read as a sentence: except NothingToGoBackTo
    """No such edition of this form was published; `known` are those that were."""

    form: str
    known: tuple[Publication, ...]

    def __str__(self) -> str:
        return f"there is no such edition of {self.form} to go back to"


def publish(
    store: Store, edition: Edition, *, compiler: Compiler, at: datetime, actor: str, reason: str | None = None
) -> Publication:
    """Put an edition in force from its day on, at once if that is past.

    Raises `FormInvalid` if it does not load, `AlreadyInForce` if there is nothing new in it; then nothing is stored.
    """
    form = compiled_edition(edition, compiler)
    with store.transaction() as tx:
        timeline = Timeline(tx.publications(edition.form))
        starts = max(at, first_moment(form))
        there = timeline.in_force(starts)
        if there is not None and there.edition_hash == edition.hash:
            raise AlreadyInForce(there)
        return _published(tx, timeline, edition, starts=starts, at=at, actor=actor, reason=reason)


def roll_back(
    store: Store, form: str, *, to: str | None = None, at: datetime, actor: str, reason: str | None = None
) -> Publication:
    """Put an earlier edition in force again, at once; what was published after it is taken back, planned or not.

    `to` is its day or the beginning of its hash; without it, the one before what is in force. Raises
    `NothingToGoBackTo`.
    """
    with store.transaction() as tx:
        timeline = Timeline(tx.publications(form))
        target = timeline.before(at) if to is None else _named(timeline, to)
        edition = tx.edition(form, target.edition_hash) if target else None
        if edition is None:
            raise NothingToGoBackTo(form, timeline.publications)
        return _published(tx, timeline, edition, starts=at, at=at, actor=actor, reason=reason, rollback=True)


def first_moment(form: Form) -> datetime:
    """When the day of an edition begins, where the form is at home."""
    return datetime.combine(date.fromisoformat(form.edition), time(), ZoneInfo(form.time_zone))


def _named(timeline: Timeline, name: str) -> Publication | None:
    """The latest publication of an edition by its day or the beginning of its hash."""
    fitting = (one for one in timeline.publications if name in (one.edition, one.edition_hash[: len(name)]))
    return max(fitting, key=lambda one: one.number, default=None)


def _published(
    tx: Transaction,
    timeline: Timeline,
    edition: Edition,
    *,
    starts: datetime,
    at: datetime,
    actor: str,
    reason: str | None,
    rollback: bool = False,
) -> Publication:
    if tx.edition(edition.form, edition.hash) is None:
        tx.add_edition(edition)
    number = len(timeline.publications) + 1
    made = Publication(edition.form, number, edition.name, edition.hash, starts, at, actor, rollback, reason)
    tx.add_publication(made)
    details = {"edition": edition.name, "hash": edition.hash, "number": number}
    tx.add_audit_entry(
        AuditEntry(new_id(), at, actor, "rolled_back" if rollback else "published", edition.form, details)
    )
    return made
