"""`formkit new`: a form file that works as it is."""

import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Command

GOOD = {"name": "张三", "email": "zhang@example.com", "way": "on_site", "guests": 2}


@pytest.fixture
def file(formkit: Command, folder: Path) -> Path:
    assert formkit("new", "spring_party").status == 0
    return folder / "forms" / "spring_party.yaml"


def test_the_form_checks_clean(formkit: Command, file: Path) -> None:
    assert formkit("check", file, "--format", "json").json == {"diagnostics": []}


def test_the_form_validates(formkit: Command, file: Path) -> None:
    assert formkit("validate", file, "--answers", GOOD, "--format", "json").json == {
        "ok": True,
        "values": GOOD,
        "issues": [],
    }
    ran = formkit("validate", file, "--answers", GOOD | {"guests": 4}, "--format", "json")
    assert [(issue["code"], issue["path"]) for issue in ran.json["issues"]] == [("check", "remarks")]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("step", ["person", "attendance", "check"])
def test_the_form_renders(formkit: Command, file: Path, step: str, language: str) -> None:
    assert formkit("render", file, "--step", step, "--answers", GOOD, "--lang", language).status == 0


def test_its_comments_speak_both_languages(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.splitlines()[3] == "form: spring_party"
    assert "每个步骤是一页" in text and "each step is a page" in text
    assert max(map(len, text.splitlines())) <= 140


def test_what_is_there_is_left_alone(formkit: Command, file: Path) -> None:
    file.write_text("mine", encoding="utf-8")
    ran = formkit("new", "spring_party", "--lang", "en")
    assert (ran.status, ran.out, file.read_text(encoding="utf-8")) == (2, "", "mine")
    assert "is there already" in ran.err


def test_a_chinese_name_and_another_folder(formkit: Command, folder: Path) -> None:
    ran = formkit("new", "报名.yaml", "--folder", "deep/er", "--format", "json")
    assert ran.json == {"form": "报名", "file": os.path.join("deep", "er", "报名.yaml")}  # noqa: PTH118 - as printed
    assert formkit("check", "deep").status == 0


@pytest.mark.parametrize("name", ["../x", "Big", "9a", "a b", "a\n", "", "_a", "not", "a" * 61])
def test_a_name_that_no_form_can_have(formkit: Command, folder: Path, name: str) -> None:
    ran = formkit("new", name, "--lang", "en")
    assert (ran.status, "cannot name a form" in ran.err) == (2, True)
    assert not (folder / "forms").exists()


def test_a_folder_that_is_a_file(formkit: Command) -> None:
    assert "cannot be written" in formkit("new", "party", "--folder", "leave.yaml", "--lang", "en").err


def test_the_beginning_of_a_variant(formkit: Command, file: Path) -> None:
    ran = formkit("new", "city", "--extends", "forms/spring_party.yaml", "--folder", "forms/cities", "--format", "json")
    city = file.parent / "cities" / "city.yaml"
    assert ran.json == {"form": "city", "file": os.path.join("forms", "cities", "city.yaml")}  # noqa: PTH118
    text = city.read_text("utf-8")
    assert "extends: ../spring_party.yaml\n" in text and "edition: 2024-01-01" in text
    assert formkit("check", city, "--format", "json").json == {"diagnostics": []}
    head, examples = text.split("\n\n", 1)
    city.write_text(
        f"{head}\n{re.sub('^# (?=steps:| )', '', examples, flags=re.M)}".replace("请如实填写", "真名"), "utf-8"
    )
    assert formkit("check", city, "--format", "json").json == {"diagnostics": []}
    page = formkit("render", city, "--step", "person", "--answers", GOOD).out
    assert "真名" in page and "办公电话" in page


def test_a_variant_of_nothing(formkit: Command, folder: Path) -> None:
    ran = formkit("new", "city", "--extends", "nowhere.yaml", "--lang", "en")
    assert (ran.status, (folder / "forms").exists()) == (2, False)
