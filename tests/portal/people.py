"""The portal with a clock that the tests turn, and people in front of it: for its tests."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from httpx import Response

from examples.portal.accounts.model import ServiceDown
from examples.portal.app import portal_app
from examples.portal.people import DEMO_PASSWORD
from examples.portal.services.national import FoundTransfer, NationalClient
from examples.portal.settings import Settings
from examples.portal.tables import metadata
from examples.portal.web.office import Office
from tests.web.people import TestClient

ZHANG = "44010619880808908X"
ZHANG_MOBILE = "13800138000"
NEW = "44010619900307888X"
PASSWORD = "一句容易记住的话 7"  # noqa: S105 - of an invented person


PRODUCTION = {
    "PORTAL_DEVELOPMENT": "no",
    "PORTAL_SECRET": urlsafe_b64encode(bytes(range(32))).decode(),
    "FORMKIT_KEYS": f"k1:{urlsafe_b64encode(bytes(range(32, 64))).decode()}",
    "PORTAL_ORIGIN": "https://testserver",
    "PORTAL_NATIONAL_URL": "http://127.0.0.1:9/national",
    "PORTAL_NATIONAL_SECRET": "national secret of the tests, 0123456789",
    "PORTAL_EDUCATION_URL": "http://127.0.0.1:9/education",
    "PORTAL_EDUCATION_SECRET": "education secret of the tests, 0123456789",
    "PORTAL_SMS_URL": "http://127.0.0.1:9/sms",
    "PORTAL_SMS_SECRET": "sms secret of the tests, 0123456789 abcdef",
}
"""What a portal for real people is told by its environment; nobody answers at these addresses."""


class Outbox:
    """A sender whose messages tests read; it may be down."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.down = False

    def send(self, mobile: str, text: str) -> None:
        if self.down:
            raise ServiceDown("down")
        self.sent.append((mobile, text))

    @property
    def code(self) -> str:
        return self.codes[-1]

    @property
    def codes(self) -> list[str]:
        return [re.findall(r"[0-9]{6}", text)[0] for _, text in self.sent]


COLLECTED_ELSEWHERE = "110105198001019993"


class Platform(NationalClient):
    """The national platform as far as registration asks it; it may be down. Whoever transfers meets the stand-in."""

    down = False

    def __init__(self) -> None:
        self.asked: list[str] = []

    def collected_elsewhere(self, number: str) -> bool:
        if self.down:
            raise ServiceDown("down")
        self.asked.append(number)
        return number == COLLECTED_ELSEWHERE

    def find_transfer(self, number: str) -> FoundTransfer | None:  # noqa: ARG002 - as of the platform
        raise ServiceDown("nobody is there")


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class World:
    """A portal and what is around it."""

    data: Path
    clock: Clock = field(default_factory=Clock)
    outbox: Outbox = field(default_factory=Outbox)
    platform: Platform = field(default_factory=Platform)
    development: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = Settings.of(self.data, {**({} if self.development else PRODUCTION), **self.environment})
        self.app = portal_app(settings, clock=self.clock, sender=self.outbox, platform=self.platform)

    @property
    def office(self) -> Office:
        found: Office = self.app.state.office
        return found

    def written(self) -> str:
        """All that is kept of accounts: every row, and SQLite's files as they are, with what was deleted in them."""
        files = b"".join(path.read_bytes() for path in self.data.glob("portal.db*"))
        with self.office.accounts.reading() as connection:
            rows = [connection.execute(table.select()).all() for table in metadata.sorted_tables]
        return repr(rows) + files.decode("utf-8", "ignore")

    def person(self, *, base_url: str = "http://testserver", **headers: str) -> "Browser":
        return Browser(TestClient(self.app, base_url=base_url, headers={"accept-language": "en", **headers}), self)


@dataclass
class Browser:
    """Somebody's browser."""

    client: Any
    world: World

    def get(self, path: str, **more: Any) -> Response:
        found: Response = self.client.get(path, **more)
        return found

    def post(self, path: str, data: dict[str, str] | None = None, page: str = "", **more: Any) -> Response:
        """Posts a form with the token of the page it stands on."""
        token = re.search(r'name="_csrf" value="([^"]+)"', self.get(page or path).text)
        assert token
        found: Response = self.client.post(path, data={"_csrf": token[1], "_action": "next", **(data or {})}, **more)
        return found

    def cookie(self, name: str) -> str | None:
        return next((one.value for one in self.client.cookies.jar if one.name == name), None)

    def log_in(self, number: str = ZHANG, password: str = DEMO_PASSWORD, **more: str) -> Response:
        return self.post("/login", {"id_number": number, "password": password, **more})

    def register(self, **changes: str) -> Response:
        """From the first question to the account."""
        self.answer_questions()
        self.identify(**{name: value for name, value in changes.items() if name not in ACCOUNT})
        self.ask_code(changes.get("mobile", ACCOUNT["mobile"]))
        own = {name: value for name, value in changes.items() if name in ACCOUNT}
        return self.post("/register/account", {**ACCOUNT, "sms_code": self.world.outbox.code, **own})

    def answer_questions(self, accounting: str = "true", holds: str = "false") -> Response:
        questions = {"does_accounting_work": accounting, "holds_qualification": holds}
        return self.post("/register/eligibility", questions)

    def identify(self, **changes: str) -> Response:
        return self.post("/register/identity", {**IDENTITY, **changes})

    def ask_code(self, mobile: str) -> Response:
        return self.post("/register/account", {"mobile": mobile, "_action": "code"})


IDENTITY = {"name": "赵新", "document_type": "resident_id", "id_number": "440106 19900307 888x"}
ACCOUNT = {"mobile": "139 0013 9000", "password": PASSWORD, "password_repeat": PASSWORD}
