"""A person in front of a browser: what they do, what they see, and that every page is fit to be seen."""

import random
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

from examples.portal.people import DEMO_PASSWORD, demo_people

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Traveller:
    """Fills in pages with or without JavaScript, looks at each, and takes its picture."""

    page: Page
    album: Path
    name: str
    script: bool
    troubles: list[str] = field(default_factory=list)
    seen: int = 0
    judge: Page | None = None

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._console(message.type, message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def _console(self, kind: str, text: str) -> None:
        # Chromium reports every answer from 400 on as an error: pages that say what is missing are such answers.
        if kind in ("error", "warning") and "status of 4" not in text:
            self.troubles.append(text)

    def look(self, title: str) -> None:
        """The page is accessible, nothing sticks out of it, and its picture goes into the album."""
        self.seen += 1
        self.page.screenshot(path=self.album / f"{self.name}-{self.seen:02}-{title}.png", full_page=True)
        judged = self.page if self.script else self._copy()
        found = Axe().run(judged, options={"runOnly": STANDARDS}).response["violations"]
        told = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]
        assert told == [], f"{self.name}: {title}"
        width = judged.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{self.name}: {title} is {width} px too wide"

    @property
    def zh(self) -> bool:
        """Whether the pages are in Chinese."""
        return self.name.startswith("zh")

    def close(self) -> None:
        """Closes the browser's window."""
        self.page.context.close()
        if self.judge is not None:
            self.judge.context.close()

    def _copy(self) -> Page:
        """The page as it stands, in a tab where axe can run; the page's own script does not."""
        if self.judge is None:
            browser = self.page.context.browser
            assert browser is not None
            self.judge = browser.new_page(viewport=self.page.viewport_size)
            self.judge.route("**/*.js", lambda route: route.abort())
        url, html = self.page.url, self.page.content()
        self.judge.route(url, lambda route: route.fulfill(body=html, content_type="text/html"))
        self.judge.goto(url)
        self.judge.unroute(url)
        return self.judge

    def sign_in(self, person: str = "zhang") -> None:
        """From the entry page through the login to the form's start page."""
        self.page.goto("/")
        self.page.locator("main .button-main").click()
        self.log_in(demo_people()[person].facts["id_number"], DEMO_PASSWORD)

    def log_in(self, number: str, password: str) -> None:
        """Fills in the login."""
        self.type("id_number", number)
        self.type("password", password)
        self.page.locator("main .button-main").click()

    def begin(self) -> None:
        """Starts the form."""
        self.page.locator("main form .button-main").click()
        expect(self.page.locator("form[data-formkit]")).to_be_visible()

    def press(self, action: str) -> None:
        """A button at the foot of the form."""
        self.page.locator(f'.actions button[name="_action"][value="{action}"]').click()

    def next(self, step: str) -> None:
        """On to the next page, which must be this one."""
        self.press("next")
        self.page.wait_for_url(f"**/steps/{step}*")

    def type(self, name: str, text: str) -> None:
        """Types into a box."""
        self.page.locator(f'[name="{name}"]:not([type=hidden])').fill(text)

    def choose(self, name: str, value: str) -> None:
        """A radio or an option, whichever it is."""
        radio = self.page.locator(f'input[type=radio][name="{name}"][value="{value}"]')
        if radio.count():
            radio.check()
        else:
            self.page.locator(f'select[name="{name}"]').select_option(value)

    def choose_in_levels(self, name: str, value: str, *labels: str) -> None:
        """A leaf of a tree: level by level with JavaScript, in one list without."""
        if not self.script:
            self.choose(name, value)
            return
        for level, label in enumerate(labels):
            self.page.locator(f"#field-{name} .cascade select").nth(level).select_option(label=label)

    def upload(self, name: str, file: FilePayload) -> None:
        """Chooses a file; with JavaScript it goes up at once and its thumbnail appears."""
        self.page.locator(f'input[type=file][name="{name}"]').set_input_files(file)
        if self.script:
            expect(self.page.locator(f"#field-{name} .thumbnail")).to_be_visible()

    def add_row(self, rows: str) -> str:
        """Adds a row; its id."""
        shown = self.page.locator(f'[data-rows="{rows}"] [data-row]')
        before = shown.count()
        self.page.locator(f'button[name="_add"][value="{rows}"]').click()
        expect(shown).to_have_count(before + 1)
        return str(shown.nth(before).get_attribute("data-row"))


@cache
def portrait(name: str = "photo.jpg") -> FilePayload:
    """A picture of nobody, large and detailed enough for an ID photo."""
    noise = Image.frombytes("RGB", (358, 441), random.Random(7).randbytes(358 * 441 * 3))  # noqa: S311 - a picture
    image = Image.blend(Image.new("RGB", noise.size, "#9fc3e8"), noise, 0.15)
    draw = ImageDraw.Draw(image)
    draw.ellipse((90, 250, 268, 560), fill="#2d3e50")
    draw.ellipse((119, 90, 239, 260), fill="#e8c9a9")
    made = BytesIO()
    image.save(made, "JPEG", quality=85)
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}
