"""What a portal says of the page around a form: addresses, tokens, menus, banners."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from formkit.wizard import Path

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a menu; `lang` is the language of its words, where that is another than the page's."""

    label: str
    url: str
    current: bool = False
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Banner:
    """A message above the form; `level` is success, notice, warning or error."""

    text: str
    level: str = "notice"


@dataclass(frozen=True, slots=True)
class Page:
    """The surroundings of a rendered form; every address is the portal's, and an empty one leaves its element out.

    `step_url` holds `{step}`; `file_url` and `thumbnail_url` hold `{id}`. `hidden` are hidden inputs beside
    `csrf_token`. `form_stylesheet` is where the portal serves what `stylesheet(form)` returns. `path` is the person's
    way through the steps. With `script` the page loads `formkit.js` from `static_url`. A `fragment` is the form alone,
    to be put into a page of the portal's.
    """

    action: str = ""
    csrf_token: str = ""
    hidden: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    static_url: str = "/static"
    form_stylesheet: str = ""
    step_url: str = ""
    back_url: str = ""
    upload_url: str = ""
    file_url: str = ""
    thumbnail_url: str = ""
    autosave_url: str = ""
    site_title: str = ""
    home_url: str = ""
    user: str = ""
    menu: Sequence[Link] = ()
    languages: Sequence[Link] = ()
    banners: Sequence[Banner] = ()
    path: Path | None = None
    saved_at: str = ""
    submission_token: str = ""
    script: bool = True
    fragment: bool = False
    alone: bool = False
    """One step by itself, as when a block of a record is changed: no way through the others is shown."""
