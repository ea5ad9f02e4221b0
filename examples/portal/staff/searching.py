"""The search for people: posted, so that no number stands in an address; support learns that there is an account."""

from dataclasses import dataclass

from starlette.responses import Response

from examples.portal.accounts import sessions
from examples.portal.accounts.model import Account, masked
from examples.portal.accounts.staff import Role
from examples.portal.staff.colleagues import note
from examples.portal.staff.finding import By, FileRow, find, find_accounts, masked_name
from examples.portal.staff.projection import bring_up_to_date
from examples.portal.staff.signing_in import own
from examples.portal.web.pages import draw, problem
from examples.portal.web.visit import ZONE, Visit
from formkit.renderers import Banner


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as support sees it: masked, and where it is signed in."""

    name: str
    number: str
    mobile: str
    created: str
    sessions: tuple[tuple[str, str, str], ...]


def show_search(visit: Visit) -> Response:
    """The box to search by."""
    return _page(visit)


def search(visit: Visit) -> Response:
    """What was found."""
    (member, _), office, typed = own(visit), visit.office, visit.posted("text")
    by = By(visit.posted("by")) if visit.posted("by") in set(By) else By.NUMBER
    if not typed.strip():
        response = _page(visit, problem(visit, "staff.search_empty"))
        response.status_code = 422
        return response
    bring_up_to_date(office)
    if member.role is Role.SUPPORT:
        accounts = [_account_row(visit, one) for one in find_accounts(office, by, typed)]
        note(visit, "staff_searched", member.id, by=by.value, found=len(accounts))
        return _page(visit, accounts=accounts, by=by, searched=True)
    found = find(office, member, by, typed, visit.language)
    note(visit, "staff_searched", member.id, by=by.value, found=len(found))
    return _page(visit, found=found, by=by, searched=True)


def _account_row(visit: Visit, account: Account) -> AccountRow:
    with visit.office.accounts.reading() as connection:
        alive = sessions.of_account(connection, account.id, visit.now)
    return AccountRow(
        masked_name(account.name),
        masked(account.number),
        masked(account.mobile),
        account.created.astimezone(ZONE).date().isoformat(),
        tuple((one.browser, _time(one.began), _time(one.seen)) for one in alive),
    )


def _time(moment: object) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"  # type: ignore[attr-defined]


def _page(
    visit: Visit,
    *banners: Banner,
    found: tuple[FileRow, ...] = (),
    accounts: list[AccountRow] | None = None,
    by: By = By.NUMBER,
    searched: bool = False,
) -> Response:
    member, _ = own(visit)
    return draw(
        visit,
        "staff_search.html",
        *banners,
        found=found,
        accounts=accounts or (),
        ways=list(By),
        by=by,
        searched=searched,
        support=member.role is Role.SUPPORT,
    )
