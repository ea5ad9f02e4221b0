"""What the system does with transfers by itself: decides what is due, and keeps the national platform in step.

Everything here may be done by several processes at once, and again after a crash: the engine takes a transition once,
and the national platform may be told the same thing twice.
"""

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from examples.portal.accounts.model import Account, ServiceDown
from examples.portal.services.national import FoundTransfer, NationalState, TransferOut
from examples.portal.services.refusals import Refused
from examples.portal.tables import reports
from examples.portal.transfers.facts import Facts, facts_of, missing, transfer_in_facts
from examples.portal.transfers.standing import standing_of
from examples.portal.web.office import Office
from formkit import UNKNOWN, Form
from formkit.form import State, Transition
from formkit.records.model import Record
from formkit.records.transitions import DueRun, take_due, take_transition
from formkit.storage.tables import records
from formkit.workflow import APPLICANT

_log = logging.getLogger("examples.portal.transfers")
NATIONAL = "national_platform"
"""Who takes a transition in the workflow when the national platform tells of it."""
_BATCH = 200


def review(office: Office, now: datetime) -> None:
    """One look at everything."""
    decide(office, now)
    for tell in (report_files, report_transfers, follow_transfers):
        try:
            tell(office, now)
        except ServiceDown:
            _log.warning("the national platform does not answer: told later")
            return


def decide(office: Office, now: datetime) -> tuple[DueRun, DueRun]:
    """Takes what is due: of both kinds of transfers, whose runs it returns, and of files if they have a workflow."""
    policy, calendar = office.policy, office.policy.calendar
    out = take_due(
        office.store,
        policy.transfer_out,
        now,
        facts=lambda record: _facts(office, policy.transfer_out, record),
        calendar=calendar,
        reason=lambda transition, record, facts: _reason(office, transition, record, facts),
    )
    into = take_due(
        office.store,
        policy.transfer_in,
        now,
        facts=lambda record: receiving_facts(office, record),
        calendar=calendar,
        reason=lambda transition, record, facts: _reason(office, transition, record, facts),
    )
    if policy.collection.workflow is not None:
        take_due(office.store, policy.collection, now, facts=lambda one: _collected(office, one), calendar=calendar)
    for form, run in ((policy.transfer_out, out), (policy.transfer_in, into)):
        if run.left_open:
            _log.warning("%s: %d without a due day, the calendar lacks a year", form.id, len(run.left_open))
    return out, into


def _collected(office: Office, record: Record) -> Facts:
    """What is known of the person of a file."""
    account, form = _account(office, record.owner), office.policy.collection
    return facts_of(office, account, form) if account else dict.fromkeys(form.facts, UNKNOWN)


def receiving_facts(office: Office, record: Record) -> Facts:
    """What the review of a transfer in asks. That the other place let the person go, the national platform says by
    letting this place receive them: once, however often it is asked for the same application."""
    account = _account(office, record.owner)
    try:
        found: Any = office.national.find_transfer(account.number) if account else None
    except ServiceDown:
        found = UNKNOWN
    known = transfer_in_facts(found, str(record.values.get("name", "")), account)
    if isinstance(found, FoundTransfer) and found.receipt == record.id:
        return {**known, "transfer_out_done": True, "transfer_out_destination": found.destination}
    if known["transfer_out_done"] is True:
        return {**known, "transfer_out_done": _received(office, found.id, record.id)}
    return known


def report_files(office: Office, now: datetime) -> None:
    """Tells the national platform whose file is held here: after each collection [S15]."""
    form = office.policy.collection
    for record_id in _unreported(office, form, "collected"):
        record = _record(office, record_id)
        account = _account(office, record.owner) if record else None
        if account is None:
            continue
        try:
            office.national.report_collected(account.number, str(account.person.get("document_type", "")))
        except Refused as refused:
            _log.warning("a file is held by another place: %s", refused.code)
        _remember(office, record_id, "collected", now)


def report_transfers(office: Office, now: datetime) -> None:
    """Tells the national platform of every application to leave that has another state than it was told of."""
    form = office.policy.transfer_out
    for record_id in _unreported(office, form, None):
        record = _record(office, record_id)
        account = _account(office, record.owner) if record else None
        if record is None or account is None:
            continue
        try:
            office.national.report_transfer(_told(office, record, account))
        except Refused as refused:
            _log.warning("the national platform knows more of a transfer: %s", refused.code)
        _remember(office, record_id, record.state or "", now)


def follow_transfers(office: Office, now: datetime) -> None:
    """Takes over what the national platform knows of those that wait for it: received there, or withdrawn [S119]."""
    form = office.policy.transfer_out
    with office.store.reading() as view:
        waiting = view.undated_records(form.id, _receivable_states(form))
    standings = office.national.standings(waiting) if waiting else {}
    for record_id in waiting:
        standing = standings.get(record_id)
        if standing is not None:
            _follow(office, form, record_id, standing.state, now)


