"""Where a person's file stands between provinces: the latest transfer, and what it leaves them to do here [S109]."""

from dataclasses import dataclass
from enum import StrEnum

from examples.portal import words
from examples.portal.web.office import Office, Policy
from formkit import Form
from formkit.records.model import Record
from formkit.records.store import Reading
from formkit.texts import Text
from formkit.workflow import allows


class Whereabouts(StrEnum):
    """Where the file is."""

    HERE = "here"
    LEAVING = "leaving"
    GONE = "gone"
    ARRIVING = "arriving"


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's file and their transfers, as they stand."""

    file: Record | None
    outgoing: Record | None
    """The latest application to leave."""
    incoming: Record | None
    """The latest application to come."""
    whereabouts: Whereabouts
    is_read_only: bool
    """Whether the workflow of the latest transfer lets nothing be changed."""

    @property
    def collected(self) -> bool:
        """Whether the file is held here."""
        return self.file is not None and self.whereabouts in (Whereabouts.HERE, Whereabouts.LEAVING)


def standing_of(office: Office, account: str) -> Standing:
    """The standing of an account."""
    with office.store.reading() as view:
        return standing_in(view, office.policy, account)


def standing_in(view: Reading, policy: Policy, account: str) -> Standing:
    """The same, within a view."""
    files = view.records(account, policy.collection.id)
    outgoing = next(iter(view.records(account, policy.transfer_out.id)), None)
    incoming = next(iter(view.records(account, policy.transfer_in.id)), None)
    latest, form = _latest(policy, outgoing, incoming)
    whereabouts = _whereabouts(policy, latest, form)
    read_only = latest is not None and form is not None and allows(form, latest.state or "") == "read_only"
    return Standing(files[0] if files else None, outgoing, incoming, whereabouts, read_only)


def reason_to_wait(standing: Standing) -> Text | None:
    """Why nothing of the file may be changed just now; None where it may."""
    code = _REASONS.get(standing.whereabouts) if standing.is_read_only else None
    return words.text(code) if code else None


_REASONS = {
    Whereabouts.LEAVING: "transfer.leaving",
    Whereabouts.GONE: "transfer.gone",
    Whereabouts.ARRIVING: "transfer.arriving",
}


def _latest(policy: Policy, outgoing: Record | None, incoming: Record | None) -> tuple[Record | None, Form | None]:
    """Of a transfer that was refused or withdrawn nothing follows: then the one before it counts."""
    found = [(one, form) for one, form in ((outgoing, policy.transfer_out), (incoming, policy.transfer_in)) if one]
    found.sort(key=lambda pair: pair[0].submitted, reverse=True)
    return next(((one, form) for one, form in found if not _reopens(form, one)), (None, None))


def _reopens(form: Form, record: Record) -> bool:
    state = form.workflow.states.get(record.state or "") if form.workflow else None
    return state is not None and state.reapply


def _whereabouts(policy: Policy, latest: Record | None, form: Form | None) -> Whereabouts:
    workflow = form.workflow if form else None
    if latest is None or workflow is None:
        return Whereabouts.HERE
    state = workflow.states.get(latest.state or "")
    is_over = state is not None and state.final
    if form is not None and form.id == policy.transfer_in.id:
        return Whereabouts.HERE if is_over else Whereabouts.ARRIVING
    return Whereabouts.GONE if is_over else Whereabouts.LEAVING
