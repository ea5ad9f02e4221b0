"""Pages drawn at once in several threads are the pages drawn one after the other."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from formkit import load, render
from formkit.renderers import DEFAULT_THEME, RENDERERS, HtmlRenderer
from tests.renderers.conftest import FACTS, FORM


def test_threads_share_what_is_remembered() -> None:
    form, own = load(FORM), RENDERERS.extended({"html": HtmlRenderer(DEFAULT_THEME)})

    def draw(number: int) -> str:
        rows = [{"_id": f"r{number}", "name": f"第 {number} 项"}]
        answers: dict[str, Any] = {"awards": rows, "full_time": {"school": f"第 {number} 中学"}}
        day = f"2024-06-{number % 6 + 1:02}"
        return render(form, "more", answers, facts=FACTS, today=day, renderers=own)

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(draw, range(500)))
    assert together == [draw(number) for number in range(500)]
