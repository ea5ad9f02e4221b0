"""Draws the handbook's pictures anew, out of what its pages change: `python -m tests.docs.pictures [NAME…]`."""

import io
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import formkit
from formkit.compiler import Compiler
from formkit.diff import diff
from formkit.diff.report import Report
from formkit.editions import Editions, publish, read_edition
from formkit.fields.base import JSON
from formkit.issues import Issue
from formkit.storage import open_store
from formkit.testing.stopped import with_examples
from tests.docs.pages import DOCS, ROOT, STAFF, blocks, prepare_story, write_named
from tests.machine import browser
from tests.web.people import Clock, Town
from tests.web.people import picture as face

PICTURES = DOCS / "images" / "handbook"
STYLE = ROOT / "formkit" / "renderers" / "themes" / "default" / "static" / "formkit.css"
LARGEST = 60 * 1024
_TODAY = "2026-07-01"
_PERSON = {"name": "张三", "phone": "13800138000", "mobile": "13800138000"}
_AT_WORK = {"status": "accounting", "employer": "示例公司", "since": "2024-03-01", "division": "990101"}


@dataclass(frozen=True)
class Step:
    """A step with these answers, as the form has it where the picture stands on its page."""

    step: str
    answers: Mapping[str, JSON]
    record: Mapping[str, JSON] | None = None
    facts: Mapping[str, JSON] = field(default_factory=dict)
    judged: bool = False
    today: str = _TODAY
    form: str = "forms/info.yaml"

    def html(self, folder: Path) -> str:
        """Its page, of a form in this folder."""
        form, given, known, day = formkit.load(folder / self.form), self.answers, self.facts, self.today
        issues: Sequence[Issue] = ()
        if self.judged:
            issues = formkit.validate(form, given, record=self.record, facts=known, today=day, step=self.step).issues
        return formkit.render(
            form, self.step, given, record=self.record, facts=known, today=day, issues=issues, language="zh"
        )


class ToSign:
    """The comparison of the two editions that is printed and signed."""

    def html(self, folder: Path) -> str:
        """Its page, of the forms in this folder."""
        old, new = (formkit.load(folder / place / "info.yaml") for place in ("current", "forms"))
        written = Report(old, new, with_examples(old, new, diff(old, new)), "zh").html()
        return written.replace(f"{folder}/", "")


class Return:
    """What a student is told who has begun in the edition in force, and comes back under the new one."""

    def html(self, folder: Path) -> str:
        """The page, of a portal over this folder."""
        database, compiler = (folder / "data" / "portal.db").rename(folder / "test.db"), Compiler()
        store = open_store(database)
        clock = Clock(datetime(2026, 6, 15, tzinfo=UTC))
        shipped, new = (read_edition(folder / place / "info.yaml", "info", compiler) for place in ("current", "forms"))
        editions = Editions(store, {"info": shipped}, compiler=compiler, clock=clock, look_again=0)
        town = Town(folder, clock=clock, forms=editions)  # type: ignore[arg-type]
        student = town.visitor(language="zh").begin("info")
        student.send(files={"portrait": ("face.png", face(), "image/png")}, name="张三", mobile="13800138000")
        student.send("next", status="student", division="990102")
        clock.forward(days=20)
        publish(store, new, compiler=compiler, at=clock(), actor="王")
        student.open(f"/deep/forms/info/drafts/{student.draft}")
        assert student.step == "edition", student.path
        town.store.close()
        store.close()
        return student.page


DRAWN: Mapping[str, Step | ToSign | Return] = {
    "from-notice-to-publication": Step("work", {"status": "student", "division": "990102"}),
    "to-sign": ToSign(),
    "return": Return(),
    "choices": Step("work", {}),
    "add-a-field": Step("work", _AT_WORK, judged=True),
    "rename-or-drop-a-field": Step("person", _PERSON),
    "required": Step("work", {**_AT_WORK, "since": ""}, judged=True),
    "attachments": Step("person", {}),
    "locks": Step("work", {}, record={**_PERSON, **_AT_WORK}, facts={"course_open": True}),
    "steps": Step("pledge", {}),
    "hints": Step("work", {"status": "student"}),
    "checks": Step("work", {**_AT_WORK, "since": "2026-07-02"}, judged=True),
    "variants": Step("work", _AT_WORK, form="forms/xishan.yaml"),
    "merged-divisions": Step("work", {**_AT_WORK, "division": "990102"}),
    "two-at-once": Step("work", {"status": "university"}),
}


def main(names: list[str]) -> None:
    """Draws those that are named, or all."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=browser(), args=["--no-sandbox", "--lang=zh-CN"], env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        page = opened.new_page(viewport={"width": 760, "height": 400}, locale="zh-CN")
        for name in names or DRAWN:
            draw(name, page)
        opened.close()


def draw(name: str, page: Page) -> None:
    """Draws one, small enough to be kept."""
    page.set_content(html_of(name))
    page.add_style_tag(path=STYLE)
    target = PICTURES / f"{name}.png"
    shot = Image.open(io.BytesIO(page.locator("main, body:not(:has(main))").screenshot(animations="disabled")))
    shot.convert("RGB").quantize(64).save(target, optimize=True)
    print(target.name, target.stat().st_size)


def html_of(name: str) -> str:
    """The page that a picture shows, in Chinese, with what has been written up to the picture."""
    told, until = next(
        (page, text.split(f"/{name}.png")[0].count("\n"))
        for page in STAFF["zh"].glob("*.md")
        if f"/{name}.png" in (text := page.read_text("utf-8"))
    )
    with tempfile.TemporaryDirectory() as place:
        prepare_story(told, Path(place))
        for _ in write_named(takewhile(lambda block: block.line < until, blocks(told)), Path(place)):
            pass
        return re.sub(r"<(link|script)\b.*?>(</script>)?", "", DRAWN[name].html(Path(place)))


if __name__ == "__main__":
    main(sys.argv[1:])
