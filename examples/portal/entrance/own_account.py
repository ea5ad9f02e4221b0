"""What a signed-in person does to their account: sees it, changes mobile and password, ends sessions."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.responses import Response

from examples.portal import words
from examples.portal.accounts import sessions
from examples.portal.accounts.codes import Purpose
from examples.portal.accounts.model import Account, LimitReached, ServiceDown, Session, masked
from examples.portal.accounts.own_numbers import is_like_own_numbers
from examples.portal.entrance.asking_codes import is_right, not_sent, send_code
from examples.portal.entrance.signing_in import authenticate, signed_in, wrong_code
from examples.portal.transfers.standing import reason_to_wait, standing_of
from examples.portal.web.pages import (
    CODE,
    Filled,
    done_banners,
    draw,
    fill,
    form_page,
    limit_banner,
    posted,
    see,
)
from examples.portal.web.visit import ZONE, Visit
from formkit import Issue
from formkit.renderers import Banner, Link


def show_account(visit: Visit) -> Response:
    """The account: numbers masked, the status of the collection [S95], and where it is signed in."""
    account, _ = _own(visit)
    standing = standing_of(visit.office, account.id)
    waiting, incoming = reason_to_wait(standing), standing.incoming
    with visit.office.accounts.reading() as connection:
        found = sessions.of_account(connection, account.id, visit.now)
    return draw(
        visit,
        "account.html",
        *done_banners(visit),
        name=account.name,
        number=masked(account.number),
        mobile=masked(account.mobile),
        collection=visit.say("collected" if standing.file else "not_collected"),
        waiting=waiting.in_(visit.language) if waiting else "",
        collection_url=visit.office.after_login,
        transfer_url=f"/forms/{visit.office.policy.transfer_out.id}",
        incoming_url=f"/forms/{incoming.form}/records/{incoming.id}" if incoming else "",
        sessions=[_session_row(visit, one) for one in found],
    )


def end_sessions(visit: Visit) -> Response:
    """Ends the session chosen, or all others."""
    account, session = _own(visit)
    with visit.office.accounts.writing() as connection:
        if visit.posted("others"):
            sessions.end_all(connection, account.id, but=session.name)
        elif visit.posted("session"):
            sessions.end(connection, account.id, visit.posted("session"))
    return see("/account?done=ended_elsewhere")


def show_password(visit: Visit) -> Response:
    """The form for a new password."""
    return _page(visit, fill(visit, visit.office.forms["change_password"], {}))


def change_password(visit: Visit) -> Response:
    """A new password: every other session ends, and this one gets a new id."""
    (account, _), filled, office = _own(visit), posted(visit, "change_password"), visit.office
    issues = list(filled.issues)
    if is_like_own_numbers(account, filled.value("password")) and not filled.issues_of("password"):
        issues.append(Issue("password_like_answer", "password"))
    if issues:
        return _page(visit, filled, issues=issues, status=422)
    if refused := _password_refused(visit, filled):
        return refused
    changed = replace(account, password=office.passwords.hash(filled.value("password")))
    with office.accounts.writing() as connection:
        office.accounts.replace(connection, changed)
        sessions.end_all(connection, account.id)
    return signed_in(visit, account.id, "/account?done=password_changed")


def show_mobile(visit: Visit) -> Response:
    """The form for a new mobile number."""
    return _page(visit, fill(visit, visit.office.forms["change_mobile"], {}))


def change_mobile(visit: Visit) -> Response:
    """A new number, once its own code has come back [S100]."""
    (account, _), filled = _own(visit), posted(visit, "change_mobile")
    if visit.posted("_action") == CODE:
        return _ask_code(visit, filled)
    if filled.issues:
        return _page(visit, filled, issues=filled.issues, status=422)
    if refused := _password_refused(visit, filled):
        return refused
    mobile, code, office = filled.value("mobile"), filled.value("sms_code"), visit.office
    if not is_right(visit, Purpose.MOBILE, mobile, code):
        return _page(visit, filled, issues=[wrong_code()], status=422)
    with office.accounts.writing() as connection:
        if not office.codes.use(connection, Purpose.MOBILE, mobile, code, visit.now):
            return _page(visit, filled, issues=[wrong_code()], status=422)
        office.accounts.replace(connection, replace(account, person={**account.person, "mobile": mobile}))
    return see("/account?done=mobile_changed")


def _ask_code(visit: Visit, filled: Filled) -> Response:
    if issues := filled.issues_of("mobile"):
        return _page(visit, filled, issues=issues, status=422)
    try:
        send_code(visit, Purpose.MOBILE, filled.value("mobile"))
    except (LimitReached, ServiceDown) as error:
        return not_sent(visit, filled, error, **_look(visit, filled))
    return _page(visit, filled, Banner(visit.say("code_sent"), "success"))


def _password_refused(visit: Visit, filled: Filled) -> Response | None:
    """The page again where the present password is wrong: who only finds the browser open changes nothing."""
    account, _ = _own(visit)
    try:
        known = authenticate(visit, account.number, filled.value("current"))
    except LimitReached as reached:
        return _page(visit, filled, limit_banner(visit, reached), status=429)
    if known is not None:
        return None
    wrong = Issue("wrong_password", "current", message=words.text("wrong_password"))
    return _page(visit, filled, issues=[wrong], status=422)


def _own(visit: Visit) -> tuple[Account, Session]:
    assert visit.account is not None and visit.session is not None, "the door opens only to who is signed in"
    return visit.account, visit.session


def _session_row(visit: Visit, session: Session) -> dict[str, object]:
    here = visit.session is not None and session.name == visit.session.name
    return {
        "name": session.name,
        "browser": session.browser,
        "began": _time(session.began),
        "seen": _time(session.seen),
        "here": here,
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def _page(visit: Visit, filled: Filled, *banners: Banner, **more: Any) -> Response:
    return form_page(visit, filled, *banners, **_look(visit, filled), **more)


def _look(visit: Visit, filled: Filled) -> dict[str, Any]:
    links = [Link(visit.say("back_to_account"), "/account")]
    if filled.form.id == "change_password":
        return {"links": links}
    if visit.office.development:
        links.append(Link(visit.say("demo_code"), "/development/messages"))
    return {"links": links, "code_after": "mobile"}
