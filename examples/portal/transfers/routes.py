"""Every door of transfers and of continuing education, but for the forms' own."""

from examples.portal.transfers import arriving
from examples.portal.transfers.education import finish_course, show_courses
from examples.portal.web.doors import Access, Door

TRANSFER_ROUTES = (
    Door("GET", "/transfer/in", Access.ANYONE, arriving.show),
    Door("POST", "/transfer/in", Access.ANYONE, arriving.send, arriving.send_again),
    Door("GET", "/transfer/in/confirm", Access.ANYONE, arriving.show_confirm),
    Door("POST", "/transfer/in/confirm", Access.ANYONE, arriving.confirm, arriving.confirm_again),
    Door("GET", "/education", Access.PERSON, show_courses),
    Door("POST", "/education", Access.PERSON, finish_course),
)
