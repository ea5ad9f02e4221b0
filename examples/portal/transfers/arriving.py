"""省外调入 on `forms/transfer.yaml`, before any login: who is it, has the other place let them go, confirm [S121–S129].

What is typed is kept between the two pages, encrypted and for an hour; the code and the passwords are not.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from starlette.responses import Response

from examples.portal import words
from examples.portal.accounts import limits
from examples.portal.accounts.codes import Purpose
from examples.portal.accounts.model import Account, LimitReached, NumberTaken, ServiceDown
from examples.portal.accounts.own_numbers import number_as_kept
from examples.portal.entrance.asking_codes import is_right, not_sent, send_code
from examples.portal.entrance.signing_in import wrong_code
from examples.portal.services.national import FoundTransfer
from examples.portal.transfers.facts import transfer_in_facts
from examples.portal.transfers.standing import Whereabouts, standing_of
from examples.portal.web.pages import (
    CODE,
    Filled,
    done_banners,
    fill,
    form_page,
    limit_banner,
    message_page,
    problem,
    see,
)
from examples.portal.web.visit import Visit
from formkit import UNKNOWN, Issue, evaluate
from formkit.issues import Level
from formkit.records.service import save_draft, start_draft, submit
from formkit.renderers import Banner, Link
from formkit.validation import Result, judge
from formkit.web.answers import answers_from_pairs

VERIFICATION, ACCOUNT = "verification", "account"
_PATH = "/transfer/in"
_CONFIRM = f"{_PATH}/confirm"
_NEVER_KEPT = frozenset({"sms_code", "password", "password_repeat"})
_UNASKED: Mapping[str, Any] = {
    "transfer_out_done": UNKNOWN,
    "transfer_out_destination": UNKNOWN,
    "transfer_blocked": UNKNOWN,
    "has_account": False,
}
_DERIVED = ("sex", "birth_date", "country")


@dataclass(frozen=True, slots=True)
class Search:
    """What the national platform and this one know of a number."""

    found: FoundTransfer | None
    account: Account | None
    facts: Mapping[str, Any]


def show(visit: Visit) -> Response:
    """The five questions [S123]."""
    return _verification(visit, _kept(visit), *done_banners(visit))


def send(visit: Visit) -> Response:
    """Sends a code, or judges the answers: the code last but one, the national platform last."""
    filled = _typed(visit, VERIFICATION)
    _keep(visit, filled, verified=False)
    if visit.posted("_action") == CODE:
        return _ask_code(visit, filled)
    if issues := _errors(filled, VERIFICATION):
        return _verification(visit, filled, issues=issues, status=422)
    mobile, code = filled.value("mobile"), filled.value("sms_code")
    try:
        _count(visit, filled)
        if not is_right(visit, Purpose.TRANSFER, mobile, code):
            return _verification(visit, filled, issues=[wrong_code()], status=422)
        search = search_for(visit, filled)
    except LimitReached as reached:
        return _verification(visit, filled, limit_banner(visit, reached), status=429)
    except ServiceDown:
        return _verification(visit, filled, problem(visit, "transfer.search_down"), status=503)
    if issues := _refusals(visit, filled, search):
        return _verification(visit, filled, issues=issues, status=422)
    with visit.office.accounts.writing() as connection:
        used = visit.office.codes.use(connection, Purpose.TRANSFER, mobile, code, visit.now)
    if not used:
        return _verification(visit, filled, issues=[wrong_code()], status=422)
    _keep(visit, filled, verified=True)
    return see(_CONFIRM)


def send_again(visit: Visit) -> Response:
    """The page as it was typed, whose token has run out."""
    return _verification(visit, _typed(visit, VERIFICATION), problem(visit, "send_again"), status=403)


def show_confirm(visit: Visit) -> Response:
    """Everything to be checked once more; and a password, where there is no account [S126, S128]."""
    filled = _kept(visit)
    if not _is_verified(visit):
        return see(_PATH)
    try:
        search = search_for(visit, filled)
    except ServiceDown:
        return _verification(visit, filled, problem(visit, "transfer.search_down"), status=503)
    return _confirmation(visit, filled, search)


def confirm(visit: Visit) -> Response:
    """Makes the account, where there is none, and the application."""
    if not _is_verified(visit):
        return see(f"{_PATH}?done=transfer.again")
    filled = _typed(visit, ACCOUNT)
    try:
        search = search_for(visit, filled)
    except ServiceDown:
        filled = fill(visit, filled.form, filled.answers, _UNASKED)
        return _verification(visit, filled, problem(visit, "transfer.search_down"), status=503)
    told = fill(visit, filled.form, {**filled.answers, "sms_code": "000000"}, search.facts)
    if refusals := _refusals(visit, told, search):
        return _verification(visit, told, issues=refusals, status=422)
    if issues := _errors(told, ACCOUNT):
        return _confirmation(visit, told, search, issues=issues, status=422)
    account = search.account or _opened(visit, told, search)
    if account is None:
        return see(_CONFIRM)
    if standing_of(visit.office, account.id).whereabouts is Whereabouts.ARRIVING:
        return _pending(visit)
    _apply(visit, told, account)
    with visit.office.accounts.writing() as connection:
        visit.office.accounts.end_registration(connection, _key(visit))
    return see("/login?done=transfer.done")


def confirm_again(visit: Visit) -> Response:
    """The confirmation once more, whose token has run out; passwords are typed anew."""
    filled, again = _kept(visit), problem(visit, "send_again")
    if not _is_verified(visit):
        return _verification(visit, filled, again, status=403)
    try:
        return _confirmation(visit, filled, search_for(visit, filled), again, status=403)
    except ServiceDown:
        return _verification(visit, filled, problem(visit, "transfer.search_down"), status=503)


def search_for(visit: Visit, filled: Filled) -> Search:
    """Asks the national platform [S121]; raises `ServiceDown`."""
    number = number_as_kept(visit.office.forms, filled.value("id_number"))
    found = visit.office.national.find_transfer(number)
    with visit.office.accounts.reading() as connection:
        account = visit.office.accounts.by_number(connection, number)
    return Search(found, account, transfer_in_facts(found, filled.value("name"), account))


def _refusals(visit: Visit, filled: Filled, search: Search) -> tuple[Issue, ...]:
    """What the form says of what is known, and that an account's own mobile is asked."""
    told = fill(visit, filled.form, filled.answers, search.facts)
    if issues := _errors(told, VERIFICATION):
        return issues
    if search.account is not None and search.account.mobile != filled.value("mobile"):
        return (Issue("other_mobile", "mobile", message=words.text("transfer.other_mobile")),)
    return ()


