"""What answers at the public addresses."""

from starlette.responses import Response

from examples.portal.public.contacts import contacts_of, read_contacts
from examples.portal.web.pages import draw
from examples.portal.web.visit import Visit


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
    return draw(visit, "transfer.html")
