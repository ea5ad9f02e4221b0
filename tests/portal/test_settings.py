"""The settings: read from the environment, and refusing to be weak where people come."""

import re
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from examples.portal.operation.factory import DATA
from examples.portal.settings import Settings, SettingsInvalid
from tests.portal.people import PRODUCTION


def test_a_demonstration_needs_nothing() -> None:
    settings = Settings.of(Path("data"), {})
    assert settings.development
    assert settings.place == "44"


def test_what_the_environment_says_is_read() -> None:
    settings = Settings.of(Path("data"), {**PRODUCTION, "PORTAL_WORKERS": "4", "PORTAL_EXAM_CLIENTS": EXAM})
    assert not settings.development
    assert settings.workers == 4
    assert list(settings.exam_clients) == ["exam", "other"]
    for secret in (PRODUCTION["PORTAL_SECRET"], "exam secret"):
        assert secret not in repr(settings)


EXAM = "exam:exam secret of 32 characters at least,other:another secret of 32 characters at least"


@pytest.mark.parametrize("missing", [name for name in PRODUCTION if name != "PORTAL_DEVELOPMENT"])
def test_outside_development_nothing_may_be_missing(missing: str) -> None:
    given = {name: value for name, value in PRODUCTION.items() if name != missing}
    with pytest.raises(SettingsInvalid, match=missing):
        Settings.of(Path("data"), given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_SECRET", "secret"),
        ("PORTAL_SECRET", "not base64 !"),
        ("PORTAL_SECRET", urlsafe_b64encode(bytes(32)).decode()),
        ("PORTAL_NATIONAL_SECRET", "short"),
        ("PORTAL_EDUCATION_SECRET", "a" * 40),
        ("PORTAL_SMS_SECRET", "changeme"),
        ("PORTAL_ORIGIN", "http://kj.example.gov.cn"),
        ("PORTAL_EXAM_CLIENTS", "exam:weak"),
        ("PORTAL_EXAM_CLIENTS", "exam system:exam secret of 32 characters at least"),
        ("PORTAL_WORKERS", "0"),
        ("PORTAL_PLACE", "../44"),
    ],
)
def test_what_is_weak_or_wrong_is_refused_without_saying_it(name: str, value: str) -> None:
    with pytest.raises(SettingsInvalid, match=name) as told:
        Settings.of(Path("data"), {**PRODUCTION, name: value})
    if "SECRET" in name:
        assert value not in str(told.value)
    assert PRODUCTION["PORTAL_SMS_SECRET"] not in str(told.value)


def test_the_how_to_names_every_variable_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "run-in-production.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall("`([A-Z_]+)`", row)}
    assert named == {str(field.alias) for field in Settings.model_fields.values() if field.alias} | {DATA}


@pytest.mark.parametrize("service", ["NATIONAL", "EDUCATION", "SMS"])
def test_a_service_that_is_named_has_a_strong_secret_in_development_too(service: str) -> None:
    given = {f"PORTAL_{service}_URL": "http://127.0.0.1:9/"}
    with pytest.raises(SettingsInvalid, match=f"PORTAL_{service}_SECRET"):
        Settings.of(Path("data"), given)


def test_the_log_is_for_programs_where_people_come() -> None:
    assert Settings.of(Path("data"), {}).log_format == "text"
    assert Settings.of(Path("data"), PRODUCTION).log_format == "json"
    assert Settings.of(Path("data"), {"PORTAL_LOG": "json"}).log_format == "json"
    with pytest.raises(SettingsInvalid, match="PORTAL_LOG"):
        Settings.of(Path("data"), {"PORTAL_LOG": "xml"})
