"""Registration on `forms/registration.yaml`: who needs it, who they are, mobile and password; then an account.

What is typed is kept between the pages, sealed and for an hour; the code and the passwords are not, and never shown.
Whether a number is known here or elsewhere is asked, and told, only to who has shown a mobile of their own.
"""

import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from starlette.responses import Response

from examples.portal import words
from examples.portal.accounts.codes import Purpose
from examples.portal.accounts.model import Account, LimitReached, NumberTaken, ServiceDown
from examples.portal.entrance.asking_codes import is_right, not_sent, send_code
from examples.portal.web.pages import (
    CODE,
    Filled,
    done_banners,
    fill,
    form_page,
    message_page,
    problem,
    see,
)
from examples.portal.web.visit import Visit
from formkit import Issue
from formkit.issues import Level
from formkit.renderers import Banner, Link
from formkit.validation import judge
from formkit.web.answers import answers_from_pairs
from formkit.wizard import CHECK, Path, path_with_issues

LAST = "account"
NEVER_KEPT = frozenset({"sms_code", "password", "password_repeat"})
_UNASKED: Mapping[str, bool] = MappingProxyType({"collected_elsewhere": False, "already_registered": False})
_QUESTIONS = ("does_accounting_work", "holds_qualification")
_PERSON = (
    *("name", "document_type", "id_number", "sex", "country", "birth_date", "mobile"),
    *_QUESTIONS,
)


def begin(visit: Visit) -> Response:
    """Where the person stopped."""
    return see(f"/register/{_reachable(_path(_stored(visit)))}")


def show(visit: Visit) -> Response:
    """A step, filled in as far as it is."""
    filled, step = _stored(visit), visit.request.path_params["step"]
    path = _path(filled)
    if not path.may_visit(step) or step == CHECK:
        return see(f"/register/{_reachable(path)}")
    return _page(visit, filled, step, *done_banners(visit))


def not_needed(visit: Visit) -> Response:
    """For who belongs to neither group: nothing to do, and no account [S13]."""
    back = Link(visit.say("summary_change"), "/register/eligibility")
    home = Link(visit.say("to_home"), "/")
    return message_page(visit, "not_needed", "notice", 200, home, back)


def send(visit: Visit) -> Response:
    """Keeps what was typed, and goes where the button leads."""
    step, action = visit.request.path_params["step"], visit.posted("_action")
    filled = _typed(visit, step)
    if not _path(filled).may_visit(step) or step == CHECK:
        return see(f"/register/{_reachable(_path(filled))}")
    _keep(visit, filled)
    if action == "refresh":
        return _page(visit, filled, step)
    if step == LAST:
        return _ask_code(visit, filled) if action == CODE else _finish(visit, filled)
    if all(filled.evaluation.values.get(name) is False for name in _QUESTIONS):
        return see("/register/not-needed")
    if issues := _errors_of(filled, step):
        return _page(visit, filled, step, issues=issues, status=422)
    return see(f"/register/{_following(filled, step)}")


def send_again(visit: Visit) -> Response:
    """The step as it was typed, whose token has run out."""
    step = visit.request.path_params["step"]
    filled = _typed(visit, step)
    if step not in filled.evaluation.visible_steps:
        return see("/register")
    return _page(visit, filled, step, problem(visit, "send_again"), status=403)


def _ask_code(visit: Visit, filled: Filled) -> Response:
    if issues := filled.issues_of("mobile"):
        return _page(visit, filled, LAST, issues=issues, status=422)
    try:
        send_code(visit, Purpose.REGISTER, filled.value("mobile"))
    except (LimitReached, ServiceDown) as error:
        return not_sent(visit, filled, error, **_look(visit, filled, LAST))
    return see(f"/register/{LAST}?done=code_sent#field-sms_code")


def _finish(visit: Visit, filled: Filled) -> Response:
    """Judges everything, the code last, for each look at it is a try; then asks what is known of the number."""
    mobile, code = filled.value("mobile"), filled.value("sms_code")
    if issues := _errors_of(filled, LAST):
        return _page(visit, filled, LAST, issues=issues, status=422)
    if not is_right(visit, Purpose.REGISTER, mobile, code):
        wrong = Issue("wrong_code", "sms_code", message=words.text("wrong_code"))
        return _page(visit, filled, LAST, issues=[wrong], status=422)
    try:
        known = _what_is_known(visit, filled.value("id_number"))
    except ServiceDown:
        return _page(visit, filled, LAST, problem(visit, "platform_down"), status=503)
    told = fill(visit, filled.form, filled.answers, known)
    if issues := _errors_of(told, "identity"):
        return _page(visit, told, "identity", issues=issues, status=422)
    return _open_account(visit, filled)


