"""A form on the web, people in front of it, and what they do with its pages: for the tests of the application."""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

from httpx import Client, Response
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from formkit.form import Form
from formkit.records.store import AttachmentStore, Store
from formkit.storage import DirectoryAttachments, open_store
from formkit.web import BodyLimits, Person, form_app
from tests.forms import form_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would like another httpx; this one serves
    from starlette.testclient import TestClient

SMALL = """
    form: small
    title: {zh: 小表, en: Small form}
    summary: {zh: 给测试用的, en: For tests}
    edition: 2023-05-26
    facts:
      staff: {type: yes_no, label: {zh: 工作人员, en: Staff}}
    choices:
      level: {low: {zh: 低, en: Low}, high: {zh: 高, en: High}}
    steps:
      about:
        title: {zh: 关于您, en: About you}
        fields:
          name: {type: text, label: {zh: 名字, en: Name}, required: true}
          level: {type: choice, label: {zh: 级别, en: Level}, choices: level, display: radio}
          reason: {type: text, label: {zh: 理由, en: Reason}, visible_when: {level: high}, required: true}
          number: {type: text, label: {zh: 编号, en: Number}, locked: after_submission}
          office: {type: text, label: {zh: 办公室, en: Office}, visible_when: facts.staff}
          code: {type: password, label: {zh: 口令, en: Code}}
          news: {type: choices, label: {zh: 消息, en: News}, choices: level}
      reading:
        title: {zh: 请阅读, en: Please read}
        fields:
          text: {type: note, text: {zh: 这一页没有问题, en: Nothing is asked here}}
      more:
        title: {zh: 更多, en: More}
        fields:
          photo: {type: image, label: {zh: 照片, en: Photo}, max_size: 200 KB, min_width: 20, min_height: 20}
          papers: {type: file, label: {zh: 材料, en: Papers}, formats: [pdf, png], max_files: 3}
          school:
            type: group
            label: {zh: 学校, en: School}
            fields:
              title: {type: text, label: {zh: 校名, en: Name of school}}
              ended: {type: choice, label: {zh: 是否毕业, en: Ended}, choices: level, display: radio}
          awards:
            type: rows
            label: {zh: 奖励, en: Awards}
            max_rows: 3
            fields:
              prize: {type: text, label: {zh: 奖项, en: Prize}, required: true}
              proof: {type: image, label: {zh: 证明, en: Proof}}
    checks:
      - {rule: "name != 'nobody'", message: {zh: 不能没有人, en: Not nobody}}
"""


@dataclass
class Clock:
    """A clock that stands still until it is put forward."""

    now: datetime = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Town:
    """An application over a store in a folder, mounted under `/deep/forms` of a host's."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    facts: dict[str, Any] = field(default_factory=lambda: {"staff": False})
    forms: dict[str, Form] = field(default_factory=lambda: {"small": form_of(SMALL)})
    limits: BodyLimits = field(default_factory=BodyLimits)
    login_url: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    attachments: AttachmentStore | None = None
    """If not in the folder."""

    def __post_init__(self) -> None:
        self.store: Store = open_store(self.folder / "test.db")
        self.app = self.application(self.store)

    def application(self, store: Store) -> Starlette:
        forms = form_app(
            self.forms,
            store=store,
            attachments=self.attachments or DirectoryAttachments(self.folder / "files"),
            who=_who,
            facts=lambda *_: self.facts,
            secret=b"a secret of thirty-two bytes, ok",
            clock=self.clock,
            limits=self.limits,
            login_url=self.login_url,
            **self.more,
        )
        return Starlette(routes=[Mount("/deep/forms", forms)])

    def visitor(self, name: str | None = "ada", language: str = "en") -> "Visitor":
        headers = {"accept-language": language, "sec-fetch-site": "same-origin"}
        client = TestClient(self.app, headers=headers, follow_redirects=False, raise_server_exceptions=False)
        if name:
            client.headers["x-user"] = name
        return Visitor(client)


def _who(request: Request) -> Person | None:
    name = request.headers.get("x-user")
    return Person(name, name.title()) if name else None


@dataclass
class Visitor:
    """Somebody with a browser without JavaScript: remembers the page, posts its hidden fields with what is typed."""

    client: Client
    page: str = ""
    path: str = ""
    status: int = 0

    def open(self, path: str, **headers: str) -> "Visitor":
        return self._see(self.client.get(path, headers=headers, follow_redirects=True))

    def begin(self, form: str = "small") -> "Visitor":
        self.open(f"/deep/forms/{form}")
        return self.send(action=None, to=f"/deep/forms/{form}")

    def send(self, action: str | None = "next", *, files: Any = None, to: str = "", **typed: Any) -> "Visitor":
        """Posts the page with what is typed over it; `__` in a name stands for a dot; follows to the next page."""
        return self._see(self.post(action, files=files, to=to, follow=True, **typed))

    def post(
        self, action: str | None = "next", *, files: Any = None, to: str = "", follow: bool = False, **typed: Any
    ) -> Response:
        data = dict(self.hidden)
        data.update({name.replace("__", ".") if name[0] != "_" else name: value for name, value in typed.items()})
        if action:
            data["_action"] = action
        data = {name: value for name, value in data.items() if value is not None}
        return self.client.post(to or self.action, data=data, files=files, follow_redirects=follow)

    @property
    def hidden(self) -> dict[str, str | list[str]]:
        """The hidden fields of the page's form."""
        body = re.search(r"<form.*?</form>", re.sub(r"(?s)<template.*?</template>", "", self.page), re.DOTALL)
        found: dict[str, str | list[str]] = {}
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', body[0] if body else ""):
            held = found.get(name)
            told = unescape(value)
            found[name] = told if held in (None, "") else [*([held] if isinstance(held, str) else held), told]
        return found

    @property
    def action(self) -> str:
        found = re.search(r'<form[^>]* action="([^"]*)"', self.page)
        assert found, self.page[:500]
        return unescape(found[1])

    @property
    def step(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def draft(self) -> str:
        found = re.search(r"/drafts/([0-9a-f]{32})", self.path)
        assert found, self.path
        return found[1]

    def _see(self, response: Response) -> "Visitor":
        self.page, self.path, self.status = response.text, response.url.path, response.status_code
        return self


def picture(width: int = 60, height: int = 80, kind: str = "PNG", colour: str = "teal") -> bytes:
    """A small real picture."""
    made = BytesIO()
    Image.new("RGB", (width, height), colour).save(made, kind)
    return made.getvalue()
