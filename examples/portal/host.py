"""What the forms ask of the portal: who is there, what is known of them, what they may do just now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from examples.portal import words
from examples.portal.accounts.model import Account, ServiceDown
from examples.portal.services.refusals import Refusal, Refused
from examples.portal.transfers.facts import facts_of
from examples.portal.transfers.review import is_receivable, take_receipt
from examples.portal.transfers.standing import reason_to_wait, standing_of
from examples.portal.web.office import Office
from examples.portal.web.pages import menu
from examples.portal.web.visit import visit_of
from formkit import Form
from formkit.evaluation import context_of
from formkit.form import Transition
from formkit.records.model import Record
from formkit.renderers import Link
from formkit.texts import Text
from formkit.web import HostRefused, Person, SourceUnavailable


@dataclass(frozen=True)
class Host:
    """The portal, as the forms see it."""

    office: Office

    def who(self, request: Request) -> Person | None:
        """Who is signed in."""
        visit = visit_of(self.office, request)
        if visit.account is None or visit.session is None:
            return None
        return Person(visit.account.id, visit.account.name, visit.session.token_hash)

    def facts(self, person: Person, form: Form) -> Mapping[str, Any]:
        """What is known of a person."""
        return facts_of(self.office, self._account(person), form)

    def menu(self, _request: Request, person: Person | None, language: str) -> Sequence[Link]:
        """What stands at the top of every page of the forms."""
        return menu(language, signed_in=person is not None)

    def bar(self, person: Person, form: Form) -> Text | None:
        """Nobody changes a file that is on its way [S109]; what facts alone refuse is said before anything is typed."""
        policy = self.office.policy
        if form.id == policy.transfer_in.id:
            return words.text("transfer.arrive_here")
        if form.id == policy.collection.id:
            return reason_to_wait(standing_of(self.office, person.id))
        return _refused_by_facts(form, self.facts(person, form), self.office.clock().date().isoformat())

    def on_transition(self, _person: Person, form: Form, record: Record, _transition: Transition) -> None:
        """Whoever withdraws asks the national platform first: of the two places only one can have it [S116, S119]."""
        if form.id != self.office.policy.transfer_out.id or not is_receivable(form, record.state):
            return
        try:
            self.office.national.withdraw(record.id)
        except ServiceDown:
            raise SourceUnavailable(words.text("transfer.platform_down")) from None
        except Refused as refused:
            if refused.code is Refusal.RECEIVED:
                take_receipt(self.office, record.id, self.office.clock())
                raise HostRefused(words.text("transfer.received")) from None
            if refused.code is not Refusal.UNKNOWN_TRANSFER:  # it was never told of it, so nobody can have received it
                raise HostRefused(words.text("transfer.not_now")) from None

    def _account(self, person: Person) -> Account:
        with self.office.accounts.reading() as connection:
            account = self.office.accounts.by_id(connection, person.id)
        assert account is not None, "who is signed in has an account"
        return account


def _refused_by_facts(form: Form, facts: Mapping[str, Any], today: str) -> Text | None:
    """The sentence of the first of the form's checks that facts alone decide, and decide against the person."""
    context = context_of(form, None, facts, today)
    for check in form.checks:
        if all(name.startswith("facts.") for name in check.rule.names) and check.rule.is_false({}, None, context):
            return check.message
    return None
