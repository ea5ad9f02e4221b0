import re
from datetime import UTC, datetime

from formkit.records.identifiers import new_id, receipt_number

EVENING = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)


def test_ids_are_fit_for_urls_and_file_names_and_differ() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in ids)


def test_a_receipt_number_bears_the_day_where_the_form_lives() -> None:
    assert re.fullmatch(r"20260302-\w{4}-\w{4}", receipt_number(EVENING, "Asia/Shanghai", lambda _: False))
    assert receipt_number(EVENING, "Europe/Berlin", lambda _: False).startswith("20260301-")


def test_a_receipt_number_reads_out_without_mistakes() -> None:
    numbers = "".join(receipt_number(EVENING, "UTC", lambda _: False)[9:] for _ in range(500))
    assert not set(numbers) & set("01ILOU")


def test_a_number_that_is_taken_is_not_given() -> None:
    asked: list[str] = []

    def taken(number: str) -> bool:
        asked.append(number)
        return len(asked) < 3

    assert receipt_number(EVENING, "UTC", taken) == asked[2]
