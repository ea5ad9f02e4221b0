"""Whose file there is and how it stands: collected, not collected, under way to another province, gone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from examples.portal.web.office import Office, Policy, held
from formkit import Form
from formkit.records.model import Record

_NOBODY = "nobody"


class Status(StrEnum):
    """How a person's file stands."""

    COLLECTED = "collected"
    NOT_COLLECTED = "not_collected"
    TRANSFER_UNDER_WAY = "transfer_under_way"
    TRANSFERRED_OUT = "transferred_out"
    NOT_ON_RECORD = "not_on_record"


@dataclass(frozen=True, slots=True)
class File:
    """What can be said of a number; `at` is since when, or when the file was last changed; it has values while here."""

    status: Status
    at: datetime | None = None
    edition: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def file_of(office: Office, number: str) -> File:
    """The file of a document number; as much is looked up for a number that nobody has."""
    with office.accounts.reading() as connection:
        account = office.accounts.by_number(connection, number)
    owner, policy = account.id if account else _NOBODY, office.policy
    with office.store.reading() as view:
        collected = view.records(owner, policy.collection.id)
        transfers = view.records(owner, policy.transfer_out.id)
        arrivals = view.records(owner, policy.transfer_in.id)
    if account is None:
        return File(Status.NOT_ON_RECORD)
    if not collected:
        return File(Status.NOT_COLLECTED, account.created)
    file = max(collected, key=lambda one: one.updated)
    return standing(policy, replace(file, values=held(office, file)), transfers, arrivals)


def standing(policy: Policy, file: Record, transfers: tuple[Record, ...], arrivals: tuple[Record, ...]) -> File:
    """The file as its transfers leave it; one has come back that was received again, or changed after it had gone."""
    form, back = policy.transfer_out, _last_arrival(policy.transfer_in, arrivals)
    assert form.workflow is not None, "a transfer has a workflow"
    for transfer in transfers:
        state, entered = form.workflow.states.get(transfer.state or ""), transfer.entered or transfer.updated
        if state is not None and not state.final:
            return File(Status.TRANSFER_UNDER_WAY, entered, file.edition, file.values)
        if state is not None and not state.reapply and entered > max(file.updated, back or file.updated):
            return File(Status.TRANSFERRED_OUT, entered, file.edition)
    return File(Status.COLLECTED, file.updated, file.edition, file.values)


def _last_arrival(form: Form, arrivals: tuple[Record, ...]) -> datetime | None:
    """When the person was last received here; None if they never left."""
    states = form.workflow.states if form.workflow else {}
    received = [one for one in arrivals if (state := states.get(one.state or "")) and state.final and not state.reapply]
    return max((one.entered or one.updated for one in received), default=None)
