"""The portal as an application: everything it consists of, put together from its settings."""

from collections import ChainMap
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from examples.portal import migrations, words
from examples.portal.accounts.codes import Codes
from examples.portal.accounts.passwords import Passwords
from examples.portal.accounts.secret import Secret, secret_kept_in
from examples.portal.accounts.sending import DemoSender, Sender
from examples.portal.accounts.store import AccountStore
from examples.portal.entrance.routes import ENTRANCE_ROUTES
from examples.portal.exam.doors import exam_routes
from examples.portal.host import Host
from examples.portal.operation.health import health_routes
from examples.portal.operation.jobs import jobs_of
from examples.portal.operation.logs import RequestLog
from examples.portal.operation.loop import Loop
from examples.portal.people import demo_people, seed
from examples.portal.public import PUBLIC_ROUTES
from examples.portal.publishing import OF_RECORDS, REGISTRATION, published
from examples.portal.services.national import NationalClient, NationalPlatform
from examples.portal.services.opening import Services, open_services
from examples.portal.services.sms import HttpSender
from examples.portal.settings import Settings
from examples.portal.staff.routes import STAFF_ROUTES
from examples.portal.transfers.routes import TRANSFER_ROUTES
from examples.portal.web.doors import Door, not_found, routes_of
from examples.portal.web.office import Office, Policy
from formkit import Form, load
from formkit.compiler.calendars import load_calendar
from formkit.expressions import BUILT_IN
from formkit.registry import Registry
from formkit.renderers import DEFAULT_THEME, RENDERERS, HtmlRenderer, Renderer, Theme
from formkit.storage import Keys, keys_kept_in, open_attachments, open_store
from formkit.storage.contents import KeptContents
from formkit.storage.keys import read_keys
from formkit.storage.sql_store import SqlStore
from formkit.texts import Text
from formkit.web import form_app
from formkit.web.csrf import CsrfProtection
from formkit.web.headers import SecurityHeaders
from formkit.web.static_files import static_files

HERE = Path(__file__).parent
TEMPLATES = tuple(HERE / room / "templates" for room in ("", "entrance", "transfers", "staff"))
PLATFORM = Text({"zh": "广东省会计信息服务平台", "en": "Guangdong Accounting Information Service Platform"})
DOORS: tuple[Door, ...] = (*PUBLIC_ROUTES, *ENTRANCE_ROUTES, *TRANSFER_ROUTES, *STAFF_ROUTES)
"""Every way in, but for the forms' own."""


def portal_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sender: Sender | None = None,
    platform: NationalPlatform | None = None,
) -> Starlette:
    """The whole portal; senders and services other than the settings name may be passed in."""
    office = open_office(settings, clock=clock, sender=sender, platform=platform)
    if settings.development:
        seed(office, clock())
    forms = Mount("/forms", _forms_app(office))
    routes = [*routes_of(office, DOORS), exam_routes(office), *health_routes(office), forms]
    handlers: Any = {404: not_found(office), 405: not_found(office)}
    around = [Middleware(RequestLog), Middleware(SecurityHeaders)]
    app = Starlette(routes=routes, middleware=around, exception_handlers=handlers, lifespan=_lifespan(office))
    app.state.office = office
    return app


def _lifespan(office: Office) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """The loop runs for as long as the process serves; then the database and the connections are given back."""

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        loop = Loop(jobs_of(office), office.clock, office.settings.review_seconds)
        loop.start()
        yield
        await run_sync(loop.stop)
        office.close()

    return living


def open_office(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sender: Sender | None = None,
    platform: NationalPlatform | None = None,
) -> Office:
    """Opens what the settings name: database, attachments, forms, services."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys, secret = _keys(settings), _secret(settings)
    store = open_database(settings, keys)
    services = open_services(settings, clock)
    own = {path.stem: load(path) for path in sorted(HERE.glob("*/forms/*.yaml"))}
    policy = Policy(
        forms=published(settings, store, clock, OF_RECORDS),
        registration=published(settings, store, clock, REGISTRATION),
        calendar=load_calendar(settings.forms / "calendars" / "china.yaml"),
    )
    theme = _theme()
    return Office(
        settings=settings,
        secret=secret,
        store=store,
        files=_attachments(settings, keys),
        policy=policy,
        accounts=AccountStore(store),
        passwords=Passwords(),
        codes=Codes(secret),
        sender=sender or _sender(services),
        platform=platform or _platform(services),
        csrf=CsrfProtection(secret.csrf(), origins=[settings.origin] if settings.origin else []),
        forms=ChainMap(own, cast(dict[str, Form], policy.registration)),  # which is only read
        theme=theme,
        renderers=_renderers(theme),
        static=static_files(theme, own.values(), BUILT_IN.values()),
        clock=clock,
        name=PLATFORM,
        demo=[(one.id, one.name, one.about) for one in demo_people().values()] if settings.development else (),
        services=services,
    )


def open_database(settings: Settings, keys: Keys | None = None, *, migrating: bool = False) -> SqlStore:
    """The database, its tables and the portal's own made if it is new."""
    from formkit.storage import migrate

    url: str | Path = settings.database or settings.data / "portal.db"
    if migrating:
        migrate(url)
    store = open_store(url, keys=keys or _keys(settings))
    assert isinstance(store, SqlStore), "accounts live in the database beside the engine's tables"
    migrations.prepare(store, migrating=migrating)
    return store


def _keys(settings: Settings) -> Keys:
    text = settings.keys.get_secret_value()
    return read_keys(text) if text else keys_kept_in(settings.data / "keys")


def _secret(settings: Settings) -> Secret:
    given = settings.secret.get_secret_value()
    return Secret(settings.secret_bytes() if given else secret_kept_in(settings.data))


def _sender(services: Services) -> Sender:
    gateway = services.connections.get("sms")
    return HttpSender(gateway) if gateway else DemoSender()


def _platform(services: Services) -> NationalPlatform | None:
    national = services.connections.get("national")
    return NationalClient(national) if national else None


def _attachments(settings: Settings, keys: Keys) -> KeptContents:
    return open_attachments(settings.attachments or settings.data / "attachments", keys=keys)


def _renderers(theme: Theme) -> Registry[Renderer]:
    own = {"html": HtmlRenderer(theme, "account_step.html"), "staff_file": HtmlRenderer(theme, "staff_file.html")}
    return RENDERERS.extended(own)


def _theme() -> Theme:
    theme = DEFAULT_THEME
    for folder in TEMPLATES:
        theme = Theme(folder, theme)
    theme.environment.globals["tell"] = words.say
    return theme


def _forms_app(office: Office) -> Starlette:
    host = Host(office)
    return form_app(
        office.policy.forms,
        store=office.store,
        attachments=office.files,
        who=host.who,
        facts=host.facts,
        secret=office.secret.csrf(),
        clock=office.clock,
        login_url="/login",
        home_url="/",
        platform=PLATFORM,
        menu=host.menu,
        calendar=office.policy.calendar,
        bar=host.bar,
        on_transition=host.on_transition,
        origins=[office.settings.origin] if office.settings.origin else [],
    )
