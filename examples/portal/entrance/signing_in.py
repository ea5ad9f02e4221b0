"""Login with document number and password, logout, and the forgotten password: the same words for everybody."""

from dataclasses import replace
from typing import Any

from starlette.background import BackgroundTask
from starlette.responses import RedirectResponse, Response

from examples.portal import words
from examples.portal.accounts import limits, sessions
from examples.portal.accounts.codes import Purpose
from examples.portal.accounts.model import Account, LimitReached
from examples.portal.accounts.own_numbers import is_like_own_numbers, number_as_kept
from examples.portal.entrance.asking_codes import is_right
from examples.portal.web.pages import (
    CODE,
    Filled,
    done_banners,
    fill,
    form_page,
    limit_banner,
    own_path,
    posted,
    problem,
    see,
)
from examples.portal.web.visit import GUEST, SESSION, Visit
from formkit import Issue
from formkit.renderers import Banner, Link


def show_login(visit: Visit) -> Response:
    """The login."""
    banners = done_banners(visit)
    done = visit.office.forms["registration"].submission_done
    if "registered" in visit.request.query_params and done:
        banners = (Banner(done.in_(visit.language).replace("**", ""), "success"),)
    return _login_page(visit, fill(visit, visit.office.forms["sign_in"], {}), *banners)


def sign_in(visit: Visit) -> Response:
    """Signs in, in a session of a new id [S38, S39]."""
    filled, office = posted(visit, "sign_in"), visit.office
    blank = tuple(issue for issue in filled.issues if issue.code == "required")
    if blank:
        return _login_page(visit, filled, issues=blank, status=422)
    number = number_as_kept(office.forms, filled.value("id_number"))
    try:
        account = authenticate(visit, number, filled.value("password"))
    except LimitReached as reached:
        return _login_page(visit, filled, limit_banner(visit, reached), status=429)
    if account is None:
        return _login_page(visit, filled, problem(visit, "wrong_login"), status=422)
    return signed_in(visit, account.id, own_path(visit.posted("next"), office.after_login))


def sign_in_again(visit: Visit) -> Response:
    """The login with what was typed, because its token has run out."""
    return _login_page(visit, posted(visit, "sign_in"), problem(visit, "send_again"), status=403)


def sign_in_demo(visit: Visit) -> Response:
    """The shortcut of development: an invented person, without a password."""
    if visit.posted("person") not in {person for person, _, _ in visit.office.demo}:
        return see("/login")
    return signed_in(visit, visit.posted("person"), own_path(visit.posted("next"), visit.office.after_login))


def authenticate(visit: Visit, number: str, password: str) -> Account | None:
    """The account, if number and password are right; the try is counted before the work. Raises `LimitReached`."""
    office, subject = visit.office, visit.office.secret.index("login", number)
    with office.accounts.writing() as connection:
        limits.count(connection, limits.LOGIN_PLACE, visit.place, visit.now)
        limits.count(connection, limits.LOGIN, subject, visit.now)
        account = office.accounts.by_number(connection, number)
    if not office.passwords.fits(account.password if account else None, password):
        return None
    with office.accounts.writing() as connection:
        limits.forget(connection, limits.LOGIN, subject)
    return account


def signed_in(visit: Visit, account: str, path: str) -> RedirectResponse:
    """Ends the session there was in this browser, begins one of a new id, and leads on."""
    browser = visit.request.headers.get("user-agent", "")
    with visit.office.accounts.writing() as connection:
        if visit.session:
            sessions.end(connection, visit.session.account, visit.session.name)
        token = sessions.begin(connection, account, browser, visit.now)
    response = see(path)
    SESSION.give(visit.request, response, token)
    GUEST.take(visit.request, response)
    return response


def sign_out(visit: Visit) -> Response:
    """Ends the session in the database, not only in the browser."""
    if visit.session:
        with visit.office.accounts.writing() as connection:
            sessions.end(connection, visit.session.account, visit.session.name)
    response = see("/login?done=ended")
    SESSION.take(visit.request, response)
    return response


def show_forgotten(visit: Visit) -> Response:
    """The way back in for who has forgotten the password [S37]."""
    return _forgotten_page(visit, fill(visit, visit.office.forms["forgotten"], {}))


def forgotten(visit: Visit) -> Response:
    """Sends a code, or sets a new password."""
    filled = posted(visit, "forgotten")
    if visit.posted("_action") == CODE:
        return _send_code_if_known(visit, filled)
    if filled.issues:
        return _forgotten_page(visit, filled, issues=filled.issues, status=422)
    return _reset(visit, filled)