def _what_is_known(visit: Visit, number: str) -> dict[str, bool]:
    elsewhere = visit.office.national.collected_elsewhere(number)
    with visit.office.accounts.reading() as connection:
        here = visit.office.accounts.by_number(connection, number) is not None
    return {"collected_elsewhere": elsewhere, "already_registered": here}


def _open_account(visit: Visit, filled: Filled) -> Response:
    """Uses the code and makes the account, both or neither."""
    office, values = visit.office, judge(filled.evaluation).values
    person = {name: values[name] for name in _PERSON if name in values}
    password = office.passwords.hash(filled.value("password"))
    account = Account(secrets.token_hex(16), person, password, visit.now)
    try:
        with office.accounts.writing() as connection:
            code = filled.value("sms_code")
            if not office.codes.use(connection, Purpose.REGISTER, account.mobile, code, visit.now):
                wrong = Issue("wrong_code", "sms_code", message=words.text("wrong_code"))
                return _page(visit, filled, LAST, issues=[wrong], status=422)
            office.accounts.add(connection, account)
            office.accounts.end_registration(connection, visit.guest)
    except NumberTaken:  # somebody registered it just now
        told = fill(visit, filled.form, filled.answers, {**_UNASKED, "already_registered": True})
        return _page(visit, told, "identity", issues=_errors_of(told, "identity"), status=422)
    return see("/login?registered=1")


def _stored(visit: Visit) -> Filled:
    with visit.office.accounts.reading() as connection:
        answers = visit.office.accounts.registration(connection, visit.guest, visit.now)
    return fill(visit, visit.office.forms["registration"], answers, _UNASKED)


def _typed(visit: Visit, step: str) -> Filled:
    """The answers with those of a page over them; a blank where the number says the answer says nothing against it."""
    stored = _stored(visit)
    typed = answers_from_pairs(stored.form, step, visit.body.pairs)
    own = {name: value for name, value in typed.items() if stored.form.step_of.get(name) == step}
    filled = fill(visit, stored.form, {**stored.answers, **own}, _UNASKED)
    left = {name: value for name, value in filled.answers.items() if value or not _is_calculated(filled, name)}
    return filled if left == filled.answers else fill(visit, stored.form, left, _UNASKED)


def _keep(visit: Visit, filled: Filled) -> None:
    given = {name: value for name, value in filled.answers.items() if not _is_calculated(filled, name)}
    kept = {name: value for name, value in given.items() if name not in NEVER_KEPT}
    with visit.office.accounts.writing() as connection:
        visit.office.accounts.keep_registration(connection, visit.guest, kept, visit.now)


def _is_calculated(filled: Filled, name: str) -> bool:
    state = filled.evaluation.states.get(name)
    return state is not None and state.calculated


def _path(filled: Filled) -> Path:
    step_of = filled.form.step_of
    visited = {step_of[name] for name in filled.answers if name in step_of}
    return path_with_issues(filled.evaluation, filled.issues, visited)


def _reachable(path: Path) -> str:
    """The first step that is unfinished, else the last there is."""
    return path.steps[-1].id if path.first_unfinished == CHECK else path.first_unfinished


def _following(filled: Filled, step: str) -> str:
    path = _path(filled)
    following = path.after(step)
    return following if path.may_visit(following) else _reachable(path)


def _errors_of(filled: Filled, step: str) -> tuple[Issue, ...]:
    """What there is to say of a step, if any of it stands in the way."""
    step_of = filled.form.step_of
    found = tuple(issue for issue in filled.issues if step_of.get(issue.path, step) == step and issue.code != "hidden")
    return found if any(issue.level is Level.ERROR for issue in found) else ()


def _page(visit: Visit, filled: Filled, step: str, *banners: Banner, **more: Any) -> Response:
    return form_page(visit, filled, *banners, **_look(visit, filled, step), **more)


def _look(visit: Visit, filled: Filled, step: str) -> dict[str, Any]:
    path = _path(filled)
    before = path.before(step)
    look: dict[str, Any] = {
        "step": step,
        "action": f"/register/{step}",
        "path": path,
        "step_url": "/register/{step}",
        "back_url": f"/register/{before}" if before else "",
        "submit": "",
    }
    return look | (_last_look(visit, filled) if step == LAST else {})


def _last_look(visit: Visit, filled: Filled) -> dict[str, Any]:
    """The last page: the identity to be checked once more, for it cannot be changed later."""
    language, label = visit.language, filled.form.submission_label
    values = filled.evaluation.values
    identity = [
        (field.label.in_(language), field.type.format(values[field.id], language))
        for field in filled.form.steps_by_id["identity"].fields
        if values.get(field.id) is not None
    ]
    links = [Link(visit.say("demo_code"), "/development/messages")] if visit.office.development else []
    return {
        "summary": identity,
        "summary_url": "/register/identity",
        "code_after": "mobile",
        "submit": label.in_(language) if label else "",
        "links": links,
    }
