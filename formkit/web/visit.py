"""One request: who asks, in which language, for which form; and the addresses its pages link to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse

from formkit.errors import FormkitError, UnknownName
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.locales import HTML_LANGUAGE, sentence
from formkit.renderers import Banner, Link, Page
from formkit.texts import LANGUAGES, best_language
from formkit.web.incoming import FormBody
from formkit.web.site import HostRefused, Person, Site

LANGUAGE_COOKIE = "formkit_language"
_LANGUAGE_NAMES = {"zh": "简体中文", "en": "English"}


class NotSignedIn(FormkitError):  # noqa: N818 - read as a sentence: except NotSignedIn
    """Nobody is asking, and this door opens only to somebody."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths under the place where the application is mounted; no host, for a proxy may have another."""

    root: str
    paths: Mapping[str, str]

    def to(self, name: str, query: Mapping[str, str] | None = None, **values: str) -> str:
        """The path of a door; a value `{…}` stays as it is, to be filled in by somebody else."""
        quoted = {key: value if value.startswith("{") else quote(value, safe="") for key, value in values.items()}
        path = self.paths[name].format(**quoted)
        return f"{quote(self.root)}{path}{'?' + urlencode(query) if query else ''}"


@dataclass(frozen=True)
class Visit:
    """What a handler gets; it answers with a response and never waits for the network."""

    site: Site
    request: Request
    addresses: Addresses
    language: str
    now: datetime
    caller: Person | None = None
    body: FormBody = field(default_factory=FormBody)
    pinned: Form | None = None
    """The form in the edition the visit is about, where that is not the one in force."""

    def param(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    @property
    def person(self) -> Person:
        """Who is asking; raises `NotSignedIn`."""
        if self.caller is None:
            raise NotSignedIn
        return self.caller

    @cached_property
    def form(self) -> Form:
        """The form of the path, in one edition for the whole visit; raises `UnknownName`."""
        return self.pinned or form_named(self.site, self.param("form"))

    def at(self, form: Form) -> "Visit":
        """The same visit, about the form in an edition."""
        return replace(self, pinned=form)

    @property
    def today(self) -> str:
        """The day where the form lives."""
        return self.date.isoformat()

    @property
    def date(self) -> date:
        """The day where the form lives, as rules take it."""
        return self.now.astimezone(ZoneInfo(self.form.time_zone)).date()

    @property
    def facts(self) -> Mapping[str, JSON]:
        """What the portal knows of the person."""
        return self.site.facts(self.person, self.form)

    @property
    def barred(self) -> str:
        """Why the person may not change anything just now; empty where they may."""
        reason = self.site.bar(self.person, self.form)
        return reason.in_(self.language) if reason else ""

    def refuse_if_barred(self) -> None:
        """Raises `HostRefused` where the host does not let the person change anything just now."""
        reason = self.site.bar(self.person, self.form)
        if reason:
            raise HostRefused(reason)

    @property
    def headers(self) -> Headers:
        """The headers of the request."""
        return self.request.headers

    def posted(self, name: str) -> str:
        """The first value posted under a name; empty if there is none."""
        return self.body.first(name) or ""

    def to(self, name: str, query: Mapping[str, str] | None = None, **values: str) -> str:
        """The path of a door, of the same form unless told otherwise."""
        if "{form}" in self.addresses.paths[name]:
            values.setdefault("form", self.param("form"))
        return self.addresses.to(name, query, **values)

    def static(self, file: str) -> str:
        """The path of a style or script."""
        return self.addresses.to("static", version=self.site.static.version, file=file)

    def redirect(
        self, name: str, query: Mapping[str, str] | None = None, at: str = "", **values: str
    ) -> RedirectResponse:
        """See other; `at` is the id of an element on the page."""
        return RedirectResponse(self.to(name, query, **values) + (f"#{quote(at)}" if at else ""), 303)

    def say(self, code: str, **params: object) -> str:
        """A sentence of the pages around forms."""
        return sentence("pages", code, params, self.language)

    def clock_time(self, moment: datetime) -> str:
        """A moment as people read it where the form lives: the time alone if it is today."""
        zone = ZoneInfo(self.form.time_zone)
        local = moment.astimezone(zone)
        return local.strftime("%H:%M" if local.date() == self.now.astimezone(zone).date() else "%Y-%m-%d %H:%M")

    def day_and_time(self, moment: datetime) -> str:
        """A moment in full, for what is kept and printed."""
        return moment.astimezone(ZoneInfo(self.form.time_zone)).strftime("%Y-%m-%d %H:%M")

    @property
    def csrf_token(self) -> str:
        """A token for this page's forms; empty for nobody, who may post nothing."""
        return self.site.csrf.token(session_of(self.caller)) if self.caller else ""

    def page(self, *banners: Banner, **more: object) -> Page:
        """What surrounds every page; `more` are other attributes of `Page`."""
        return Page(**self.surroundings(*banners), **more)  # type: ignore[arg-type]

    def surroundings(self, *banners: Banner) -> dict[str, JSON]:
        """The attributes of `Page` that every page has."""
        site = self.site
        return {
            "csrf_token": self.csrf_token,
            "static_url": self.static("").rstrip("/"),
            "site_title": site.platform.in_(self.language),
            "home_url": site.home_url or self.addresses.to("forms"),
            "user": self.caller.name if self.caller else "",
            "menu": tuple(site.menu(self.request, self.caller, self.language)),
            "languages": self._language_links(),
            "banners": banners,
            "script": "formkit.js" in site.static.files,
        }

    def _language_links(self) -> tuple[Link, ...]:
        """This page in other languages; from an answer to a post, the page it was posted from (the same path)."""
        offered = offered_languages(self.site, self.request)
        if len(offered) < 2:
            return ()
        return tuple(
            Link(_LANGUAGE_NAMES.get(one, one), f"?lang={one}", one == self.language, HTML_LANGUAGE.get(one, one))
            for one in offered
        )


def form_named(site: Site, name: str) -> Form:
    """A form of the site; raises `UnknownName`."""
    if name not in site.forms:
        raise UnknownName("form", name)
    return site.forms[name]


def session_of(person: Person) -> str:
    """What CSRF tokens are bound to."""
    return f"{person.id}\n{person.session}"


def offered_languages(site: Site, request: Request) -> tuple[str, ...]:
    """The languages of the form that is asked for, else all there are."""
    form = site.forms.get(str(request.path_params.get("form", "")))
    return tuple(one for one in form.languages if one in LANGUAGES) if form else LANGUAGES


def language_of(site: Site, request: Request) -> str:
    """`?lang=`, else the one chosen before, else what the browser prefers, among those offered."""
    offered = offered_languages(site, request)
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in offered:
            return str(chosen)
    return best_language(offered or LANGUAGES, request.headers.get("accept-language", ""))
