"""The pages everybody may read: the notice, whom to ask, and what there is to know of transfers."""

from examples.portal.public.pages import show_contacts, show_home, show_notice, show_transfer
from examples.portal.web.doors import Access, Door

PUBLIC_ROUTES = (
    Door("GET", "/", Access.ANYONE, show_home),
    Door("GET", "/notice", Access.ANYONE, show_notice),
    Door("GET", "/contacts", Access.ANYONE, show_contacts),
    Door("GET", "/transfer", Access.ANYONE, show_transfer),
)
