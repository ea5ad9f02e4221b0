"""The office: everything that stays the same from one request to the next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from examples.portal.accounts.codes import Codes
from examples.portal.accounts.model import ServiceDown
from examples.portal.accounts.passwords import Passwords
from examples.portal.accounts.secret import Secret
from examples.portal.accounts.sending import Sender
from examples.portal.accounts.store import AccountStore
from examples.portal.services.education import ContinuingEducation, EducationClient
from examples.portal.services.national import NationalPlatform
from examples.portal.services.opening import Services
from examples.portal.settings import Settings
from formkit import Form
from formkit.calendars import WorkingDays
from formkit.editions import Forms
from formkit.editions.following import held_in
from formkit.records.model import Answers, Record
from formkit.registry import Registry
from formkit.renderers import Renderer, Theme
from formkit.storage.contents import KeptContents
from formkit.storage.sql_store import SqlStore
from formkit.texts import Text
from formkit.web.csrf import CsrfProtection
from formkit.web.static_files import StaticFiles


@dataclass(frozen=True, slots=True)
class Policy:
    """The forms of the place in the editions in force, and the calendar its working days are counted by."""

    forms: Forms
    """Those that become records."""
    registration: Forms
    calendar: WorkingDays

    @property
    def collection(self) -> Form:
        """The file every person in accounting has."""
        return self.forms["accountant_collection"]

    @property
    def transfer_out(self) -> Form:
        """To another place."""
        return self.forms["transfer_out"]

    @property
    def transfer_in(self) -> Form:
        """From another place."""
        return self.forms["transfer_in"]


@dataclass(frozen=True)
class Office:
    """What every room works with."""

    settings: Settings
    secret: Secret
    store: SqlStore
    files: KeptContents
    policy: Policy
    accounts: AccountStore
    passwords: Passwords
    codes: Codes
    sender: Sender
    platform: NationalPlatform | None
    csrf: CsrfProtection
    forms: Mapping[str, Form]
    """The forms that are no records: registration, login, and what changes an account."""
    theme: Theme
    renderers: Registry[Renderer]
    static: StaticFiles
    clock: Callable[[], datetime]
    name: Text
    demo: Sequence[tuple[str, Text, Text]] = ()
    services: Services = field(default_factory=Services)

    @property
    def national(self) -> NationalPlatform:
        """The national platform; raises `ServiceDown` where the settings name none."""
        if self.platform is None:
            raise ServiceDown("PORTAL_NATIONAL_URL is not set")
        return self.platform

    @property
    def education(self) -> ContinuingEducation:
        """Continuing education; raises `ServiceDown` where the settings name none."""
        connection = self.services.connections.get("education")
        if connection is None:
            raise ServiceDown("PORTAL_EDUCATION_URL is not set")
        return EducationClient(connection)

    @property
    def development(self) -> bool:
        """Whether this is a demonstration."""
        return self.settings.development

    def close(self) -> None:
        """Gives back the database and the connections."""
        self.services.close()
        self.store.close()

    @property
    def after_login(self) -> str:
        """Where a person goes on after the login."""
        return f"/forms/{self.policy.collection.id}"


def held(office: Office, record: Record) -> Answers:
    """What a record holds, whatever its edition, as the form in force reads it."""
    forms = office.policy.forms
    form = forms[record.form]
    today = office.clock().astimezone(ZoneInfo(form.time_zone)).date().isoformat()
    return held_in(form, forms, record, today).answers
