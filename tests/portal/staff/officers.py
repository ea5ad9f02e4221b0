"""Staff before a portal that has people's files: for the tests of their pages."""

from dataclasses import dataclass
from typing import Any

from httpx import Response

from examples.portal.accounts.staff import Member, Role, by_name
from examples.portal.staff.enrolling import enrol
from tests.portal.people import Browser, World

PASSWORD = "一句只有工作人员知道的话"  # noqa: S105 - of an invented person
STAFF = {
    "city": (Role.CITY, "440100"),
    "tianhe": (Role.DISTRICT, "440106"),
    "nansha": (Role.DISTRICT, "440115"),
    "support": (Role.SUPPORT, "440000"),
    "foshan": (Role.CITY, "440600"),
    "province": (Role.CITY, "440000"),
}


@dataclass
class Officer(Browser):
    """Somebody of the staff at their browser."""

    name: str = ""

    def sign_in(self, password: str = PASSWORD, name: str = "", **more: str) -> Response:
        return self.post("/staff/login", {"name": name or self.name, "password": password, **more})

    @property
    def member(self) -> Member:
        with self.world.office.accounts.reading() as connection:
            found = by_name(connection, self.name)
        assert found is not None
        return found

    def token(self) -> str:
        """A token good for any page of theirs."""
        return str(self.world.office.csrf.token(self._bound))

    @property
    def _bound(self) -> str:
        from examples.portal.accounts.sessions import token_hash

        return token_hash(self.cookie("portal_staff") or "")

    def send(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Response:
        """Posts with a good token from wherever."""
        found: Response = self.client.post(path, data={"_csrf": self.token(), **(data or {})}, **more)
        return found


def officer(world: World, name: str, *, signed_in: bool = True) -> Officer:
    """Somebody of `STAFF`, with an account, at a browser of their own."""
    role, division = STAFF[name]
    with world.office.accounts.reading() as connection:
        known = by_name(connection, name)
    if known is None:
        enrol(world.office, name, role, division, PASSWORD)
    made = Officer(world.person().client, world, name)
    if signed_in:
        assert made.sign_in().url.path == "/staff"
    return made
