"""Figures and lists to take away: of the member's divisions, inert in any spreadsheet, in full for a reason alone."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from examples.portal.exam.files import Status
from examples.portal.staff.exporting import PAGE
from examples.portal.staff.figures import STATUSES, THIN, WIDTH, Figures, by_city, figures
from examples.portal.staff.projection import bring_up_to_date
from examples.portal.staff.sheets import inert, write_csv, write_xlsx
from formkit.records.model import AuditEntry
from tests.portal.exam.examiners import Archive, values
from tests.portal.people import ZHANG, ZHANG_MOBILE, World
from tests.portal.staff.officers import Officer, officer

REASON = "上级要求报送名单"
NUMBER = "440106199003078884"


@pytest.fixture
def archive(world: World) -> Archive:
    """Two people of Tianhe, one of Nansha on the way out, one of Foshan."""
    made = Archive(world.office, world.clock.now)
    made.keep()
    made.keep({**values(), "name": "=cmd|'/c calc'!A1", "id_number": NUMBER}, owner="p2", number="C2")
    made.keep({**values(), "division": "440115"}, owner="p3", number="C3")
    made.transfer("pending", owner="p3")
    made.keep({**values(), "division": "440604"}, owner="p4", number="C4")
    return made


def trail(world: World, who: Officer) -> list[AuditEntry]:
    with world.office.store.reading() as view:
        return list(view.audit_entries(who.member.id))


def read_csv(answer: Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def read_xlsx(content: bytes) -> list[list[Any]]:
    sheet: Any = load_workbook(BytesIO(content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.usefixtures("archive")
def test_figures_are_counted_by_division_and_status(world: World, city: Officer) -> None:
    bring_up_to_date(world.office)
    found = {one.division: dict(one.counts) for one in figures(world.office, city.member, "en") if one.total}
    assert found == {
        "440106": {Status.COLLECTED: 2, Status.TRANSFER_UNDER_WAY: 0, Status.TRANSFERRED_OUT: 0},
        "440115": {Status.COLLECTED: 0, Status.TRANSFER_UNDER_WAY: 1, Status.TRANSFERRED_OUT: 0},
    }
    page = city.get("/staff/figures").text
    assert "Tianhe" in page
    assert "Foshan" not in page
    assert 'class="collected" x="0" width="1000"' in page
    assert 'class="transfer_under_way" x="0" width="500"' in page
    assert "2026-11-23" in page
    assert "style=" not in page.partition("<main")[2]


@pytest.mark.usefixtures("archive")
def test_the_province_sees_cities_that_lead_to_their_divisions_and_a_city_its_own(world: World, city: Officer) -> None:
    province = officer(world, "province")
    rows = province.get("/staff/figures").text.partition("<tbody")[2].partition("<tfoot")
    found = {code: re.findall(r">(\d+)</td>", row) for code, row in re.findall(r'city=(\d+)"(.*?)</tr>', rows[0], re.S)}
    assert {code: counts for code, counts in found.items() if counts[-1] != "0"} == {
        "440100": ["2", "1", "0", "3"],
        "440600": ["1", "0", "0", "1"],
    }
    assert re.findall(r">(\d+)</td>", rows[2]) == ["3", "1", "0", "4"]
    assert "Tianhe" not in rows[0]
    chosen = province.get("/staff/figures?city=440100").text.partition("<tbody")[2]
    assert "Tianhe" in chosen
    assert "Foshan" not in chosen
    assert "Tianhe" in city.get("/staff/figures?city=440600").text.partition("<tbody")[2]
    exported = read_csv(province.post("/staff/figures/export", {"format": "csv"}, page="/staff/figures"))
    assert {"440106", "440604"} <= {row[0] for row in exported}, "all divisions, whatever the page shows"


def test_a_division_of_no_city_is_counted_too() -> None:
    rows = [Figures(code, code, dict.fromkeys(STATUSES, 1)) for code in ("440106", "440115", "449901")]
    found = by_city(rows, [("440100", "Guangzhou"), ("440600", "Foshan")])
    assert [(one.name, one.total) for one in found] == [("Guangzhou", 6), ("Foshan", 0), ("449901", 3)]


def test_a_division_ends_with_its_day_in_guangdong(world: World, city: Officer) -> None:
    listed = []
    for hour in (15, 17):
        world.clock.now = datetime(2014, 12, 31, hour, tzinfo=UTC)
        listed.append("440116" in {one.division for one in figures(world.office, city.member, "zh")})
    assert listed == [True, False]


@pytest.mark.usefixtures("archive")
def test_figures_are_taken_away_as_csv_and_as_a_workbook(world: World, city: Officer) -> None:
    as_csv = read_csv(city.post("/staff/figures/export", {"format": "csv"}, page="/staff/figures"))
    answer = city.post("/staff/figures/export", {"format": "xlsx"}, page="/staff/figures")
    as_xlsx = read_xlsx(answer.content)
    assert as_csv[0] == ["Code", "Division", "Collected", "Transfer-out under way", "Transferred out"]
    assert ["440106", "Guangzhou Tianhe District", "2", "0", "0"] in as_csv
    assert ["440106", "Guangzhou Tianhe District", 2, 0, 0] in as_xlsx
    assert "attachment" in answer.headers["content-disposition"]
    assert city.post("/staff/figures/export", {"format": "exe"}, page="/staff/figures").status_code == 404
    assert {(one.action, one.details["kind"]) for one in trail(world, city)} == {
        ("figures_exported", "csv"),
        ("figures_exported", "xlsx"),
    }


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_masked_list_shows_no_number_and_only_the_own_divisions(world: World, tianhe: Officer, kind: str) -> None:
    answer = tianhe.post("/staff/files/export", {"format": kind}, page="/staff/figures")
    rows = read_csv(answer) if kind == "csv" else read_xlsx(answer.content)
    assert [row[0] for row in rows[1:]] == ["C1", "C2"]
    assert rows[1][1:4] == ["张*", "440***********908X", "138****8000"]
    told = str(rows)
    for hidden in (ZHANG, ZHANG_MOBILE, NUMBER, "张三"):
        assert hidden not in told
    assert trail(world, tianhe)[0].details["content"] == "masked"


@pytest.mark.usefixtures("archive")
def test_the_full_list_is_a_citys_for_a_reason(world: World, city: Officer, tianhe: Officer) -> None:
    full = {"content": "full", "reason": REASON}
    refused = tianhe.post("/staff/files/export", {"format": "csv", **full}, page="/staff/figures")
    assert refused.status_code == 403
    for reason in ("", " x "):
        page = city.post("/staff/files/export", {"format": "csv", **full, "reason": reason}, page="/staff/figures")
        assert page.status_code == 422
    assert trail(world, city) == trail(world, tianhe) == []
    rows = read_csv(city.post("/staff/files/export", {"format": "csv", **full}, page="/staff/figures"))
    assert rows[1][1:4] == ["张三", ZHANG, ZHANG_MOBILE]
    assert rows[2][1:3] == ["'=cmd|'/c calc'!A1", f"'{NUMBER}"]
    book = read_xlsx(city.post("/staff/files/export", {"format": "xlsx", **full}, page="/staff/figures").content)
    assert book[2][1:3] == ["=cmd|'/c calc'!A1", NUMBER]
    assert [one.details["reason"] for one in trail(world, city)] == [REASON, REASON]


def test_a_list_longer_than_a_page_is_whole(world: World, city: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("examples.portal.staff.exporting.PAGE", 2)
    assert PAGE > 2
    archive = Archive(world.office, world.clock.now)
    for number in range(5):
        archive.keep(owner=f"p{number}", number=f"C{number}")
    rows = read_csv(city.post("/staff/files/export", {"format": "csv"}, page="/staff/figures"))
    assert [row[0] for row in rows[1:]] == [f"C{number}" for number in range(5)]


@given(st.text(max_size=20) | st.from_regex(r"\A\s*[=+\-@＝＋－＠]1\Z"))
def test_no_text_begins_a_formula_and_none_is_lost(text: str) -> None:
    told = inert(text)
    assert told.lstrip()[:1] not in set("=+-@＝＋－＠")
    assert told.lstrip(" ")[:1] not in {"\t", "\r", "\n"}
    assert told.removeprefix("'") == text or told == text


@settings(deadline=None, max_examples=30)  # each writes a workbook
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1), min_size=1, max_size=4))
def test_what_is_written_is_read_again(texts: list[str]) -> None:
    file = BytesIO()
    write_csv(file, ["head"] * len(texts), [texts])
    assert list(csv.reader(StringIO(file.getvalue().decode("utf-8-sig"), newline="")))[1] == [*map(inert, texts)]
    file = BytesIO()
    write_xlsx(file, ["head"] * len(texts), [texts])
    assert read_xlsx(file.getvalue())[1] == texts


def test_rows_beyond_a_sheet_go_into_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("examples.portal.staff.sheets.ROWS", 4)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for count, sheets in ((0, [0]), (3, [3]), (4, [3, 1]), (7, [3, 3, 1])):
        file = BytesIO()
        write_xlsx(file, ["number"], [[f"{NUMBER}{row}"] for row in range(count)])
        found = [[*sheet.values] for sheet in load_workbook(file)]
        assert [len(rows) - 1 for rows in found] == sheets
        assert {rows[0] for rows in found} == {("number",)}
        assert [row for rows in found for row in rows[1:]] == [(f"{NUMBER}{row}",) for row in range(count)]


class FullDisk(BytesIO):
    """Takes nothing at first; later it does, so that what is given up can be closed."""

    full = True

    def write(self, data: Any) -> int:
        if self.full:
            self.full = False
            raise OSError(28, "No space left on device")
        return super().write(data)


def test_nothing_half_written_stays_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def rows() -> Iterator[list[str]]:
        yield [NUMBER]
        assert [*tmp_path.rglob("*")], "it is being written"

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(Exception, match="No space left"):
        write_xlsx(FullDisk(), ["number"], rows())
    assert [*tmp_path.iterdir()] == []


@given(st.lists(st.integers(0, 2_000_000), min_size=3, max_size=3), st.integers(0, 2_000_000))
def test_a_bar_shows_every_status_there_is_one_beside_the_other(counts: list[int], more: int) -> None:
    one = Figures("440106", "Tianhe", dict(zip(STATUSES, counts, strict=True)))
    bars = one.bars(one.total + more)
    assert [bar.status for bar in bars] == [status for status, count in one.counts.items() if count]
    assert all(bar.width >= THIN for bar in bars)
    assert [bar.start for bar in bars] == [sum(bar.width for bar in bars[:place]) for place in range(len(bars))]
    assert sum(bar.width for bar in bars) <= WIDTH + THIN * len(STATUSES)
