"""The button that asks for a code: made, counted, sent; where sending fails the person is told and may try again."""

from typing import Any

from starlette.responses import Response

from examples.portal.accounts import limits
from examples.portal.accounts.codes import Purpose
from examples.portal.accounts.model import LimitReached, ServiceDown
from examples.portal.web.pages import Filled, form_page, limit_banner, problem
from examples.portal.web.visit import Visit


def send_code(visit: Visit, purpose: Purpose, mobile: str) -> None:
    """Sends a code to a mobile; raises `LimitReached`, `ServiceDown`."""
    office = visit.office
    with office.accounts.writing() as connection:
        limits.count(connection, limits.SENDING_PLACE, visit.place, visit.now)
        code = office.codes.make(connection, purpose, mobile, visit.now)
    try:
        office.sender.send(mobile, visit.say("sms", number=code))
    except ServiceDown:
        with office.accounts.writing() as connection:
            office.codes.withdraw(connection, purpose, mobile)
        raise


def not_sent(visit: Visit, filled: Filled, error: LimitReached | ServiceDown, **more: Any) -> Response:
    """The page as it was typed, and why there is no code."""
    if isinstance(error, LimitReached):
        return form_page(visit, filled, limit_banner(visit, error), status=429, **more)
    return form_page(visit, filled, problem(visit, "code_not_sent"), status=503, **more)


def is_right(visit: Visit, purpose: Purpose, mobile: str, code: str) -> bool:
    """Whether it is the code sent to this mobile for this purpose; the try is counted for good."""
    with visit.office.accounts.writing() as connection:
        return visit.office.codes.judge(connection, purpose, mobile, code, visit.now)
