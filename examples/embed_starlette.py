"""A form in somebody's own Starlette application, behind their own login."""

import secrets
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from formkit import Form, load
from formkit.storage import DirectoryAttachments, open_store
from formkit.web import Person, form_app

HERE = Path(__file__).parent
USERS = {"ada": "Ada", "grace": "Grace"}


def make_app(data: Path) -> Starlette:
    """The application: a page of its own, its own login, and a form under `/survey`."""
    form = load(HERE / "embed_form.yaml")
    forms = form_app(
        {form.id: form},
        store=open_store(data / "answers.db"),
        attachments=DirectoryAttachments(data / "files"),
        who=signed_in,
        facts=known,
        secret=secrets.token_bytes(32),
    )
    return Starlette(routes=[Route("/", home), Route("/login/{user}", login), Mount("/survey", forms)])


def signed_in(request: Request) -> Person | None:
    """Who is asking: here, whoever the application's own cookie says."""
    user = request.cookies.get("user", "")
    return Person(user, USERS[user]) if user in USERS else None


def known(person: Person, _form: Form) -> dict[str, bool]:
    """The facts that the form's rules ask about."""
    return {"staff": person.id == "grace"}


async def home(_request: Request) -> Response:
    """A page of the application's own."""
    return HTMLResponse('<p><a href="/login/ada">Ada</a> <a href="/survey/survey">Survey</a></p>')


async def login(request: Request) -> Response:
    """A login as simple as can be; yours is better."""
    response = HTMLResponse('<p>Welcome. <a href="/survey/survey">Survey</a></p>')
    response.set_cookie("user", request.path_params["user"], httponly=True, samesite="lax")
    return response
