"""The portal: an entry page, a demonstration login, and the collection form mounted under `/forms`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from examples.portal.people import DemoPerson, demo_people
from examples.portal.sessions import Sessions, secret_in
from formkit import Form, Page, load
from formkit.locales import HTML_LANGUAGE
from formkit.records.service import records_of
from formkit.records.store import Store
from formkit.renderers import DEFAULT_THEME, Link, Theme
from formkit.renderers.html import words_of
from formkit.storage import DirectoryAttachments, open_store
from formkit.texts import LANGUAGES, Text, best_language
from formkit.web import LANGUAGE_COOKIE, Person, form_app, static_path
from formkit.web.bodies import BodyRefused, read_form
from formkit.web.csrf import TOKEN_FIELD, CsrfProtection
from formkit.web.headers import SecurityHeaders

HERE = Path(__file__).parent
FORMS = HERE.parent.parent / "forms"
PLATFORM = Text({"zh": "广东省会计信息服务平台", "en": "Guangdong Accounting Information Service Platform"})
SIGN_IN = Text({"zh": "登录", "en": "Sign in"})
SWITCH = Text({"zh": "切换身份", "en": "Switch person"})
LANGUAGE_NAMES = {"zh": "简体中文", "en": "English"}
_LOGIN = "login"


@dataclass(frozen=True)
class Portal:
    """What the portal's own pages need."""

    store: Store
    form: Form
    sessions: Sessions
    csrf: CsrfProtection
    theme: Theme
    static_url: str = ""

    def who(self, request: Request) -> Person | None:
        """The demonstration person who is signed in."""
        found = self.sessions.read(request)
        demo = demo_people().get(found[0]) if found else None
        return Person(demo.id, demo.name.in_(_language(request)), found[1]) if demo and found else None

    def facts(self, person: Person, form: Form) -> Mapping[str, Any]:
        """What registration knows of a person, and whether they were collected before."""
        collected = bool(records_of(self.store, owner=person.id, form=form.id))
        return {**demo_people()[person.id].facts, "collected": collected}

    async def home(self, request: Request) -> Response:
        """The entry page."""
        language = _language(request)
        summary = self.form.summary.in_(language) if self.form.summary else ""
        names = {"title": self.form.title.in_(language), "summary": summary, "url": f"/forms/{self.form.id}"}
        return self._page(request, "home.html", names)

    async def login(self, request: Request) -> Response:
        """The page on which a demonstration person is chosen."""
        return self._login_page(request)

    async def sign_in(self, request: Request) -> Response:
        """Signs somebody in, or out where nobody is chosen."""
        try:
            body = await read_form(request)
        except BodyRefused as refused:
            return self._login_page(request, refused.status)
        body.close()
        chosen, following, token = body.first("person"), body.first("next") or "/", body.first(TOKEN_FIELD)
        if self.csrf.check("POST", request.headers, _LOGIN, token):
            return self._login_page(request, 403)
        response = RedirectResponse(_own_path(following), 303)
        if chosen in demo_people():
            self.sessions.begin(response, str(chosen), secure=request.url.scheme == "https")
        else:
            self.sessions.end(response)
        return response

    def menu(self, _request: Request, person: Person | None, language: str) -> Sequence[Link]:
        """What stands at the top of every page."""
        return (Link((SWITCH if person else SIGN_IN).in_(language), "/login"),)

    def _login_page(self, request: Request, status: int = 200) -> Response:
        language = _language(request)
        people: list[DemoPerson] = list(demo_people().values())
        following = _own_path(request.query_params.get("next", "/"))
        return self._page(request, "login.html", {"people": people, "next": following, "lang": language}, status)

    def _page(self, request: Request, template: str, names: Mapping[str, Any], status: int = 200) -> Response:
        language, person = _language(request), self.who(request)
        page = Page(
            csrf_token=self.csrf.token(_LOGIN),
            static_url=self.static_url,
            site_title=PLATFORM.in_(language),
            home_url="/",
            user=person.name if person else "",
            menu=self.menu(request, person, language),
            languages=[
                Link(LANGUAGE_NAMES[one], f"?lang={one}", one == language, HTML_LANGUAGE[one]) for one in LANGUAGES
            ],
            script=False,
        )
        html = self.theme.environment.get_template(template).render(
            words_of(language), page=page, language=language, html_language=HTML_LANGUAGE[language], **names
        )
        response = HTMLResponse(html, status)
        if request.query_params.get("lang") in LANGUAGES:
            secure = request.url.scheme == "https"
            response.set_cookie(LANGUAGE_COOKIE, language, httponly=True, samesite="lax", secure=secure)
        return response


def portal_app(data: Path) -> Starlette:
    """The whole portal, with everything it keeps in one folder."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret, store = secret_in(data), open_store(data / "portal.db")
    form = load(FORMS / "accountant_collection.yaml")
    theme = Theme(HERE / "templates", DEFAULT_THEME)
    portal = Portal(store, form, Sessions(secret), CsrfProtection(secret), theme)
    forms = form_app(
        {form.id: form},
        store=store,
        attachments=DirectoryAttachments(data / "attachments"),
        who=portal.who,
        facts=portal.facts,
        secret=secret,
        login_url="/login",
        home_url="/",
        platform=PLATFORM,
        menu=portal.menu,
    )
    portal = Portal(store, form, portal.sessions, portal.csrf, theme, f"/forms{static_path(forms)}")
    routes = [
        Route("/", portal.home),
        Route("/login", portal.login),
        Route("/login", portal.sign_in, methods=["POST"]),
        Mount("/forms", forms),
    ]
    return Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)])


def _language(request: Request) -> str:
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in LANGUAGES:
            return str(chosen)
    return best_language(LANGUAGES, request.headers.get("accept-language", ""))


def _own_path(url: str) -> str:
    """A path of this portal; nobody is sent elsewhere."""
    own = url.startswith("/") and not url.startswith("//") and "\\" not in url and url.isprintable()
    return url if own else "/"
