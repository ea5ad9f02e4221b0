"""The divisions of the place, as the collection form lists them: which are somebody's, and what they are called."""

from examples.portal.accounts.staff import Member
from examples.portal.web.office import Office
from formkit.choices import ChoiceList


def divisions(office: Office) -> ChoiceList:
    """The list of the form."""
    field = office.policy.collection.field_at("division")
    assert field is not None and field.type.choice_list is not None, "the collection form asks for the division"
    found: ChoiceList = field.type.choice_list
    return found


def divisions_of(office: Office, member: Member, language: str, day: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each division there is on a day and is the member's to look after."""
    listed = divisions(office)
    own = (
        value
        for value in listed.by_value
        if value in listed.leaves and member.is_for(value) and all(one.valid_on(day) for one in listed.ancestry(value))
    )
    return tuple((value, listed.label(value, language)) for value in own)


def name_of(office: Office, division: str, language: str) -> str:
    """What a division is called; of the province, its code."""
    return divisions(office).label(division, language)


def cities_of(office: Office, member: Member, language: str) -> tuple[tuple[str, str], ...]:
    """Code and name of each city the member looks after divisions of."""
    return tuple((one.value, one.label.in_(language)) for one in divisions(office).choices if member.is_for(one.value))
