"""What answers at the public addresses."""

from starlette.responses import Response

from examples.portal.accounts.pages import draw
from examples.portal.accounts.visit import Visit
from examples.portal.public.contacts import contacts_of, read_contacts


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
