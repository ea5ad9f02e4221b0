"""Every door of the staff, and to whose part it opens."""

from examples.portal.staff import (
    colleagues,
    exporting,
    figures,
    opening,
    reviewing,
    searching,
    signing_in,
    transferring,
)
from examples.portal.web.doors import Access, Door

STAFF_ROUTES = (
    Door("GET", "/staff", Access.STAFF, signing_in.show_home),
    Door("GET", "/staff/login", Access.ANYONE, signing_in.show_login),
    Door("POST", "/staff/login", Access.ANYONE, signing_in.sign_in, signing_in.sign_in_again),
    Door("POST", "/staff/logout", Access.STAFF, signing_in.sign_out),
    Door("GET", "/staff/password", Access.STAFF, signing_in.show_password),
    Door("POST", "/staff/password", Access.STAFF, signing_in.change_password),
    Door("GET", "/staff/colleagues", Access.CITY, colleagues.show_colleagues),
    Door("POST", "/staff/colleagues", Access.CITY, colleagues.add_colleague),
    Door("POST", "/staff/colleagues/access", Access.CITY, colleagues.set_disabled),
    Door("GET", "/staff/search", Access.STAFF, searching.show_search),
    Door("POST", "/staff/search", Access.STAFF, searching.search),
    Door("POST", "/staff/files/export", Access.DEPARTMENT, exporting.export_files),
    Door("GET", "/staff/files/{record}", Access.DEPARTMENT, opening.show_file),
    Door("POST", "/staff/files/{record}", Access.DEPARTMENT, opening.open_file),
    Door("GET", "/staff/files/{record}/attachments/{file}", Access.DEPARTMENT, opening.show_attachment),
    Door("POST", "/staff/files/{record}/transitions/{transition}", Access.DEPARTMENT, reviewing.decide),
    Door("GET", "/staff/reviews", Access.DEPARTMENT, reviewing.show_reviews),
    Door("GET", "/staff/transfers", Access.DEPARTMENT, transferring.show_transfers),
    Door("GET", "/staff/figures", Access.DEPARTMENT, figures.show_figures),
    Door("POST", "/staff/figures/export", Access.DEPARTMENT, exporting.export_figures),
)
