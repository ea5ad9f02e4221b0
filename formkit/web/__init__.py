"""Forms on the web: `form_app` makes an ASGI application of them, which a host mounts where it likes."""

from formkit.web.app import form_app
from formkit.web.incoming import BodyLimits
from formkit.web.site import Facts, Person, Who

__all__ = ["BodyLimits", "Facts", "Person", "Who", "form_app"]
