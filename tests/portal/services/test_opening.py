"""The portal asks the services its settings name, wherever it runs."""

from collections.abc import Callable
from pathlib import Path

from examples.portal.accounts.sending import DemoSender
from examples.portal.app import open_office
from examples.portal.services.national import NationalClient
from examples.portal.services.sms import HttpSender
from examples.portal.settings import Settings
from tests.portal.people import PRODUCTION
from tests.portal.services.serving import NUMBER, SECRETS


def test_the_national_platform_is_asked_where_it_is_named(
    address: str, place: Callable[[str], NationalClient], tmp_path: Path
) -> None:
    environment = {"PORTAL_NATIONAL_URL": address, "PORTAL_NATIONAL_SECRET": SECRETS["44"].decode()}
    office = open_office(Settings.of(tmp_path, environment))
    assert office.national.collected_elsewhere(NUMBER) is False
    place("43").report_collected(NUMBER, "resident_id")
    assert office.national.collected_elsewhere(NUMBER) is True
    assert isinstance(office.sender, DemoSender), "no gateway is named"
    office.close()


def test_outside_development_nothing_stands_in(tmp_path: Path) -> None:
    office = open_office(Settings.of(tmp_path, PRODUCTION))
    assert isinstance(office.sender, HttpSender)
    assert isinstance(office.platform, NationalClient)
    office.close()
    demonstration = open_office(Settings.of(tmp_path / "demo", {}))
    assert demonstration.platform is None, "make run has one of its own"
    demonstration.close()
