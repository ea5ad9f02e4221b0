"""The first staff accounts, which no city adds: given by who runs the portal."""

from examples.portal.accounts import staff
from examples.portal.accounts.staff import NAME, Role, new_member
from examples.portal.staff.divisions import divisions
from examples.portal.web.office import Office
from formkit import evaluate
from formkit.errors import FormkitError
from formkit.validation import judge


class EnrolmentRefused(FormkitError):  # noqa: N818 - read as a sentence: except EnrolmentRefused
    """There is no such account to be had; says why."""


def enrol(office: Office, name: str, role: Role, division: str, password: str) -> None:
    """Gives somebody an account; raises `EnrolmentRefused` or `NameTaken`."""
    if not NAME.fullmatch(name):
        raise EnrolmentRefused(f"a name has 3 to 40 letters, digits, dots, hyphens and begins with a letter: {name}")
    if not _fits(office, role, division):
        raise EnrolmentRefused(f"a {role.value} works for a {_PLACE[role]} of the list of divisions: not {division}")
    _check_strength(office, password)
    member = new_member(name, role, division, office.passwords.hash(password), office.clock())
    with office.accounts.writing() as connection:
        staff.add(connection, member)


_PLACE = {Role.DISTRICT: "district", Role.CITY: "city", Role.SUPPORT: "division"}


def _fits(office: Office, role: Role, division: str) -> bool:
    listed, province = divisions(office), office.settings.place.ljust(6, "0")
    if role is Role.DISTRICT:
        return division in listed.leaves
    cities = {one.value for one in listed.choices} | {province}
    return division in (cities if role is Role.CITY else cities | listed.leaves)


def _check_strength(office: Office, password: str) -> None:
    form = office.forms["change_password"]
    answers = {"current": password, "password": password, "password_repeat": password}
    issues = judge(evaluate(form, answers, facts={}, today=office.clock().date())).issues
    if any(issue.path == "password" for issue in issues):
        raise EnrolmentRefused("the password is too short, too long or too common")
