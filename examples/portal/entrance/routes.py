"""Every door of the accounts."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from examples.portal.accounts.sending import DemoSender
from examples.portal.entrance import own_account, registration, signing_in
from examples.portal.web.doors import Access, Door
from examples.portal.web.office import Office
from examples.portal.web.pages import draw
from examples.portal.web.visit import Visit
from formkit.web.static_files import StaticFile, edition_stylesheet


def show_messages(visit: Visit) -> Response:
    """The development page with the messages the demonstration's sender would have sent."""
    sender = visit.office.sender
    return draw(visit, "messages.html", messages=sender.messages if isinstance(sender, DemoSender) else ())


def show_static(visit: Visit) -> Response:
    """A style or script; its address changes with its content."""
    static, named = visit.office.static, visit.request.path_params
    found = static.files.get(named["file"]) or _form_stylesheet(visit.office, named["file"])
    if found is None or named["version"] != static.version:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Type": found.media_type}
    return Response(found.content, headers=headers)


def _form_stylesheet(office: Office, name: str) -> StaticFile | None:
    found = (edition_stylesheet(forms, name) for forms in (office.policy.registration, office.policy.forms))
    return next(filter(None, found), None)


ENTRANCE_ROUTES = (
    Door("GET", "/login", Access.ANYONE, signing_in.show_login),
    Door("POST", "/login", Access.ANYONE, signing_in.sign_in, signing_in.sign_in_again),
    Door("POST", "/login/demo", Access.DEVELOPMENT, signing_in.sign_in_demo),
    Door("POST", "/logout", Access.ANYONE, signing_in.sign_out),
    Door("GET", "/forgotten", Access.ANYONE, signing_in.show_forgotten),
    Door("POST", "/forgotten", Access.ANYONE, signing_in.forgotten, signing_in.forgotten_again),
    Door("GET", "/register", Access.ANYONE, registration.begin),
    Door("GET", "/register/not-needed", Access.ANYONE, registration.not_needed),
    Door("GET", "/register/{step}", Access.ANYONE, registration.show),
    Door("POST", "/register/{step}", Access.ANYONE, registration.send, registration.send_again),
    Door("GET", "/account", Access.PERSON, own_account.show_account),
    Door("POST", "/account/sessions", Access.PERSON, own_account.end_sessions),
    Door("GET", "/account/password", Access.PERSON, own_account.show_password),
    Door("POST", "/account/password", Access.PERSON, own_account.change_password),
    Door("GET", "/account/mobile", Access.PERSON, own_account.show_mobile),
    Door("POST", "/account/mobile", Access.PERSON, own_account.change_mobile),
    Door("GET", "/development/messages", Access.DEVELOPMENT, show_messages),
    Door("GET", "/static/{version}/{file}", Access.ANYONE, show_static),
)
