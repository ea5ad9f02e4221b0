"""Fixtures of the renderers' tests: a form with every widget, and answers that meet all of them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from formkit import load, validate
from formkit.form import Form
from formkit.issues import Issue
from formkit.renderers import Link, Page, render, stylesheet_name

FORM = Path(__file__).parent / "forms" / "widgets.yaml"
FACTS = {"registered_name": "张三", "office_open": True}
RECORD = {"number": "A-1", "visits": [{"_id": "v1", "day": "2024-01-02"}]}
PHOTO = {
    "id": "a1",
    "name": "头像.jpg",
    "size": 345678,
    "media_type": "image/jpeg",
    "width": 300,
    "height": 420,
    "sha256": "0" * 64,
}
FAULTY: dict[str, Any] = {
    "email": "not an email",
    "status": "student",
    "degree": "old",
    "born": "2024-13-45",
    "age": "abc",
    "story": "第一行\n第二行",
    "awards": [{"_id": "r1", "name": "先进"}, {"_id": "r2"}],
    "photo": PHOTO,
}
CONTEXT: dict[str, Any] = {"record": RECORD, "facts": FACTS, "today": "2024-06-01"}

Draw = Callable[..., str]


@pytest.fixture(scope="session")
def form() -> Form:
    """The form with every widget."""
    return load(FORM)


@pytest.fixture
def page(form: Form) -> Page:
    """The surroundings a portal gives."""
    return Page(
        action="/f",
        csrf_token="token",  # noqa: S106 - a sample
        hidden={"draft": "d1"},
        form_stylesheet=f"/forms/{stylesheet_name(form)}",
        step_url="/f/{step}",
        back_url="/f/about",
        file_url="/files/{id}",
        thumbnail_url="/thumbnails/{id}",
        upload_url="/upload",
        autosave_url="/save",
        saved_at="14:03",
        site_title="广东省会计信息服务平台",
        home_url="/",
        user="张三",
        menu=(Link("我的信息", "/me"),),
        languages=(Link("中文", "?lang=zh", True, "zh-CN"), Link("English", "?lang=en", False, "en")),
    )


@pytest.fixture
def draw(form: Form, page: Page) -> Draw:
    """`render` of the form, on the page, in its context; what the test names comes first."""
    return partial(_draw, form, page)


def _draw(form: Form, usual: Page, step: str, answers: dict[str, Any] | None = None, **more: Any) -> str:
    return render(form, step, answers or {}, **{**CONTEXT, "page": usual, **more})


@pytest.fixture(scope="session")
def issues(form: Form) -> tuple[Issue, ...]:
    """What there is to say of FAULTY."""
    return validate(form, FAULTY, **CONTEXT).issues