def forgotten_again(visit: Visit) -> Response:
    """The page with what was typed, because its token has run out."""
    return _forgotten_page(visit, posted(visit, "forgotten"), problem(visit, "send_again"), status=403)


def _send_code_if_known(visit: Visit, filled: Filled) -> Response:
    """Counts, looks up and makes a code for any number; only sends it, after the answer, where there is an account."""
    if issues := filled.issues_of("id_number"):
        return _forgotten_page(visit, filled, issues=issues, status=422)
    office, number = visit.office, number_as_kept(visit.office.forms, filled.value("id_number"))
    try:
        account, code = _code_for(visit, number)
    except LimitReached as reached:
        return _forgotten_page(visit, filled, limit_banner(visit, reached), status=429)
    response = _forgotten_page(visit, filled, Banner(visit.say("code_sent_if"), "success"))
    if account and code:
        response.background = BackgroundTask(office.sender.send, account.mobile, visit.say("sms", number=code))
    return response


def _code_for(visit: Visit, number: str) -> tuple[Account | None, str]:
    office, subject = visit.office, visit.office.secret.index("forgotten", number)
    with office.accounts.writing() as connection:
        limits.count(connection, limits.SENDING_PLACE, visit.place, visit.now)
        limits.check(connection, limits.FORGOTTEN_SOON, subject, visit.now)
        limits.count(connection, limits.FORGOTTEN, subject, visit.now)
        account = office.accounts.by_number(connection, number)
        try:
            code = office.codes.make(connection, Purpose.FORGOTTEN, _target(account, number), visit.now)
        except LimitReached:  # by codes for other purposes: to say so would tell that there is an account
            code = ""
    return account, code


def _reset(visit: Visit, filled: Filled) -> Response:
    office, number = visit.office, number_as_kept(visit.office.forms, filled.value("id_number"))
    try:
        with office.accounts.writing() as connection:
            limits.count(connection, limits.LOGIN_PLACE, visit.place, visit.now)
            limits.count(connection, limits.RESET, office.secret.index("reset", number), visit.now)
            account = office.accounts.by_number(connection, number)
    except LimitReached as reached:
        return _forgotten_page(visit, filled, limit_banner(visit, reached), status=429)
    right = is_right(visit, Purpose.FORGOTTEN, _target(account, number), filled.value("sms_code"))
    if account is None or not right:
        return _forgotten_page(visit, filled, issues=[wrong_code()], status=422)
    if is_like_own_numbers(account, filled.value("password")):
        alike = Issue("password_like_answer", "password")
        return _forgotten_page(visit, filled, issues=[alike], status=422)
    return _set_password(visit, account, filled)


def _set_password(visit: Visit, account: Account, filled: Filled) -> Response:
    """A new password, which ends every session there is."""
    office, code = visit.office, filled.value("sms_code")
    changed = replace(account, password=office.passwords.hash(filled.value("password")))
    with office.accounts.writing() as connection:
        if not office.codes.use(connection, Purpose.FORGOTTEN, account.mobile, code, visit.now):
            return _forgotten_page(visit, filled, issues=[wrong_code()], status=422)
        office.accounts.replace(connection, changed)
        sessions.end_all(connection, account.id)
        limits.forget(connection, limits.LOGIN, office.secret.index("login", account.number))
    return see("/login?done=password_reset")


def wrong_code() -> Issue:
    """Says nothing of why: wrong, too old, used, or tried too often."""
    return Issue("wrong_code", "sms_code", message=words.text("wrong_code"))


def _target(account: Account | None, number: str) -> str:
    return account.mobile if account else f"nobody {number}"


def _login_page(visit: Visit, filled: Filled, *banners: Banner, **more: Any) -> Response:
    language = visit.language
    following = own_path(visit.request.query_params.get("next") or visit.posted("next"), "")
    links = [Link(visit.say("forgotten"), "/forgotten"), Link(visit.say("register"), "/register")]
    look: dict[str, Any] = {
        "action": "/login",
        "hidden": {"next": following},
        "links": links,
        "demo": [(person, name.in_(language), about.in_(language)) for person, name, about in visit.office.demo],
        "following": following,
    }
    return form_page(visit, filled, *banners, **look, **more)


def _forgotten_page(visit: Visit, filled: Filled, *banners: Banner, **more: Any) -> Response:
    links = [Link(visit.say("sign_in"), "/login")]
    if visit.office.development:
        links.append(Link(visit.say("demo_code"), "/development/messages"))
    return form_page(visit, filled, *banners, code_after="id_number", links=links, **more)
