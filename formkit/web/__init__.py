"""Forms on the web: `form_app` makes an ASGI application of them, which a host mounts where it likes."""

from formkit.web.app import form_app, static_path
from formkit.web.incoming import BodyLimits
from formkit.web.site import Facts, HostRefused, Person, SourceUnavailable, Who
from formkit.web.visit import LANGUAGE_COOKIE

__all__ = [
    "LANGUAGE_COOKIE",
    "BodyLimits",
    "Facts",
    "HostRefused",
    "Person",
    "SourceUnavailable",
    "Who",
    "form_app",
    "static_path",
]
