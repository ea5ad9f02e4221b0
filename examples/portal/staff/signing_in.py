"""Login, logout and the own password of staff: apart from everybody else's, under the same limits and words."""

from typing import Any

from starlette.responses import RedirectResponse, Response

from examples.portal import words
from examples.portal.accounts import limits, sessions, staff
from examples.portal.accounts.model import LimitReached, Session
from examples.portal.accounts.staff import FINANCE, Member
from examples.portal.tables import staff_sessions
from examples.portal.web.pages import (
    Filled,
    done_banners,
    draw,
    fill,
    form_page,
    limit_banner,
    own_path,
    posted,
    problem,
    see,
)
from examples.portal.web.visit import GUEST, STAFF_SESSION, Visit
from formkit import Issue
from formkit.renderers import Banner, Link


def show_home(visit: Visit) -> Response:
    """What there is to do."""
    member, _ = own(visit)
    workflow = visit.office.policy.collection.workflow
    reviewed = workflow is not None and any(one.by == FINANCE for one in workflow.transitions.values())
    return draw(visit, "staff_home.html", *done_banners(visit), member=member, reviewed=reviewed)


def show_login(visit: Visit) -> Response:
    """The login."""
    return _login_page(visit, fill(visit, visit.office.forms["staff_sign_in"], {}), *done_banners(visit))


def sign_in(visit: Visit) -> Response:
    """Signs in, in a session of a new id."""
    filled = posted(visit, "staff_sign_in")
    if blank := tuple(issue for issue in filled.issues if issue.code == "required"):
        return _login_page(visit, filled, issues=blank, status=422)
    try:
        member = _authenticated(visit, filled.value("name"), filled.value("password"))
    except LimitReached as reached:
        return _login_page(visit, filled, limit_banner(visit, reached), status=429)
    if member is None:
        return _login_page(visit, filled, problem(visit, "staff.wrong_login"), status=422)
    return _signed_in(visit, member, own_path(visit.posted("next"), "/staff"))


def sign_in_again(visit: Visit) -> Response:
    """The login with what was typed, because its token has run out."""
    return _login_page(visit, posted(visit, "staff_sign_in"), problem(visit, "send_again"), status=403)


def sign_out(visit: Visit) -> Response:
    """Ends the session in the database, not only in the browser."""
    _, session = own(visit)
    with visit.office.accounts.writing() as connection:
        sessions.end(connection, session.account, session.name, staff_sessions)
    response = see("/staff/login?done=ended")
    STAFF_SESSION.take(visit.request, response)
    return response


def show_password(visit: Visit) -> Response:
    """The form for a new password."""
    return _password_page(visit, fill(visit, visit.office.forms["change_password"], {}))


def change_password(visit: Visit) -> Response:
    """A new password: every other session ends, and this one gets a new id."""
    (member, _), filled, office = own(visit), posted(visit, "change_password"), visit.office
    issues = list(filled.issues)
    if member.name in filled.value("password").lower() and not filled.issues_of("password"):
        issues.append(Issue("password_like_answer", "password"))
    if issues:
        return _password_page(visit, filled, issues=issues, status=422)
    try:
        known = _authenticated(visit, member.name, filled.value("current"))
    except LimitReached as reached:
        return _password_page(visit, filled, limit_banner(visit, reached), status=429)
    if known is None:
        wrong = Issue("wrong_password", "current", message=words.text("wrong_password"))
        return _password_page(visit, filled, issues=[wrong], status=422)
    password = office.passwords.hash(filled.value("password"))
    with office.accounts.writing() as connection:
        staff.set_password(connection, member.id, password)
    return _signed_in(visit, member, "/staff?done=password_changed")


def own(visit: Visit) -> tuple[Member, Session]:
    """Who asks, at a door that opens to staff alone."""
    assert visit.staff is not None and visit.session is not None, "the door opens only to who is signed in"
    return visit.staff, visit.session


def _authenticated(visit: Visit, name: str, password: str) -> Member | None:
    """Who it is, if the password is right; the try is counted before the work. Raises `LimitReached`."""
    office, typed = visit.office, name.strip().lower()
    subject = office.secret.index("staff login", typed)
    with office.accounts.writing() as connection:
        limits.count(connection, limits.LOGIN_PLACE, visit.place, visit.now)
        limits.count(connection, limits.LOGIN, subject, visit.now)
        member = staff.by_name(connection, typed)
    enabled = member if member and not member.disabled else None
    if not office.passwords.fits(enabled.password if enabled else None, password):
        return None
    with office.accounts.writing() as connection:
        limits.forget(connection, limits.LOGIN, subject)
    return enabled


def _signed_in(visit: Visit, member: Member, path: str) -> RedirectResponse:
    browser = visit.request.headers.get("user-agent", "")
    with visit.office.accounts.writing() as connection:
        if visit.session:
            sessions.end(connection, visit.session.account, visit.session.name, staff_sessions)
        token = sessions.begin(connection, member.id, browser, visit.now, staff_sessions)
    response = see(path)
    STAFF_SESSION.give(visit.request, response, token)
    GUEST.take(visit.request, response)
    return response


def _login_page(visit: Visit, filled: Filled, *banners: Banner, **more: Any) -> Response:
    following = own_path(visit.request.query_params.get("next") or visit.posted("next"), "")
    return form_page(visit, filled, *banners, action="/staff/login", hidden={"next": following}, **more)


def _password_page(visit: Visit, filled: Filled, *banners: Banner, **more: Any) -> Response:
    return form_page(visit, filled, *banners, links=[Link(visit.say("staff.home"), "/staff")], **more)
