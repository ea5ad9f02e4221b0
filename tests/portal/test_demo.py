"""What `make run` shows: people, a transfer in each state, and whom of the staff one may sign in as."""

from examples.portal.demo import STAFF, seed_demo
from examples.portal.people import DEMO_PASSWORD, demo_people
from examples.portal.transfers.standing import Whereabouts, standing_of
from tests.portal.people import World


def test_there_is_a_transfer_in_each_state_and_seeding_again_changes_nothing(world: World) -> None:
    office, workflow = world.office, world.office.policy.transfer_out.workflow
    assert workflow is not None
    seed_demo(office, world.clock())
    kept = [standing_of(office, person) for person in demo_people()]
    seed_demo(office, world.clock())
    assert [standing_of(office, person) for person in demo_people()] == kept
    assert {one.outgoing.state for one in kept if one.outgoing} == set(workflow.states)
    assert {one.whereabouts for one in kept} == {Whereabouts.HERE, Whereabouts.LEAVING, Whereabouts.GONE}


def test_their_files_and_pictures_can_be_looked_at(world: World) -> None:
    seed_demo(world.office, world.clock())
    sun = world.person()
    sun.log_in(str(demo_people()["sun"].facts["id_number"]))
    standing = standing_of(world.office, "sun")
    assert standing.file is not None and standing.outgoing is not None
    page = sun.get(f"/forms/accountant_collection/records/{standing.file.id}").text
    url = page.partition('<img src="')[2].partition('"')[0]
    assert sun.get(url).headers["content-type"].startswith("image/")
    assert "电子邮箱" in sun.get(f"/forms/transfer_out/records/{standing.outgoing.id}?lang=zh").text


def test_the_staff_of_the_demonstration_sign_in(world: World) -> None:
    seed_demo(world.office, world.clock())
    for name, _, _ in STAFF:
        page = world.person().post("/staff/login", {"name": name, "password": DEMO_PASSWORD})
        assert page.url.path.startswith("/staff") and page.url.path != "/staff/login"