def take_receipt(office: Office, record_id: str, now: datetime) -> None:
    """The other place has received the person."""
    _follow(office, office.policy.transfer_out, record_id, NationalState.RECEIVED, now)


def is_receivable(form: Form, state: str | None) -> bool:
    """Whether the workflow lets the national platform take somebody over in a state."""
    return state in _receivable_states(form)


def _follow(office: Office, form: Form, record_id: str, state: NationalState, now: datetime) -> None:
    record = _record(office, record_id)
    if record is None:
        return
    by = {NationalState.RECEIVED: NATIONAL, NationalState.WITHDRAWN: APPLICANT}.get(state)
    transition = _leaving(form, record, by) if by else None
    if transition is None or by is None:
        return
    actor = record.owner if by == APPLICANT else NATIONAL
    facts, calendar = _facts(office, form, record), office.policy.calendar
    take_transition(
        office.store,
        form,
        record_id,
        transition.id,
        by=by,
        actor=actor,
        now=now,
        facts=facts,
        calendar=calendar,
    )


def _leaving(form: Form, record: Record, by: str) -> Transition | None:
    """The way out of its state that is open to somebody without giving a reason."""
    ways = form.workflow.transitions.values() if form.workflow else ()
    return next((one for one in ways if record.state in one.sources and one.by == by and not one.reason), None)


def _receivable_states(form: Form) -> frozenset[str]:
    ways = form.workflow.transitions.values() if form.workflow else ()
    return frozenset(state for one in ways if one.by == NATIONAL for state in one.sources)


def _told(office: Office, record: Record, account: Account) -> TransferOut:
    form = office.policy.transfer_out
    state: State | None = form.workflow.states.get(record.state or "") if form.workflow else None
    return TransferOut(
        id=record.id,
        number=account.number,
        name=_name_on_file(office, account),
        document_type=str(account.person.get("document_type", "")),
        destination=str(record.values["destination"]),
        state=record.state or "",
        label=state.label.in_("zh") if state else "",
        receivable=is_receivable(form, record.state),
        at=record.entered or record.submitted,
    )


def _name_on_file(office: Office, account: Account) -> str:
    """The name as it stands in the file, which its owner may have changed since they registered [S99]."""
    file = standing_of(office, account.id).file
    return str(file.values.get("name") or account.name) if file else account.name


def _received(office: Office, transfer: str, receipt: str) -> Any:
    """Whether the platform let this place receive the person; UNKNOWN while it does not answer."""
    try:
        office.national.receive(transfer, receipt)
    except Refused as refused:
        _log.warning("a transfer was not received: %s", refused.code)
        return False
    except ServiceDown:
        return UNKNOWN
    return True


def _reason(office: Office, transition: Transition, record: Record, facts: Facts) -> str | None:
    """Why it was refused, for the person to read; the file's gaps are named."""
    if not transition.reason:
        return None
    if facts.get("record_complete") is False:
        account = _account(office, record.owner)
        gaps = missing(office, account, standing_of(office, record.owner)) if account else ()
        if gaps:
            return "档案信息不完整，请先在“信息变更”中补充：" + "、".join(label.in_("zh") for label in gaps)
    if facts.get("transfer_blocked") is True:
        return "全国平台显示档案由其他地区持有，请联系财政部门核实"
    if facts.get("transfer_out_done") is False:
        return "没有查到可以接收的调出手续：可能已撤回，或者姓名、证件号码与调出申请不一致"
    return None


def _unreported(office: Office, form: Form, state: str | None) -> list[str]:
    """The ids of records whose state (or, with `state`, whose being there) the platform was not told of yet."""
    current = records.c.state if state is None else state
    query = (
        select(records.c.id)
        .outerjoin(reports, and_(reports.c.record == records.c.id))
        .where(records.c.form == form.id, or_(reports.c.state.is_(None), reports.c.state != current))
        .order_by(records.c.updated, records.c.id)
        .limit(_BATCH)
    )
    with office.store.connected() as connection:
        return list(connection.execute(query).scalars())


def _remember(office: Office, record_id: str, state: str, now: datetime) -> None:
    with office.store.writing() as connection:
        connection.execute(reports.delete().where(reports.c.record == record_id))
        connection.execute(reports.insert().values(record=record_id, state=state, at=now))


def _facts(office: Office, form: Form, record: Record) -> Facts:
    account = _account(office, record.owner)
    if account is None:
        return dict.fromkeys(form.facts, UNKNOWN)
    return facts_of(office, account, form)


def _record(office: Office, record_id: str) -> Record | None:
    with office.store.reading() as view:
        return view.record(record_id)


def _account(office: Office, account_id: str) -> Account | None:
    with office.accounts.reading() as connection:
        return office.accounts.by_id(connection, account_id)
