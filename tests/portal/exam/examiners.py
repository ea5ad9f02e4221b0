"""An exam system before a portal that holds people's files: for the tests of its interface."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from httpx import Response

from examples.portal.app import open_office
from examples.portal.people import demo_people
from examples.portal.services.signing import Message, sign
from examples.portal.settings import Settings
from examples.portal.web.office import Office
from formkit import load, validate
from formkit.records.model import Record
from tests.forms_seed.filled import FORMS, image
from tests.portal.people import ZHANG, World

CLIENT, OTHER = "exam", "other_exam"
SECRETS = {name: f"{name} secret of the tests, 0123456789 abcdef" for name in (CLIENT, OTHER)}
ENVIRONMENT = {
    "PORTAL_EXAM_CLIENTS": ",".join(f"{name}:{secret}".replace(", ", "_") for name, secret in SECRETS.items())
}
CHECKS = "/exam/v1/checks"

FORM = load(FORMS / "accountant_collection.yaml")
ANSWERS: Mapping[str, Any] = {
    "pledge": True,
    "ethnic_group": "01",
    "political_status": "13",
    "email": "zhang.san@example.com",
    "portrait": image(),
    "id_card_portrait_side": image(),
    "id_card_emblem_side": image(),
    "full_time": {"level": "20", "degree": "4", "school": "中山大学", "major": "会计学", "graduated": "2010-07"},
    "employment_status": "accounting",
    "division": "440106",
    "unit_name": "广州某某有限公司",
    "unit_code": "91350100M000100Y43",
    "accounting_since": "2010-08",
    "is_cpa": False,
    "is_tax_agent": False,
    "is_asset_appraiser": False,
    "has_abacus_level": False,
    "qualifications": [
        {"_id": "r1", "type": "accounting", "level": "junior", "obtained_by": "exam"},
        {"_id": "r2", "type": "accounting", "level": "intermediate", "obtained_by": "exam"},
    ],
}


@cache
def values() -> Mapping[str, Any]:
    """What the engine makes of the answers of 张三, as it is put on record."""
    facts = {**demo_people()["zhang"].facts, "collected": False}
    result = validate(FORM, ANSWERS, facts=facts, today="2026-11-23")
    assert result.ok, result.issues
    return result.values


def secret_of(name: str) -> bytes:
    return SECRETS[name].replace(", ", "_").encode()


def question(number: str = ZHANG, name: Any = "张三", **items: Any) -> dict[str, Any]:
    return {"number": number, "name": name, "items": items}


@dataclass(frozen=True)
class Examiner:
    """A client of the interface, whose requests may be wrong in any one way."""

    world: World
    name: str = CLIENT
    secret: bytes = field(default_factory=lambda: secret_of(CLIENT))
    nonces: Any = field(default_factory=lambda: map("nonce{:016}".format, count()))

    @property
    def http(self) -> Any:
        return self.world.person().client

    def other(self) -> "Examiner":
        return replace(self, name=OTHER, secret=secret_of(OTHER), nonces=map("other{:016}".format, count()))

    def signed(self, body: bytes, *, path: str = CHECKS, late: float = 0, nonce: str = "") -> str:
        at = self.world.clock.now - timedelta(seconds=late)
        message = Message("POST", path, body)
        return sign(message, place=self.name, secret=self.secret, at=at, nonce=nonce or next(self.nonces))

    def send(self, body: bytes, **headers: str) -> Response:
        """A body as it is, signed unless the headers say otherwise."""
        given = {"content-type": "application/json", "authorization": self.signed(body), "accept-language": "en"}
        found: Response = self.http.post(CHECKS, content=body, headers={**given, **headers})
        return found

    def ask(self, asked: Mapping[str, Any], **headers: str) -> Response:
        return self.send(json.dumps(asked).encode(), **headers)

    def verdicts(self, asked: Mapping[str, Any]) -> dict[str, str]:
        answer = self.ask(asked)
        assert answer.status_code == 200, answer.text
        found: dict[str, str] = answer.json()["items"]
        return found


def office_of(world: World) -> Office:
    """A second process over the same data."""
    settings = Settings.of(world.data, world.environment)
    return open_office(settings, clock=world.clock, sender=world.outbox, platform=world.platform)


@dataclass(frozen=True)
class Archive:
    """What the portal has on file; `zhang` has an account from the start."""

    office: Office
    now: datetime

    def keep(self, kept: Mapping[str, Any] | None = None, *, owner: str = "zhang", **more: Any) -> Record:
        """A collected file."""
        form = self.office.policy.collection
        return self._add(form.id, form.edition, owner, kept or values(), **more)

    def transfer(self, state: str, *, owner: str = "zhang", number: str = "T1", **more: Any) -> Record:
        """An application to move to another province."""
        form = self.office.policy.transfer_out
        given = {"entered": self.now + timedelta(hours=1), **more}
        return self._add(form.id, form.edition, owner, {}, number=number, state=state, **given)

    def _add(self, form: str, edition: str, owner: str, values: Mapping[str, Any], **more: Any) -> Record:
        number = str(more.pop("number", "C1"))
        given = {"submitted": self.now, "updated": self.now, "edition_hash": "0" * 64, **more}
        record = Record(
            id=f"{form}-{number}", form=form, owner=owner, number=number, values=values, edition=edition, **given
        )
        with self.office.store.transaction() as tx:
            tx.add_record(record)
        return record
