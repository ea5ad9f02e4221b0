"""Draws the handbook's pictures anew, out of what its pages change: `python -m tests.docs.pictures [NAME…]`."""

import io
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import formkit
from formkit.fields.base import JSON
from formkit.form import Form
from formkit.issues import Issue
from tests.docs.pages import DOCS, ROOT, STAFF, blocks, prepare_story, write_named
from tests.machine import browser

PICTURES = DOCS / "images" / "handbook"
STYLE = ROOT / "formkit" / "renderers" / "themes" / "default" / "static" / "formkit.css"
LARGEST = 60 * 1024
_TODAY = "2026-07-01"
_PERSON = {"name": "张三", "phone": "13800138000", "mobile": "13800138000"}
_AT_WORK = {"status": "accounting", "employer": "示例公司", "since": "2024-03-01", "division": "990101"}


@dataclass(frozen=True)
class Picture:
    """A step with these answers, as the form has it where the picture stands on its page."""

    step: str
    answers: Mapping[str, JSON]
    record: Mapping[str, JSON] | None = None
    facts: Mapping[str, JSON] = field(default_factory=dict)
    judged: bool = False
    today: str = _TODAY
    form: str = "forms/info.yaml"


DRAWN: Mapping[str, Picture] = {
    "from-notice-to-publication": Picture("work", {"status": "student", "division": "990102"}),
    "choices": Picture("work", {}),
    "add-a-field": Picture("work", _AT_WORK, judged=True),
    "rename-or-drop-a-field": Picture("person", _PERSON),
    "required": Picture("work", {**_AT_WORK, "since": ""}, judged=True),
    "attachments": Picture("person", {}),
    "locks": Picture("work", {}, record={**_PERSON, **_AT_WORK}, facts={"course_open": True}),
    "steps": Picture("pledge", {}),
    "hints": Picture("work", {"status": "student"}),
    "checks": Picture("work", {**_AT_WORK, "since": "2026-07-02"}, judged=True),
    "variants": Picture("work", _AT_WORK, form="forms/xishan.yaml"),
    "merged-divisions": Picture("work", {**_AT_WORK, "division": "990102"}),
    "two-at-once": Picture("work", {"status": "university"}),
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
    shot = Image.open(io.BytesIO(page.locator("main").screenshot()))
    shot.convert("RGB").quantize(64).save(target, optimize=True)
    print(target.name, target.stat().st_size)


def html_of(name: str) -> str:
    """The page that a picture shows, in Chinese, with what has been written up to the picture."""
    drawn, told = DRAWN[name], STAFF["zh"] / f"{name}.md"
    until = told.read_text("utf-8").split(f"{name}.png")[0].count("\n")
    with tempfile.TemporaryDirectory() as place:
        prepare_story(told, Path(place))
        for _ in write_named(takewhile(lambda block: block.line < until, blocks(told)), Path(place)):
            pass
        form = formkit.load(Path(place) / drawn.form)
        return _rendered(form, drawn)


def _rendered(form: Form, drawn: Picture) -> str:
    given, known, day = drawn.answers, drawn.facts, drawn.today
    issues: Sequence[Issue] = ()
    if drawn.judged:
        issues = formkit.validate(form, given, record=drawn.record, facts=known, today=day, step=drawn.step).issues
    html = formkit.render(
        form, drawn.step, given, record=drawn.record, facts=known, today=day, issues=issues, language="zh"
    )
    return re.sub(r"<(link|script)\b.*?>(</script>)?", "", html)


if __name__ == "__main__":
    main(sys.argv[1:])
