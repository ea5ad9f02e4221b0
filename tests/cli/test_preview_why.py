"""The preview's why beside each field, what is hidden at the end, and the boxes that make it another person's page."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from formkit.cli.preview_app import preview_app
from formkit.expressions import UNKNOWN
from tests.cli.conftest import FORM
from tests.cli.test_preview import Browser

ASK = "/form/leave/ask?state=filled&lang=en"
LATER = "/form/leave/later?state=filled&lang=en"


@pytest.fixture
def browser(folder: Path) -> Browser:
    return Browser(preview_app(Path("leave.yaml"), language="en"))


def told(browser: Browser, url: str = "/around/leave/ask?state=filled&lang=en", **boxes: str) -> str:
    """The page that a browser is led to after it sent these boxes."""
    names = {name.replace("__", "."): value for name, value in boxes.items()}
    answer = browser.post(url, content=urlencode(names), headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code in (303, 422), answer.text
    return browser.get(answer.headers["location"]).text if answer.status_code == 303 else answer.text


def reasons(html: str, field: str) -> str:
    """The why that stands in a field."""
    found = re.search(rf'data-field="{field}".*?<details class="preview-why">(.*?)</details>', html, re.S)
    assert found is not None
    return found[1]


def test_each_field_says_why_and_what_depends_on_it(browser: Browser) -> None:
    why = reasons(browser.get(ASK).text, "days")
    assert "“Days” is required, because it says so (leave.yaml:11:66)" in why
    assert "whether the step “Handover” is shown (leave.yaml:18:19)" in why


def test_what_is_hidden_stands_at_the_end_with_why(browser: Browser) -> None:
    page = browser.get(ASK).text
    end = page[page.index('class="preview-hidden"') :]
    assert "“事由” is not shown, because “Days” is 1, not more than 3" in end
    step = browser.get(LATER).text
    assert "With these answers this step is not shown" in step
    assert "the step “Handover” is not shown, because “Days” is 1, not more than 10" in step


def test_answers_a_record_facts_and_a_day_of_ones_own(browser: Browser) -> None:
    assert 'value="4"' in told(browser, answers='{"days": 4}')
    page = told(browser, record='{"days": 7}', fact__days_left="$unknown", today="2024-02-29")
    assert "“Days” is 7, from the record" in page
    assert 'name="today" value="2024-02-29"' in page
    assert re.search(r'<option value="\$unknown" selected>', page)
    page = told(browser, value__days_left="99")
    assert re.search(r'<option value="\$given" selected>', page)


def test_what_was_told_stays_while_one_moves_on(browser: Browser) -> None:
    page = told(browser, answers='{"days": 12}')
    ahead = [link.replace("&amp;", "&") for link in re.findall(r'href="(/form/leave/[^"]+)"', page)]
    assert ahead and all("around=" in link for link in ahead)
    later = next(link for link in ahead if "/later?" in link)
    assert "交接人" in browser.get(later).text
    assert browser.get(f"{ASK}&around=nobody").status_code == 200


@pytest.mark.parametrize(
    ("boxes", "wrong"),
    [
        ({"record": "{"}, "is not valid JSON at line 1"),
        ({"record": "[]"}, "must hold one JSON object"),
        ({"record": '{"days": "x"}'}, "“days” must be a number"),
        ({"answers": '{"days": 1, "days": 2}'}, "has “days” twice"),
        ({"today": "tomorrow"}, "is no date"),
        ({"fact__days_left": "$given", "value__days_left": "many"}, "must be a number"),
        ({"fact__days_left": "$given", "value__days_left": "1.5"}, "must be a number"),
    ],
)
def test_what_is_wrong_stands_beside_its_box_with_what_was_written(
    browser: Browser, boxes: dict[str, str], wrong: str
) -> None:
    page = told(browser, **boxes)
    error = re.search(r'class="preview-error"[^>]*>(.*?)</p>', page)
    assert error is not None and wrong in error[1].replace("&#39;", "'").replace("&#34;", '"')
    assert '<details class="preview-around" open>' in page and page.count("aria-invalid") == 1


def test_nothing_written_is_markup(browser: Browser) -> None:
    page = told(browser, answers='{"why": "<script>x</script>", "days": "</textarea><b>"}')
    assert "<script>x" not in page and "</textarea><b>" not in page


def test_what_the_command_was_given_is_in_the_boxes(folder: Path) -> None:
    facts = {"days_left": UNKNOWN}
    app = preview_app(Path("leave.yaml"), language="en", facts=facts, record={"days": 3}, answers={"days": 4})
    page = Browser(app).get("/form/leave/ask?state=change").text
    assert re.search(r'<option value="\$unknown" selected>', page)
    assert "“Days” is 4, entered in the step “Request”" in page


def test_another_edition_is_a_link_away(folder: Path) -> None:
    old = FORM.replace("2024-01-01", "2019-01-01").replace("days > 3", "days > 0")
    (folder / "old.yaml").write_text(old, encoding="utf-8")
    browser = Browser(preview_app(Path("leave.yaml"), language="en", against=Path("old.yaml")))
    page = browser.get(ASK).text
    link = re.search(r'href="([^"]+)">Compare: 2019-01-01', page)
    assert link is not None and "“事由” is not shown" in page
    other = browser.get(link[1].replace("&amp;", "&")).text
    assert "“事由” is shown, because “Days” is 1, more than 0 (old.yaml:12:50)" in other
    shown = re.search(r'data-preview-version="(\w+)"', other)
    (folder / "old.yaml").write_text(old + "# more\n", encoding="utf-8")
    assert shown is not None and browser.get("/version").text != shown[1]


def test_an_edition_without_the_form(folder: Path) -> None:
    (folder / "old.yaml").write_text(FORM.replace("form: leave", "form: other"), encoding="utf-8")
    browser = Browser(preview_app(Path("leave.yaml"), language="en", against=Path("old.yaml")))
    assert "Compare" not in browser.get(ASK).text
    assert browser.get(f"{ASK}&edition=against").status_code == 404


def test_a_record_from_a_file_that_is_no_record(folder: Path) -> None:
    app = preview_app(Path("leave.yaml"), language="en", record=json.loads('{"days": {}}'))
    assert "“days” must be a number" in Browser(app).get(ASK).text
