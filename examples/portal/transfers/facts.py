"""What the portal knows of a person, for the rules of the forms; what cannot be asked just now is UNKNOWN."""

from collections.abc import Mapping
from typing import Any

from examples.portal.accounts.model import Account, ServiceDown
from examples.portal.services.education import is_open
from examples.portal.services.national import FoundTransfer, NationalState
from examples.portal.transfers.standing import Standing, Whereabouts, standing_of
from examples.portal.web.office import Office, held
from formkit import UNKNOWN, Form, validate
from formkit.form import Fact
from formkit.texts import Text

Facts = Mapping[str, Any]
_INCOMPLETE = frozenset({"required", "too_few_rows", "calculated_blank"})


def facts_of(office: Office, account: Account, form: Form) -> Facts:
    """Every fact that a form of the policy declares."""
    policy = office.policy
    if form.id == policy.transfer_out.id:
        return transfer_out_facts(office, account)
    if form.id == policy.transfer_in.id:
        found = _found(office, account.number)
        return transfer_in_facts(found, account.name, account)
    return collection_facts(office, account, form.facts)


def collection_facts(office: Office, account: Account, declared: Mapping[str, Fact]) -> Facts:
    """What registration told, whether the file is here, and whether continuing education is open [S101]."""
    known: dict[str, Any] = {name: account.person.get(name) for name in declared}
    known["collected"] = standing_of(office, account.id).file is not None
    if "continuing_education_open" in declared:
        known["continuing_education_open"] = education_open(office, account.number)
    return known


def education_open(office: Office, number: str) -> Any:
    """Whether a course is in progress; UNKNOWN while the service does not answer."""
    try:
        return is_open(office.education.courses(number))
    except ServiceDown:
        return UNKNOWN


def transfer_out_facts(office: Office, account: Account, standing: Standing | None = None) -> Facts:
    """What the application to leave, and its review, ask."""
    stands = standing or standing_of(office, account.id)
    values = held(office, stands.file) if stands.file else {}
    return {
        "collected": stands.collected,
        "employment_status": values.get("employment_status"),
        "transfer_open": stands.whereabouts in (Whereabouts.LEAVING, Whereabouts.GONE),
        "record_complete": bool(stands.file) and not missing(office, account, stands),
        "transfer_blocked": _held_elsewhere(office, account.number),
    }


def missing(office: Office, account: Account, standing: Standing) -> tuple[Text, ...]:
    """The labels of what the file lacks by the form as it stands today."""
    form = office.policy.collection
    if standing.file is None:
        return ()
    facts = collection_facts(office, account, form.facts)
    today = office.clock().date()
    issues = validate(form, held(office, standing.file), facts=facts, today=today).issues
    fields = [form.field_at(issue.path) for issue in issues if issue.code in _INCOMPLETE]
    return tuple(field.label for field in fields if field is not None)


def transfer_in_facts(found: Any, name: str, account: Account | None) -> Facts:
    """What the national platform's record of the transfer out says; UNKNOWN while it does not answer."""
    if found is UNKNOWN:
        told: dict[str, Any] = {"transfer_out_done": UNKNOWN, "transfer_out_destination": UNKNOWN}
    else:
        done = isinstance(found, FoundTransfer) and found.state is NationalState.AWAITING_RECEIPT and found.name == name
        destination = found.destination if done else None
        told = {"transfer_out_done": done, "transfer_out_destination": destination}
    return {**told, "has_account": account is not None, "transfer_blocked": False}


def _found(office: Office, number: str) -> Any:
    try:
        return office.national.find_transfer(number)
    except ServiceDown:
        return UNKNOWN


def _held_elsewhere(office: Office, number: str) -> Any:
    try:
        return office.national.collected_elsewhere(number)
    except ServiceDown:
        return UNKNOWN
