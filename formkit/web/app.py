"""`form_app`: forms as an ASGI application, to be mounted under any path of any other."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from inspect import isawaitable, iscoroutinefunction
from pathlib import Path

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from formkit.calendars import WorkingDays
from formkit.compiler import load_all
from formkit.editions import FixedForms, Forms
from formkit.expressions import BUILT_IN, RuleFunction
from formkit.form import Form, Transition
from formkit.records.images import DEFAULT_JUDGE
from formkit.records.model import Record
from formkit.records.store import AttachmentStore, Store
from formkit.registry import Registry
from formkit.renderers import DEFAULT_THEME, RENDERERS, HtmlRenderer, Link, Renderer, Theme
from formkit.renderers.print import PrintRenderer
from formkit.texts import Text
from formkit.web.bodies import BodyLimits, FileLimit, FormBody, read_form
from formkit.web.csrf import TOKEN_FIELD, TOKEN_HEADER, CsrfProtection, CsrfRefused
from formkit.web.headers import SecurityHeaders
from formkit.web.incoming import DEFAULT_LIMITS
from formkit.web.look import SiteTheme
from formkit.web.problems import CsrfFailed, answer
from formkit.web.reading import thumbnails
from formkit.web.routes import PATHS, ROUTES, Access, Door
from formkit.web.site import Bar, Facts, Menu, OnTransition, Person, Site, Who
from formkit.web.static_files import static_files
from formkit.web.visit import LANGUAGE_COOKIE, Addresses, NotSignedIn, Visit, language_of, offered_languages, session_of
from formkit.web.work import form_of_draft

_RUN_OUT = frozenset({"csrf_token_missing", "csrf_token_wrong"})
_PLATFORM = Text({"zh": "网上办事", "en": "Online services"})


def _now() -> datetime:
    return datetime.now(UTC)


def _no_menu(_request: Request, _person: Person | None, _language: str) -> Sequence[Link]:
    return ()


def _no_bar(_person: Person, _form: Form) -> Text | None:
    return None


def _no_call(_person: Person, _form: Form, _record: Record, _transition: Transition) -> None:
    return None


def form_app(
    forms: Forms | Mapping[str, Form] | Path | str,
    *,
    store: Store,
    attachments: AttachmentStore,
    who: Who,
    facts: Facts,
    secret: bytes,
    clock: Callable[[], datetime] = _now,
    login_url: str | None = None,
    home_url: str | None = None,
    limits: BodyLimits = DEFAULT_LIMITS,
    theme: Theme = DEFAULT_THEME,
    platform: Text = _PLATFORM,
    menu: Menu = _no_menu,
    origins: Sequence[str] = (),
    functions: Registry[RuleFunction] = BUILT_IN,
    calendar: WorkingDays | None = None,
    bar: Bar = _no_bar,
    on_transition: OnTransition = _no_call,
) -> Starlette:
    """An application that serves forms: pages, uploads, records.

    `forms` are forms by id, a folder of form files, or the published `Editions` of a store. `who` says who is asking,
    by the host's own login; `facts`, what is known of them. `secret` (32 bytes or more) signs the tokens of the pages.
    With `login_url`, nobody is sent there with `?next=`. `origins` are the site's own, where a proxy changes the Host
    it forwards. `functions` are the rule functions the forms were loaded with. `calendar` counts the working days of
    their workflows; `bar` says why somebody may not change anything just now, and `on_transition` is told before a
    person takes a transition.
    """
    loaded = load_all(forms, functions=functions) if isinstance(forms, str | Path) else forms
    served = loaded if isinstance(loaded, Forms) else FixedForms(loaded)
    own_theme = SiteTheme(fallback=theme)
    site = Site(
        forms=served,
        store=store,
        attachments=attachments,
        who=who,
        facts=facts,
        clock=clock,
        csrf=CsrfProtection(secret, origins=origins),
        theme=own_theme,
        renderers=_renderers(own_theme),
        static=static_files(own_theme, served.values(), functions.values()),
        limits=limits,
        images=DEFAULT_JUDGE,
        thumbnail=thumbnails(attachments, DEFAULT_JUDGE),
        platform=platform,
        login_url=login_url,
        home_url=home_url,
        menu=menu,
        calendar=calendar,
        bar=bar,
        on_transition=on_transition,
    )
    routes = [Route(door.path, _endpoint(site, door), methods=[door.method], name=door.name) for door in ROUTES]
    handlers = {HTTPException: _problem_handler(site)}
    app = Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)], exception_handlers=handlers)  # type: ignore[arg-type]
    app.state.static_version = site.static.version
    return app


def _renderers(theme: Theme) -> Registry[Renderer]:
    """The pages of a step and of a check, of a record, and a record on paper."""
    own = {"html": HtmlRenderer(theme), "record": HtmlRenderer(theme, "record_page.html")}
    return RENDERERS.extended({**own, "print": PrintRenderer(theme)})


def static_path(app: Starlette) -> str:
    """Where, below its mount, the application serves the styles and scripts, for pages of the host in the same look."""
    return PATHS["static"].format(version=app.state.static_version, file="").rstrip("/")


def _endpoint(site: Site, door: Door) -> Callable[[Request], object]:
    async def serve(request: Request) -> Response:
        person = None
        try:
            person = await _caller(site, request) if door.name != "static" else None
            return await _served(site, door, request, person)
        except Exception as error:
            return await run_sync(answer, _visit(site, request, person), error)

    async def with_language(request: Request) -> Response:
        response = await serve(request)
        _remember_language(site, request, response)
        return response

    return with_language


async def _served(site: Site, door: Door, request: Request, person: Person | None) -> Response:
    if door.access is not Access.ANYONE and person is None:
        raise NotSignedIn
    if door.method == "GET":
        return await run_sync(door.handler, _visit(site, request, person))
    form = await run_sync(form_of_draft, _visit(site, request, person))
    with await read_form(request, limits=site.limits, on_file=_file_limit(form)) as body:
        visit = _visit(site, request, person, body)
        refused = _csrf_refused(visit)
        if refused is None:
            return await run_sync(door.handler, visit)
        ours = request.headers.get("sec-fetch-site") == "same-origin"
        if door.again is not None and ours and refused.code in _RUN_OUT:
            return await run_sync(door.again, visit)
        raise CsrfFailed(refused)


async def _caller(site: Site, request: Request) -> Person | None:
    if iscoroutinefunction(site.who):
        return await site.who(request)  # type: ignore[no-any-return]
    found = await run_sync(site.who, request)
    return await found if isawaitable(found) else found


def _csrf_refused(visit: Visit) -> CsrfRefused | None:
    token = visit.headers.get(TOKEN_HEADER) or visit.body.first(TOKEN_FIELD)
    return visit.site.csrf.check(visit.request.method, visit.headers, session_of(visit.person), token)


def _visit(site: Site, request: Request, person: Person | None = None, body: FormBody | None = None) -> Visit:
    root = str(request.scope.get("root_path", "")).rstrip("/")
    addresses = Addresses(root, PATHS)
    return Visit(site, request, addresses, language_of(site, request), site.clock(), person, body or FormBody())


def _file_limit(form: Form | None) -> FileLimit:
    """Each field's own limit, so that a larger file is dropped while it streams and the rest of the page is kept."""

    def limit(name: str, filename: str) -> int | None:  # noqa: ARG001 - the shape of FileLimit
        field = form.field_at(name) if form and name.count(".") <= 2 else None
        return getattr(field.type, "max_size", None) if field else None

    return limit


def _remember_language(site: Site, request: Request, response: Response) -> None:
    chosen = request.query_params.get("lang")
    if chosen in offered_languages(site, request) and request.method == "GET":
        response.set_cookie(
            LANGUAGE_COOKIE,
            str(chosen),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )


def _problem_handler(site: Site) -> Callable[[Request, Exception], object]:
    async def handle(request: Request, error: Exception) -> Response:
        return await run_sync(answer, _visit(site, request, await _known_caller(site, request)), error)

    return handle


async def _known_caller(site: Site, request: Request) -> Person | None:
    """Who is asking, for a page that tells of a problem: it is told even where the host's login fails."""
    with suppress(Exception):
        return await _caller(site, request)
    return None
