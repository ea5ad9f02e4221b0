"""Every door of the application: method, path, name, and who may open it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from starlette.exceptions import HTTPException
from starlette.responses import Response

from formkit.web.arriving import move, show_edition
from formkit.web.beginning import discard, show_form, show_forms, start
from formkit.web.checking import send_check, show_check
from formkit.web.history import show_history
from formkit.web.paper import send_pdf
from formkit.web.process import show_transition, take
from formkit.web.reading import change, print_record, show_file, show_record, show_thumbnail
from formkit.web.receiving import upload
from formkit.web.static_files import edition_stylesheet
from formkit.web.steps import ask_again, autosave, resume, send_step, show_step
from formkit.web.visit import Visit


class Access(StrEnum):
    """Who may open a door: anyone; a person who is signed in; of a thing of somebody's, its owner alone."""

    ANYONE = "anyone"
    PERSON = "person"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Door:
    """One way into the application.

    Where a page's token has run out, `again` shows the page once more with what was typed, if there is one.
    """

    method: str
    path: str
    name: str
    access: Access
    handler: Callable[[Visit], Response]
    again: Callable[[Visit], Response] | None = None


def show_static(visit: Visit) -> Response:
    """A style or script; its address changes with its content."""
    static = visit.site.static
    name = visit.param("file")
    found = static.files.get(name) or edition_stylesheet(visit.site.forms, name)
    if found is None or visit.param("version") != static.version:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Type": found.media_type}
    return Response(found.content, headers=headers)


_DRAFT = "/{form}/drafts/{draft}"
_RECORD = "/{form}/records/{record}"

ROUTES = (
    Door("GET", "/", "forms", Access.ANYONE, show_forms),
    Door("GET", "/static/{version}/{file}", "static", Access.ANYONE, show_static),
    Door("GET", "/{form}", "form", Access.PERSON, show_form),
    Door("POST", "/{form}", "start", Access.PERSON, start),
    Door("GET", _DRAFT, "draft", Access.OWNER, resume),
    Door("GET", f"{_DRAFT}/edition", "edition", Access.OWNER, show_edition),
    Door("POST", f"{_DRAFT}/edition", "move", Access.OWNER, move),
    Door("POST", f"{_DRAFT}/discard", "discard", Access.OWNER, discard),
    Door("GET", f"{_DRAFT}/steps/check", "check", Access.OWNER, show_check),
    Door("POST", f"{_DRAFT}/steps/check", "submit", Access.OWNER, send_check),
    Door("GET", f"{_DRAFT}/steps/{{step}}", "step", Access.OWNER, show_step),
    Door("POST", f"{_DRAFT}/steps/{{step}}", "send", Access.OWNER, send_step, ask_again),
    Door("POST", f"{_DRAFT}/steps/{{step}}/autosave", "autosave", Access.OWNER, autosave),
    Door("POST", f"{_DRAFT}/steps/{{step}}/upload", "upload", Access.OWNER, upload),
    Door("GET", _RECORD, "record", Access.OWNER, show_record),
    Door("GET", f"{_RECORD}/print", "print", Access.OWNER, print_record),
    Door("GET", f"{_RECORD}/pdf", "pdf", Access.OWNER, send_pdf),
    Door("GET", f"{_RECORD}/history", "history", Access.OWNER, show_history),
    Door("POST", f"{_RECORD}/change", "change", Access.OWNER, change),
    Door("GET", f"{_RECORD}/transitions/{{transition}}", "transition", Access.OWNER, show_transition),
    Door("POST", f"{_RECORD}/transitions/{{transition}}", "take", Access.OWNER, take),
    Door("GET", "/{form}/files/{file}", "file", Access.OWNER, show_file),
    Door("GET", "/{form}/thumbnails/{file}", "thumbnail", Access.OWNER, show_thumbnail),
)
PATHS = {door.name: door.path for door in ROUTES}
