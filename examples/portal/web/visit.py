"""One request: who asks, in which language."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from examples.portal import words
from examples.portal.accounts import sessions, staff
from examples.portal.accounts.model import Account, Session
from examples.portal.accounts.staff import Member
from examples.portal.tables import sessions as person_sessions
from examples.portal.tables import staff_sessions
from examples.portal.web.office import Office
from formkit.texts import LANGUAGES, best_language
from formkit.web import LANGUAGE_COOKIE
from formkit.web.bodies import FormBody

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Visit:
    """What a handler gets."""

    office: Office
    request: Request
    now: datetime
    session: Session | None
    account: Account | None
    guest_token: str
    body: FormBody = field(default_factory=FormBody)
    staff: Member | None = None
    """Who is signed in on the staff's side, which knows nothing of who is signed in on the other."""

    @property
    def home(self) -> str:
        """The entry page of its side."""
        return "/staff" if is_for_staff(self.request) else "/"

    @property
    def language(self) -> str:
        """The language of its pages."""
        return language_of(self.request)

    @property
    def today(self) -> str:
        """The day in Guangdong."""
        return self.now.astimezone(ZONE).date().isoformat()

    @property
    def guest(self) -> str:
        """What tells somebody who is not signed in from others, in the database."""
        return sessions.token_hash(self.guest_token)

    @property
    def bound_to(self) -> str:
        """What the tokens of its pages are bound to."""
        return self.session.token_hash if self.session else f"guest {self.guest}"

    @property
    def place(self) -> str:
        """Where it comes from, as the limits count it."""
        host = self.request.client.host if self.request.client else ""
        return self.office.secret.index("place", host)

    def posted(self, name: str) -> str:
        """The first value posted under a name."""
        return self.body.first(name) or ""

    def say(self, code: str, **params: object) -> str:
        """A sentence in its language."""
        return words.say(code, self.language, **params)


def language_of(request: Request) -> str:
    """`?lang=`, else the one chosen before, else what the browser prefers."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in LANGUAGES:
            return str(chosen)
    return best_language(LANGUAGES, request.headers.get("accept-language", ""))


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that scripts cannot read; over https its name says that no other host may set it."""

    name: str

    def read(self, request: Request) -> str:
        """Its value; empty if there is none."""
        return request.cookies.get(self._full_name(request), "")

    def give(self, request: Request, response: Response, value: str) -> None:
        """Sets it until the browser is closed."""
        secure = is_secure(request)
        response.set_cookie(self._full_name(request), value, httponly=True, samesite="lax", secure=secure)

    def take(self, request: Request, response: Response) -> None:
        """Removes it."""
        secure = is_secure(request)
        response.delete_cookie(self._full_name(request), httponly=True, samesite="lax", secure=secure)

    def _full_name(self, request: Request) -> str:
        return f"__Host-{self.name}" if is_secure(request) else self.name


SESSION = Cookie("portal_session")
STAFF_SESSION = Cookie("portal_staff")
GUEST = Cookie("portal_guest")


def session_cookie(request: Request) -> Cookie:
    """Where the session of a request's side is named."""
    return STAFF_SESSION if is_for_staff(request) else SESSION


def is_for_staff(request: Request) -> bool:
    """Whether it is on the staff's side."""
    return request.url.path == "/staff" or request.url.path.startswith("/staff/")


def is_secure(request: Request) -> bool:
    """Whether it came over https."""
    return request.url.scheme == "https"


def visit_of(office: Office, request: Request, body: FormBody | None = None) -> Visit:
    """The visit of a request; who is signed in is looked up, and marked as seen now and then."""
    now, token = office.clock(), session_cookie(request).read(request)
    table = staff_sessions if is_for_staff(request) else person_sessions
    session = account = member = None
    if token:
        with office.accounts.reading() as connection:
            session = sessions.read(connection, token, now, table)
            if session and table is staff_sessions:
                member = _enabled(staff.by_id(connection, session.account))
            elif session:
                account = office.accounts.by_id(connection, session.account)
        if session and sessions.is_to_be_marked(session, now):
            with office.accounts.writing() as connection:
                sessions.mark_seen(connection, session, now, table)
    guest = GUEST.read(request) or secrets.token_urlsafe(24)
    known = session if account or member else None
    return Visit(office, request, now, known, account, guest, body or FormBody(), member)


def _enabled(member: Member | None) -> Member | None:
    return None if member is None or member.disabled else member