def _opened(visit: Visit, filled: Filled, search: Search) -> Account | None:
    """The account of who arrives; None where somebody made one just now."""
    office, number = visit.office, number_as_kept(visit.office.forms, filled.value("id_number"))
    kind = search.found.document_type if search.found else ""
    person = {
        "name": filled.value("name"),
        "document_type": kind,
        "id_number": number,
        "mobile": filled.value("mobile"),
        **_derived(visit, kind, number),
    }
    account = Account(secrets.token_hex(16), person, office.passwords.hash(filled.value("password")), visit.now)
    try:
        with office.accounts.writing() as connection:
            office.accounts.add(connection, account)
    except NumberTaken:
        return None
    return account


def _derived(visit: Visit, kind: str, number: str) -> dict[str, Any]:
    """What the number says of a person, by the rules of the registration; what it does not say is asked later."""
    form = visit.office.forms["registration"]
    facts = dict.fromkeys(form.facts, False)
    settled = evaluate(form, {"document_type": kind, "id_number": number}, facts=facts, today=visit.today)
    calculated = {name for name in _DERIVED if (state := settled.states.get(name)) and state.calculated}
    return {name: settled.values[name] for name in calculated if settled.values.get(name) is not None}


def _apply(visit: Visit, filled: Filled, account: Account) -> None:
    """The application, once: a second click finds the draft submitted."""
    office, form = visit.office, filled.form
    answers = {name: value for name, value in filled.answers.items() if name not in _NEVER_KEPT}
    draft = start_draft(office.store, form, owner=account.id, now=visit.now)
    kept = save_draft(
        office.store, form, draft.id, answers, owner=account.id, version=draft.version, now=visit.now, step=ACCOUNT
    )
    judged = judge(filled.evaluation)
    values = {name: value for name, value in judged.values.items() if name not in _NEVER_KEPT}
    submit(
        office.store,
        form,
        kept.id,
        owner=account.id,
        token=_key(visit),
        judge=lambda _answers, /, *, record: Result(values, judged.issues),  # noqa: ARG005 - the shape of Judge
        now=visit.now,
        calendar=office.policy.calendar,
    )


