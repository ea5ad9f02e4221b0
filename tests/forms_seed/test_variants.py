"""Variants of the collection: a city's and a year's, from the disk to the page; and one that says nothing."""

import asyncio
import json
import re
from pathlib import Path

import httpx
import pytest

from formkit import Form, FormInvalid, load, render, validate
from formkit.cli import main
from formkit.cli.preview_app import preview_app
from formkit.compiler import Compiler
from formkit.editions.content import compiled_edition, read_edition
from tests.forms_seed.filled import FORMS, TODAY, Filled

VARIANTS = FORMS.parent / "examples" / "variants"


@pytest.fixture(scope="module")
def city() -> Form:
    return load(VARIANTS / "guangzhou.yaml")


@pytest.fixture(scope="module")
def year() -> Form:
    return load(VARIANTS / "guangzhou_2027.yaml")


def test_a_city_asks_one_more_thing(accountant: Filled, city: Form) -> None:
    result = validate(city, accountant.answers, facts=accountant.facts, today=TODAY)
    assert [(issue.path, issue.code) for issue in result.issues] == [("contact_address", "required")]
    answers = {**accountant.answers, "contact_address": "天河区某路 1 号"}
    assert validate(city, answers, facts=accountant.facts, today=TODAY).ok
    ids = [field.id for field in city.steps_by_id["personal"].fields]
    assert ids[ids.index("email") + 1] == "contact_address"


def test_its_pages_say_what_the_city_says(accountant: Filled, city: Form) -> None:
    shown = {"facts": accountant.facts, "today": TODAY}
    personal = render(city, "personal", accountant.answers, **shown)
    assert "联系地址" in personal and "市财政局用它发送" in personal
    work = render(city, "work", accountant.answers, **shown)
    assert "请选择单位所在的区" in work and "单位所在行政区划" not in work


def test_a_year_builds_on_the_city(accountant: Filled, city: Form, year: Form) -> None:
    assert (year.id, year.edition, year.drafts.until) == (city.id, "2027-01-01", "2027-01-31")
    assert {"contact_address", "qualifications.obtained_year"} <= year.fields.keys()
    answers = {**accountant.answers, "contact_address": "天河区某路 1 号"}
    result = validate(year, answers, facts=accountant.facts, today="2027-03-01")
    assert [(issue.path, issue.code) for issue in result.issues] == [("qualifications.r1.obtained_year", "required")]
    row = {"_id": "r1", "type": "other", "level": "senior", "obtained_by": "exam", "obtained_year": 2010}
    result = validate(year, {**answers, "qualifications": [row]}, facts=accountant.facts, today="2027-03-01")
    assert {issue.path for issue in result.issues} == {"qualifications.r1.type"}


def test_every_part_knows_its_file(year: Form) -> None:
    files = {path: Path(field.place.file).name for path, field in year.fields.items()}
    assert files["email"] == "accountant_collection.yaml"
    assert files["contact_address"] == "guangzhou.yaml"
    assert files["qualifications.obtained_year"] == "guangzhou_2027.yaml"


def test_what_is_national_in_the_province_holds_in_the_city(tmp_path: Path) -> None:
    text = (VARIANTS / "guangzhou.yaml").read_text("utf-8").replace("../../forms", str(FORMS))
    weaker = text.replace("    fields:\n      email:", "    fields:\n      sex: {locked: never}\n      email:", 1)
    (tmp_path / "weaker.yaml").write_text(weaker, "utf-8")
    with pytest.raises(FormInvalid) as raised:
        load(tmp_path / "weaker.yaml")
    (found,) = raised.value.diagnostics
    assert (found.code, Path(found.place.file).name) == ("national-unlocked", "weaker.yaml")


def test_the_commands_take_a_variant(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = str(VARIANTS / "guangzhou.yaml")
    assert main(["check", file, "--lang", "en"]) == 0
    capsys.readouterr()
    assert main(["diff", str(FORMS / "accountant_collection.yaml"), file, "--lang", "en"]) in (0, 1)
    told = capsys.readouterr().out
    assert "guangzhou.yaml" in told and "Postal address" in told


def test_the_preview_shows_a_variant(accountant: Filled) -> None:
    app = preview_app(VARIANTS / "guangzhou.yaml", language="zh")

    async def pages() -> list[str]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            front = await client.get("/")
            links = [
                each.replace("&amp;", "&") for each in re.findall(r'href="(/form/[^"#]*personal[^"#]*)"', front.text)
            ]
            return [front.text, *[(await client.get(link)).text for link in links[:1]]]

    front, *personal = asyncio.run(pages())
    assert "广州市会计人员信息采集" in front
    assert personal and "联系地址" in personal[0]


@pytest.mark.parametrize("name", ["accountant_collection.yaml", "registration.yaml", "transfer.yaml#transfer_in"])
def test_a_variant_that_says_nothing_is_its_base(name: str, forms: dict[str, Form]) -> None:
    compiled = Compiler().compile_text(f"form: same\nextends: {name}\n", str(FORMS / "same.yaml"))
    assert not compiled.diagnostics
    same, base = compiled.forms["same"], load(FORMS / name)
    assert list(same.fields) == list(base.fields)
    assert [str(each.place) for each in same.fields.values()] == [str(each.place) for each in base.fields.values()]
    assert (same.order, same.facts, same.choices, same.languages) == (
        base.order,
        base.facts,
        base.choices,
        base.languages,
    )


def test_an_edition_holds_the_variant_with_all_it_builds_on(year: Form) -> None:
    edition = read_edition(VARIANTS / "guangzhou_2027.yaml", "guangzhou_collection", Compiler())
    assert {"examples/variants/guangzhou.yaml", "forms/accountant_collection.yaml"} <= set(edition.texts)
    again = compiled_edition(edition, Compiler())
    assert (again.edition_hash, list(again.fields)) == (year.edition_hash, list(year.fields))


def test_why_points_into_the_file_that_says_it(capsys: pytest.CaptureFixture[str], accountant: Filled) -> None:
    words = ["--answers", json.dumps(accountant.answers), "--facts", json.dumps(accountant.facts), "--today", TODAY]
    for path, file in (("contact_address", "guangzhou.yaml:"), ("unit_name", "accountant_collection.yaml:")):
        assert main(["why", str(VARIANTS / "guangzhou_2027.yaml"), path, *words, "--lang", "en"]) == 0
        assert file in capsys.readouterr().out
