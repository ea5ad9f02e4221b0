"""继续教育: a person's courses, kept by another service; only looked at while a transfer is under way [S109]."""

from starlette.responses import Response

from examples.portal.accounts.model import ServiceDown
from examples.portal.services.education import is_open
from examples.portal.services.refusals import Refused
from examples.portal.transfers.standing import reason_to_wait, standing_of
from examples.portal.web.pages import draw, message_page, problem, see
from examples.portal.web.visit import Visit
from formkit.renderers import Banner


def show_courses(visit: Visit) -> Response:
    """The courses, and what they lock."""
    account = visit.account
    assert account is not None, "the door opens only to who is signed in"
    waiting = reason_to_wait(standing_of(visit.office, account.id))
    banners = [Banner(visit.say("education.finished"), "success")] if "finished" in visit.request.query_params else []
    if waiting:
        banners.append(Banner(waiting.in_(visit.language), "warning"))
    try:
        courses = visit.office.education.courses(account.number)
    except ServiceDown:
        banner = problem(visit, "education.down")
        return draw(visit, "courses.html", *banners, banner, status=503, courses=(), down=True, may_finish=False)
    if is_open(courses):
        banners.append(Banner(visit.say("education.open"), "notice"))
    return draw(visit, "courses.html", *banners, courses=courses, down=False, may_finish=waiting is None)


def finish_course(visit: Visit) -> Response:
    """Finishes a course; the lock on the division goes with it, and no form is changed for that [S102]."""
    account = visit.account
    assert account is not None, "the door opens only to who is signed in"
    waiting = reason_to_wait(standing_of(visit.office, account.id))
    if waiting:
        return message_page(visit, "refused_now", "warning", 409, text=waiting.in_(visit.language))
    try:
        visit.office.education.finish(account.number, visit.posted("course")[:64])
    except Refused:
        return see("/education")
    return see("/education?finished=1")