def _pending(visit: Visit) -> Response:
    return message_page(visit, "transfer.pending", "notice", 409, Link(visit.say("sign_in"), "/login"))


def _ask_code(visit: Visit, filled: Filled) -> Response:
    if issues := filled.issues_of("mobile"):
        return _verification(visit, filled, issues=issues, status=422)
    try:
        send_code(visit, Purpose.TRANSFER, filled.value("mobile"))
    except (LimitReached, ServiceDown) as error:
        return not_sent(visit, filled, error, **_look(visit))
    return see(f"{_PATH}?done=code_sent#field-sms_code")


def _count(visit: Visit, filled: Filled) -> None:
    number = number_as_kept(visit.office.forms, filled.value("id_number"))
    with visit.office.accounts.writing() as connection:
        limits.count(connection, limits.LOGIN_PLACE, visit.place, visit.now)
        limits.count(connection, limits.TRANSFER, visit.office.secret.index("transfer", number), visit.now)


def _typed(visit: Visit, step: str) -> Filled:
    kept = _kept(visit)
    typed = answers_from_pairs(kept.form, step, visit.body.pairs)
    own = {name: value for name, value in typed.items() if kept.form.step_of.get(name) == step}
    return fill(visit, kept.form, {**kept.answers, **own}, _UNASKED)


def _kept(visit: Visit) -> Filled:
    answers = {name: value for name, value in _stored(visit).items() if name != "_verified"}
    return fill(visit, visit.office.policy.transfer_in, answers, _UNASKED)


def _keep(visit: Visit, filled: Filled, *, verified: bool) -> None:
    answers = {name: value for name, value in filled.answers.items() if name not in _NEVER_KEPT}
    with visit.office.accounts.writing() as connection:
        visit.office.accounts.keep_registration(connection, _key(visit), {**answers, "_verified": verified}, visit.now)


def _is_verified(visit: Visit) -> bool:
    return _stored(visit).get("_verified") is True


def _stored(visit: Visit) -> dict[str, Any]:
    with visit.office.accounts.reading() as connection:
        return visit.office.accounts.registration(connection, _key(visit), visit.now)


def _key(visit: Visit) -> str:
    """Where it is kept: beside a registration of the same browser, not over it."""
    return sha256(f"transfer in {visit.guest}".encode()).hexdigest()


def _errors(filled: Filled, step: str) -> tuple[Issue, ...]:
    step_of = filled.form.step_of
    found = tuple(one for one in filled.issues if step_of.get(one.path, step) == step and one.code != "hidden")
    return found if any(one.level is Level.ERROR for one in found) else ()


def _verification(visit: Visit, filled: Filled, *banners: Banner, **more: Any) -> Response:
    return form_page(visit, filled, *banners, **_look(visit), **more)


def _look(visit: Visit) -> dict[str, Any]:
    links = [Link(visit.say("demo_code"), "/development/messages")] if visit.office.development else []
    return {"step": VERIFICATION, "action": _PATH, "code_after": "mobile", "submit": "", "links": links}


def _confirmation(visit: Visit, filled: Filled, search: Search, *banners: Banner, **more: Any) -> Response:
    language, form = visit.language, filled.form
    values = filled.evaluation.values
    summary = [
        (field.label.in_(language), field.type.format(values[field.id], language))
        for field in form.steps_by_id[VERIFICATION].fields
        if values.get(field.id) is not None and field.id not in _NEVER_KEPT
    ]
    shown = fill(visit, form, filled.answers, {**search.facts, "has_account": search.account is not None})
    label = form.submission_label.in_(language) if form.submission_label else visit.say("transfer.confirm_button")
    look: dict[str, Any] = {
        "step": VERIFICATION if search.account else ACCOUNT,
        "action": _CONFIRM,
        "submit": label,
        "summary": summary,
        "summary_url": _PATH,
        "summary_title": visit.say("transfer.confirm"),
        "bare": search.account is not None,
    }
    return form_page(visit, shown, *banners, **look, **more)
