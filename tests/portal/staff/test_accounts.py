"""Login, logout and password of staff: same words for known and unknown, limits, sessions that end."""

import pytest

from examples.portal.operation.commands import main
from examples.portal.tables import staff
from tests.portal.people import World
from tests.portal.staff.officers import PASSWORD, Officer, officer

WRONG = "The user name or the password is wrong"


def test_who_signs_in_gets_a_session_of_their_own(world: World) -> None:
    one = officer(world, "city", signed_in=False)
    assert one.get("/staff/colleagues").url.path == "/staff/login"
    before = one.cookie("portal_guest")
    page = one.sign_in(next="/staff/colleagues")
    assert page.url.path == "/staff/colleagues"
    assert one.cookie("portal_staff")
    assert before is not None
    assert one.cookie("portal_guest") is None
    assert one.sign_in(next="https://elsewhere.example").url.path == "/staff"


def test_unknown_wrong_and_disabled_are_told_the_same(world: World, city: Officer) -> None:
    one = officer(world, "tianhe", signed_in=False)
    city.post("/staff/colleagues/access", {"disable": one.member.id}, page="/staff/colleagues")
    for name, password in (("nobody", PASSWORD), ("city", "wrong"), ("tianhe", PASSWORD)):
        page = one.sign_in(password, name)
        assert page.status_code == 422
        assert WRONG in page.text


def test_too_many_tries_wait_whoever_it_is(world: World) -> None:
    one = officer(world, "city", signed_in=False)
    for name in ("city", "nobody"):
        answers = [one.sign_in("wrong", name).status_code for _ in range(6)]
        assert answers == [422] * 5 + [429]
    world.clock.on(minutes=16)
    assert one.sign_in().url.path == "/staff"


def test_logout_ends_the_session_in_the_database(world: World, city: Officer) -> None:
    token = city.cookie("portal_staff")
    assert city.post("/staff/logout", page="/staff").url.path == "/staff/login"
    city.client.cookies.set("portal_staff", token)
    assert city.get("/staff").url.path == "/staff/login"


def test_a_session_ends_when_nobody_uses_it(world: World, city: Officer) -> None:
    world.clock.on(minutes=61)
    assert city.get("/staff").url.path == "/staff/login"


def test_a_new_password_ends_every_other_session(world: World, city: Officer) -> None:
    other = officer(world, "city")
    new = "另外一句谁也猜不到的话"
    typed = {"current": PASSWORD, "password": new, "password_repeat": new}
    assert city.post("/staff/password", {**typed, "current": "wrong"}).status_code == 422
    assert city.post("/staff/password", {**typed, "password_repeat": "x"}).status_code == 422
    assert city.post("/staff/password", typed).url.path == "/staff"
    assert city.get("/staff").url.path == "/staff"
    assert other.get("/staff").url.path == "/staff/login"
    assert other.sign_in().status_code == 422
    assert other.sign_in(new).url.path == "/staff"


def test_a_city_adds_its_districts_and_no_other(world: World, city: Officer) -> None:
    page = city.post("/staff/colleagues", {"name": "haizhu", "division": "440105"})
    password = page.text.partition("its password is ")[2].partition(" ")[0]
    new = Officer(world.person().client, world, "haizhu")
    assert new.sign_in(password).url.path == "/staff"
    assert new.member.division == "440105"
    assert password not in city.get("/staff/colleagues").text
    for name, division in (("haizhu", "440105"), ("other", "440604"), ("x", "440105"), ("other", "440100")):
        assert city.post("/staff/colleagues", {"name": name, "division": division}).status_code == 422


def test_a_city_shuts_out_its_districts_at_once_and_no_other(world: World, city: Officer) -> None:
    one, foshan = officer(world, "tianhe"), officer(world, "foshan")
    access, page = "/staff/colleagues/access", "/staff/colleagues"
    for who, chosen in ((foshan, one), (city, foshan), (city, city)):
        assert who.post(access, {"disable": chosen.member.id}, page=page).status_code == 404
        assert not chosen.member.disabled
    city.post(access, {"disable": one.member.id}, page=page)
    assert one.get("/staff").url.path == "/staff/login"
    city.post(access, {"enable": one.member.id}, page=page)
    assert one.sign_in().url.path == "/staff"


def test_a_session_from_before_stays_ended_and_a_disabled_account_has_none(world: World, city: Officer) -> None:
    one = officer(world, "tianhe")
    token = one.cookie("portal_staff")
    for action in ("disable", "enable"):
        city.post("/staff/colleagues/access", {action: one.member.id}, page="/staff/colleagues")
    assert one.get("/staff").url.path == "/staff/login"
    one.client.cookies.set("portal_staff", token)
    assert one.get("/staff").url.path == "/staff/login"
    one.sign_in()
    with world.office.accounts.writing() as connection:
        connection.execute(staff.update().where(staff.c.name == "tianhe").values(disabled=True))
    assert one.get("/staff").url.path == "/staff/login"


def test_the_first_account_comes_by_command(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--data", str(world.data), "--role", "city", "--division"]
    assert main(["add-staff", "guangzhou", *given, "440100"]) == 0
    password = capsys.readouterr().out.rsplit(" ", 1)[1].strip()
    assert Officer(world.person().client, world, "guangzhou").sign_in(password).url.path == "/staff"
    for name, division in (("guangzhou", "440100"), ("other", "440106"), ("other", "110000"), ("No", "440100")):
        assert main(["add-staff", name, *given, division]) == 1
    assert capsys.readouterr().err.count("not done: ") == 4
