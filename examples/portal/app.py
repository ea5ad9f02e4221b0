"""The portal: an entry page, accounts, and the collection form mounted under `/forms`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount

from examples.portal.accounts import words
from examples.portal.accounts.codes import Codes
from examples.portal.accounts.keys import Keys
from examples.portal.accounts.national import NationalPlatform, StandInPlatform
from examples.portal.accounts.pages import draw, menu
from examples.portal.accounts.passwords import Passwords
from examples.portal.accounts.routes import ROUTES, Access, Door, not_found, routes_of
from examples.portal.accounts.sending import DemoSender, Sender
from examples.portal.accounts.store import AccountStore
from examples.portal.accounts.visit import Office, Visit, visit_of
from examples.portal.people import demo_people, is_education_open, seed
from examples.portal.public import PUBLIC_ROUTES
from examples.portal.secret import secret_in
from examples.portal.settings import Settings, SettingsInvalid
from formkit import Form, load
from formkit.expressions import BUILT_IN
from formkit.records.service import records_of
from formkit.records.store import Store
from formkit.renderers import DEFAULT_THEME, RENDERERS, HtmlRenderer, Link, Theme
from formkit.storage import DirectoryAttachments, keys_kept_in, open_store
from formkit.storage.sql_store import SqlStore
from formkit.texts import Text
from formkit.web import Person, form_app
from formkit.web.csrf import CsrfProtection
from formkit.web.headers import SecurityHeaders
from formkit.web.static_files import static_files

HERE = Path(__file__).parent
FORMS = HERE.parent.parent / "forms"
ACCOUNT_FORMS = HERE / "accounts" / "forms"
PLATFORM = Text({"zh": "广东省会计信息服务平台", "en": "Guangdong Accounting Information Service Platform"})


@dataclass(frozen=True)
class Portal:
    """What the forms ask of the portal."""

    store: Store
    form: Form
    office: Office

    def who(self, request: Request) -> Person | None:
        """Who is signed in."""
        visit = visit_of(self.office, request)
        if visit.account is None or visit.session is None:
            return None
        return Person(visit.account.id, visit.account.name, visit.session.token_hash)

    def facts(self, person: Person, form: Form) -> Mapping[str, Any]:
        """What registration knows of a person, and whether they were collected before."""
        with self.office.accounts.reading() as connection:
            account = self.office.accounts.by_id(connection, person.id)
        assert account is not None, "who is signed in has an account"
        collected = bool(records_of(self.store, owner=person.id, form=form.id))
        education = {"continuing_education_open": is_education_open(account.number)}
        return {**account.person, **education, "collected": collected}

    def home(self, visit: Visit) -> Response:
        """The entry page."""
        language = visit.language
        summary = self.form.summary.in_(language) if self.form.summary else ""
        url = f"/forms/{self.form.id}"
        return draw(visit, "home.html", title=self.form.title.in_(language), summary=summary, url=url)

    def menu(self, _request: Request, person: Person | None, language: str) -> Sequence[Link]:
        """What stands at the top of every page of the forms."""
        return menu(language, signed_in=person is not None)


def portal_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sender: Sender | None = None,
    platform: NationalPlatform | None = None,
) -> Starlette:
    """The whole portal, with everything it keeps in one folder."""
    if not settings.development and (sender is None or platform is None):
        raise SettingsInvalid("outside development the portal needs a real SMS sender and the national platform")
    data = settings.data
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret, store = secret_in(data), open_store(data / "portal.db", keys=keys_kept_in(data / "keys"))
    form = load(FORMS / "accountant_collection.yaml")
    office = _office(settings, secret, store, form, clock, sender or DemoSender(), platform or StandInPlatform())
    office.accounts.prepare()
    if settings.development:
        seed(office, clock())
    portal = Portal(store, form, office)
    forms = _forms_app(portal, data, office.keys.csrf(), clock)
    doors = (Door("GET", "/", Access.ANYONE, portal.home), *PUBLIC_ROUTES, *ROUTES)
    routes = [*routes_of(office, doors), Mount("/forms", forms)]
    handlers: Any = {404: not_found(office), 405: not_found(office)}
    return Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)], exception_handlers=handlers)


def _office(
    settings: Settings,
    secret: bytes,
    store: Store,
    collection: Form,
    clock: Callable[[], datetime],
    sender: Sender,
    platform: NationalPlatform,
) -> Office:
    assert isinstance(store, SqlStore), "accounts live in the database beside the engine's tables"
    keys = Keys(secret)
    theme = Theme(HERE / "accounts" / "templates", Theme(HERE / "templates", DEFAULT_THEME))
    theme.environment.globals["tell"] = words.say
    forms = {path.stem: load(path) for path in sorted(ACCOUNT_FORMS.glob("*.yaml"))}
    forms["registration"] = load(FORMS / "registration.yaml")
    return Office(
        keys=keys,
        accounts=AccountStore(store.engine, keys),
        passwords=Passwords(),
        codes=Codes(keys),
        sender=sender,
        platform=platform,
        csrf=CsrfProtection(keys.csrf()),
        forms=forms,
        theme=theme,
        renderers=RENDERERS.extended({"html": HtmlRenderer(theme, "account_step.html")}),
        static=static_files(theme, forms.values(), BUILT_IN.values()),
        clock=clock,
        name=PLATFORM,
        after_login=f"/forms/{collection.id}",
        development=settings.development,
        demo=[(one.id, one.name, one.about) for one in demo_people().values()] if settings.development else (),
    )


def _forms_app(portal: Portal, data: Path, secret: bytes, clock: Callable[[], datetime]) -> Starlette:
    return form_app(
        {portal.form.id: portal.form},
        store=portal.store,
        attachments=DirectoryAttachments(data / "attachments", keys=keys_kept_in(data / "keys")),
        who=portal.who,
        facts=portal.facts,
        secret=secret,
        clock=clock,
        login_url="/login",
        home_url="/",
        platform=PLATFORM,
        menu=portal.menu,
    )
