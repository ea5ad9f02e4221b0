"""Every door of the staff: to whom it opens, and that nothing is posted without its token."""

import pytest

from examples.portal.app import DOORS
from examples.portal.web.doors import ROLES, Access, Door
from tests.portal.people import World
from tests.portal.staff.officers import officer

OURS = [door for door in DOORS if door.access in ROLES]
LEADING_OUT = ("/staff/logout", "/staff/password")
KNOWN = {"record": "f" * 32, "file": "e" * 32, "format": "csv", "transition": "approve"}


def at(door: Door) -> str:
    return door.path.format(**KNOWN)


def test_every_staff_address_is_behind_a_role_but_for_the_login() -> None:
    others = [door for door in DOORS if door.path.startswith("/staff") and door not in OURS]
    assert {door.path for door in others} == {"/staff/login"}
    assert all(door.path.startswith("/staff") for door in OURS)


def test_who_is_not_of_the_staff_is_led_to_their_login(world: World) -> None:
    person = world.person()
    person.log_in()
    for door in OURS:
        data = {"x": "y"} if door.method == "POST" else None
        answer = person.client.request(door.method, at(door), data=data, follow_redirects=False)
        assert answer.status_code == 303, door
        assert answer.headers["location"].startswith("/staff/login?next=/staff"), door
    assert person.get("/account").url.path == "/account", "still signed in on the other side"


@pytest.mark.parametrize("name", ["tianhe", "city", "support"])
def test_each_part_comes_in_where_it_may_and_nowhere_else(world: World, name: str) -> None:
    one = officer(world, name)
    for door in OURS:
        if door.path in LEADING_OUT and door.method == "POST":
            continue
        opened = one.member.role in ROLES[door.access]
        answer = one.get(at(door)) if door.method == "GET" else one.send(at(door))
        assert (answer.status_code == 403) is not opened, (door, answer.status_code)
        assert answer.status_code < 500, door


def test_nothing_is_done_without_its_token(world: World) -> None:
    one = officer(world, "city")
    for door in OURS:
        if door.method == "POST":
            for data, headers in (({"x": "y"}, {}), ({"_csrf": one.token()}, {"sec-fetch-site": "cross-site"})):
                assert one.client.post(at(door), data=data, headers=headers).status_code == 403, door
    assert one.get("/staff").url.path == "/staff", "still signed in"


def test_a_persons_session_opens_no_door_of_the_staff_and_the_other_way_round(world: World) -> None:
    one = officer(world, "city")
    assert one.get("/account").url.path == "/login"
    token = one.cookie("portal_staff")
    other = world.person()
    other.client.cookies.set("portal_session", token)
    assert other.get("/account").url.path == "/login"
    assert Access.PERSON not in ROLES
