"""The last page: all answers to be checked, and the one submission."""

from starlette.responses import HTMLResponse, Response

from formkit.issues import Issue
from formkit.records.store import DraftConflict, StoreUnavailable
from formkit.renderers import Banner, Message
from formkit.renderers.page import Link
from formkit.web.look import draw_message, paragraphs
from formkit.web.steps import posted_version, step_page, unavailable_page
from formkit.web.visit import Visit
from formkit.web.work import Work, open_work, record_page, submit_work
from formkit.wizard import CHECK


def show_check(visit: Visit) -> Response:
    """All answers, each with a way back to it."""
    work = open_work(visit)
    if not work.stored.path.may_visit(CHECK):
        return visit.redirect("step", draft=work.draft.id, step=work.stored.path.first_unfinished)
    return _check_page(work, work.stored.told)


def send_check(visit: Visit) -> Response:
    """Submits, exactly once: a double click, a second tab and a repeated request all lead to the same record."""
    work = open_work(visit)
    if not work.stored.path.may_visit(CHECK):
        return visit.redirect("step", draft=work.draft.id, step=work.stored.path.first_unfinished)
    try:
        submission = submit_work(work, posted_version(visit))
    except DraftConflict:
        return _moved_on(work)
    except StoreUnavailable:
        return unavailable_page(work, CHECK, work.stored)
    if submission.record is None:
        return _check_page(work, submission.issues, status=422)
    return record_page(work, submission)


def _check_page(work: Work, issues: tuple[Issue, ...], *, status: int = 200) -> HTMLResponse:
    banners = [Banner(work.visit.say("change_not_sent_yet"))] if work.is_change else []
    return step_page(work, CHECK, work.stored, issues, banners=banners, status=status)


def _moved_on(work: Work) -> Response:
    visit = work.visit
    link = Link(visit.say("check_again"), visit.to("step", draft=work.draft.id, step=CHECK))
    message = Message(visit.say("moved_on.title"), paragraphs(visit.say("moved_on")), "warning", (link,))
    return draw_message(visit, message, 409)
