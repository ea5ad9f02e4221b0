"""A form's Markdown texts → safe HTML."""

from collections.abc import Callable
from functools import cache

from markupsafe import Markup

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "code", "hr"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def markdown(text: str) -> Markup:
    """Safe HTML of a Markdown text: raw HTML stays text, headings begin at the third level, below the page's own."""
    return Markup(_renderer()(text))  # noqa: S704 - cleaned just before


@cache
def _renderer() -> Callable[[str], str]:
    # Imported at first use: importing formkit must not pay for pages nobody draws.
    import nh3
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")

    def render(text: str) -> str:
        tokens = parser.parse(text)
        for token in tokens:
            token.tag = _HEADINGS.get(token.tag, token.tag)
        html = parser.renderer.render(tokens, parser.options, {})
        return nh3.clean(
            html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer"
        ).strip()

    return render
