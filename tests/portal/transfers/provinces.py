"""Two provinces with a portal each, the real stand-ins between them over HTTP, and people who move."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from httpx import Response

from examples.portal.accounts.model import Account
from examples.portal.app import portal_app
from examples.portal.settings import FORMS, Settings
from examples.portal.standins.app import standins_app
from examples.portal.transfers.review import review
from formkit.records.model import Record
from formkit.records.service import start_draft, submit
from formkit.validation import Result
from tests.portal.exam.examiners import values
from tests.portal.people import PASSWORD, ZHANG, Browser, Clock, World
from tests.portal.services.serving import SECRETS, serving
from tests.web.people import picture

DISTRICT, CHANGSHA = "440106", "430100"
HUNAN_DIVISIONS = """
choices:
  guangdong_divisions:
    levels: [{zh: 市, en: City}]
    choices:
      "430100": {zh: 长沙市, en: Changsha}
      "430200": {zh: 株洲市, en: Zhuzhou}
"""


class Today(Clock):
    """The real clock, which can be put forward."""

    def __init__(self) -> None:
        super().__init__()
        self.now = timedelta()  # type: ignore[assignment]

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.now  # type: ignore[operator]


@dataclass
class Province(World):
    """A portal that asks the national platform over HTTP; `review` is one turn of its loop."""

    place: str = "44"
    address: str = ""
    forms: Path = FORMS
    demo_sender: bool = False

    def __post_init__(self) -> None:
        environment = {
            "PORTAL_PLACE": self.place,
            "PORTAL_FORMS": str(self.forms),
            "PORTAL_NATIONAL_URL": self.address,
            "PORTAL_NATIONAL_SECRET": SECRETS[self.place].decode(),
            "PORTAL_EDUCATION_URL": self.address,
            "PORTAL_EDUCATION_SECRET": SECRETS[self.place].decode(),
            **self.environment,
        }
        settings = Settings.of(self.data, environment)
        self.app = portal_app(settings, clock=self.clock, sender=None if self.demo_sender else self.outbox)

    def review(self) -> None:
        review(self.office, self.clock())

    def account_of(self, number: str = ZHANG) -> Account:
        with self.office.accounts.reading() as connection:
            found = self.office.accounts.by_number(connection, number)
        assert found is not None
        return found

    def collect(self, number: str = ZHANG, **changes: Any) -> Record:
        """Puts on record what the engine makes of 张三's answers."""
        office, owner = self.office, self.account_of(number).id
        form = office.policy.collection
        draft = start_draft(office.store, form, owner=owner, now=self.clock())
        kept = {**values(), **changes}
        done = submit(
            office.store,
            form,
            draft.id,
            owner=owner,
            token="of the tests",  # noqa: S106 - no secret
            judge=lambda _answers, /, *, record: Result(kept, ()),  # noqa: ARG005 - the shape of Judge
            now=self.clock(),
        )
        assert done.record is not None
        return done.record

    def citizen(self, number: str = ZHANG, **more: str) -> "Citizen":
        person = Citizen(self.person().client, self)
        person.log_in(number, **more)
        return person

    def application(self, number: str = ZHANG) -> Record:
        """The latest application to leave."""
        with self.office.store.reading() as view:
            return view.records(self.account_of(number).id, "transfer_out")[0]

    def arrival(self, number: str = ZHANG) -> Record:
        """The latest application to come."""
        with self.office.store.reading() as view:
            return view.records(self.account_of(number).id, "transfer_in")[0]


@dataclass
class Citizen(Browser):
    """Somebody who applies."""

    def apply_to_leave(self, destination: str = CHANGSHA, files: int = 1) -> Response:
        """From the start page to the receipt."""
        begun = self.press("/forms/transfer_out", {})
        step = str(begun.url)
        typed = {"destination": destination, "reason": "工作单位变动", "_action": "next"}
        jpegs = [("attachments", (f"{at}.jpg", picture(600, 800, "JPEG"), "image/jpeg")) for at in range(files)]
        checked = self.press(step, typed, files=jpegs)
        if not str(checked.url).endswith("/check"):
            return checked
        return self.press(str(checked.url), {"_action": "submit"})

    def press(self, path: str, typed: dict[str, str], *, url: str = "", **more: Any) -> Response:
        """Posts the first form of a page, with its hidden fields, to the page or to `url`."""
        page = self.get(path).text
        form = page.partition("<main")[2]
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        found: Response = self.client.post(url or path, data={**hidden, **typed}, **more)
        return found

    def withdraw(self, record: Record) -> Response:
        return self.press(f"/forms/transfer_out/records/{record.id}/transitions/withdraw", {})

    def verify(self, **changes: str) -> Response:
        """The five questions of the transfer in, with the code that was sent."""
        typed = {**ARRIVING, **changes}
        if "sms_code" not in changes:
            self.post("/transfer/in", {**typed, "_action": "code"})
            typed["sms_code"] = self.world.outbox.code
        return self.post("/transfer/in", typed)

    def confirm(self, password: str = PASSWORD) -> Response:
        typed = {"password": password, "password_repeat": password}
        return self.post("/transfer/in/confirm", typed)


ARRIVING = {"name": "张三", "id_number": ZHANG, "mobile": "13800138000", "division": CHANGSHA}


@dataclass
class Nation:
    """The stand-ins, and the provinces that ask them."""

    address: str
    folder: Path
    clock: Clock = field(default_factory=Clock)

    def guangdong(self, **more: Any) -> Province:
        return self._province("44", FORMS, **more)

    def guangdong_today(self) -> Province:
        """With the demonstration's sender, in its own folder: what a browser meets."""
        return Province(self.folder / "data", clock=self.clock, place="44", address=self.address, demo_sender=True)

    def hunan(self) -> Province:
        """The same forms, with other divisions: a province is a folder of YAML."""
        forms = self.folder / "hunan-forms"
        shutil.copytree(FORMS, forms)
        lists = forms / "lists"
        destinations = (lists / "guangdong_divisions.yaml").read_text(encoding="utf-8")
        destinations = destinations.replace("  guangdong_divisions:", "  transfer_destinations:")
        (lists / "transfer_destinations.yaml").write_text(destinations, encoding="utf-8")
        (lists / "guangdong_divisions.yaml").write_text(HUNAN_DIVISIONS, encoding="utf-8")
        return self._province("43", forms, environment={"PORTAL_DEVELOPMENT": "yes"})

    def _province(self, place: str, forms: Path, **more: Any) -> Province:
        folder = self.folder / place
        return Province(folder, clock=self.clock, place=place, address=self.address, forms=forms, **more)


@contextmanager
def nation(folder: Path) -> Iterator[Nation]:
    """The country, for as long as the test lasts."""
    clock = Clock()
    with serving(standins_app(folder / "standins", places=SECRETS, clock=clock)) as address:
        yield Nation(address, folder, clock)
