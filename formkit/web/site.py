"""What a host gives to its forms: stores, who is asking, facts, looks; and who a person is."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from formkit.calendars import WorkingDays
from formkit.editions import Forms
from formkit.errors import FormkitError
from formkit.fields.base import JSON
from formkit.form import Form, Transition
from formkit.records.images import ImageJudge
from formkit.records.model import Record
from formkit.records.store import AttachmentStore, Store
from formkit.registry import Registry
from formkit.renderers import Link, Renderer, Theme
from formkit.texts import Text
from formkit.web.csrf import CsrfProtection
from formkit.web.incoming import BodyLimits
from formkit.web.static_files import StaticFiles


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking, as the host knows them. `id` owns drafts and records; `session` changes at each login."""

    id: str
    name: str = ""
    session: str = ""


Who = Callable[[Request], Person | Awaitable[Person | None] | None]
"""Who a request comes from, by the host's own login; None for nobody."""
Facts = Callable[[Person, Form], Mapping[str, JSON]]
"""What the portal knows of a person: every fact the form declares, `formkit.UNKNOWN` while its source is down."""
Menu = Callable[[Request, Person | None, str], Sequence[Link]]
"""Links of the host's for the top of each page: (request, person, language)."""


Bar = Callable[[Person, Form], Text | None]
"""Why a person may not begin, submit or change this form just now; None where they may. Reading stays open."""
OnTransition = Callable[[Person, Form, Record, Transition], None]
"""Called before a person's transition is taken, outside any transaction: to tell another service, which may refuse.

Raises `HostRefused` where it must not be taken, `SourceUnavailable` where the other service does not answer.
"""


class HostRefused(FormkitError):  # noqa: N818 - read as a sentence: except HostRefused
    """The host does not allow it; `reason` is for the person to read."""

    status = 409

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.in_("en"))


class SourceUnavailable(HostRefused):
    """A service that is needed does not answer: nothing was done, and it can be tried again."""

    status = 503


@dataclass(frozen=True, eq=False)
class Site:
    """Everything that stays the same from one request to the next."""

    forms: Forms
    store: Store
    attachments: AttachmentStore
    who: Who
    facts: Facts
    clock: Callable[[], datetime]
    csrf: CsrfProtection
    theme: Theme
    renderers: Registry[Renderer]
    static: StaticFiles
    limits: BodyLimits
    images: ImageJudge
    thumbnail: Callable[[str], tuple[bytes, str]]
    platform: Text
    login_url: str | None
    home_url: str | None
    menu: Menu
    calendar: WorkingDays | None
    bar: Bar
    on_transition: OnTransition
