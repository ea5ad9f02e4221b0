"""What answers at the public addresses."""

from starlette.responses import Response

from examples.portal.public.contacts import contacts_of, read_contacts
from examples.portal.web.pages import draw
from examples.portal.web.visit import ZONE, Visit

_REVIEW = 2
"""Working days that a review may take at either place [S115, S127]."""


def show_home(visit: Visit) -> Response:
    """The entry page."""
    form, language = visit.office.policy.collection, visit.language
    summary = form.summary.in_(language) if form.summary else ""
    return draw(visit, "home.html", title=form.title.in_(language), summary=summary, url=visit.office.after_login)


def show_notice(visit: Visit) -> Response:
    """The notice of 26 May 2023."""
    return draw(visit, "notice.html")


def show_contacts(visit: Visit) -> Response:
    """The contacts, all or those of `?district=`."""
    contacts = read_contacts()
    district = visit.request.query_params.get("district", "")
    shown = contacts_of(district, contacts)
    districts = [one for one in contacts if one.division]
    return draw(visit, "contacts.html", contacts=shown, districts=districts, district=district)


def show_transfer(visit: Visit) -> Response:
    """How somebody moves to another province or comes from one."""
    calendar, day = visit.office.policy.calendar, visit.now.astimezone(ZONE).date()
    reviewed = calendar.after(day, _REVIEW)
    both = calendar.after(reviewed, _REVIEW) if reviewed else None
    return draw(
        visit, "transfer.html", reviewed=reviewed, both=both, leave_url=f"/forms/{visit.office.policy.transfer_out.id}"
    )
