"""The last page: all answers to be checked, and the one submission."""

from functools import partial

from starlette.responses import HTMLResponse, Response

from formkit.issues import Issue
from formkit.records.model import Answers
from formkit.records.service import submit
from formkit.records.store import DraftConflict, StoreUnavailable
from formkit.renderers import Banner, Message
from formkit.renderers.page import Link
from formkit.validation import validate
from formkit.web.look import draw_message, paragraphs
from formkit.web.steps import posted_version, step_page, unavailable_page
from formkit.web.visit import Visit
from formkit.web.work import Work, open_work
from formkit.wizard import CHECK

_TOKEN_LENGTH = 64
"""What a page's own token has is half of this; a longer one is nobody's, and a column is not made for it."""


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
        submission = submit(
            visit.site.store,
            work.form,
            work.draft.id,
            owner=visit.person.id,
            token=visit.posted("_token")[:_TOKEN_LENGTH],
            judge=partial(_judge, work),
            now=visit.now,
            version=posted_version(visit),
        )
    except DraftConflict:
        return _moved_on(work)
    except StoreUnavailable:
        return unavailable_page(work, CHECK, work.stored)
    if submission.record is None:
        return _check_page(work, submission.issues, status=422)
    done = "same" if work.is_change and submission.revision is None and not submission.repeated else "done"
    return visit.redirect("record", {done: "1"}, record=submission.record.id)


def _judge(work: Work, answers: Answers, /, *, record: Answers | None):  # type: ignore[no-untyped-def]
    return validate(work.form, answers, record=record, facts=work.facts, today=work.visit.today)


def _check_page(work: Work, issues: tuple[Issue, ...], *, status: int = 200) -> HTMLResponse:
    banners = [Banner(work.visit.say("change_not_sent_yet"))] if work.is_change else []
    return step_page(work, CHECK, work.stored, issues, banners=banners, status=status)


def _moved_on(work: Work) -> Response:
    visit = work.visit
    link = Link(visit.say("check_again"), visit.to("step", draft=work.draft.id, step=CHECK))
    message = Message(visit.say("moved_on.title"), paragraphs(visit.say("moved_on")), "warning", (link,))
    return draw_message(visit, message, 409)
