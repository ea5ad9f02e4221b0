"""The `print` renderer: the whole form with its answers, for paper."""

from formkit.renderers.html import HtmlRenderer
from formkit.renderers.themes import DEFAULT_THEME, Theme


class PrintRenderer(HtmlRenderer):
    """Every visible step on one page, as text."""

    whole = True

    def __init__(self, theme: Theme = DEFAULT_THEME) -> None:
        super().__init__(theme, "print.html")
