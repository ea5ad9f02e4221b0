"""The pages everybody may read: the notice, whom to ask, and what there is to know of transfers."""

from examples.portal.accounts.routes import Access, Door
from examples.portal.public.pages import show_contacts, show_notice, show_transfer

PUBLIC_ROUTES = (
    Door("GET", "/notice", Access.ANYONE, show_notice),
    Door("GET", "/contacts", Access.ANYONE, show_contacts),
    Door("GET", "/transfer", Access.ANYONE, show_transfer),
)
