"""`formkit publish`, `editions`, `rollback`: on a store, with what is wrong told and nothing half done."""

from pathlib import Path

import pytest

from formkit.storage import open_store
from tests.cli.conftest import IN_CHINESE, Command


@pytest.fixture
def store(folder: Path) -> str:
    """A store as a service made it."""
    (folder / "leave.yaml").write_text(IN_CHINESE, "utf-8")
    open_store(folder / "portal.db").close()
    return "portal.db"


def test_an_edition_is_published_listed_and_taken_back(formkit: Command, folder: Path, store: str) -> None:
    ran = formkit("publish", "leave.yaml", "--store", store, "--by", "王", "--reason", "第一版")
    assert ran.status == 0
    assert ran.out.startswith("请假（leave）：2024-01-01 版，内容编号 ")
    assert "已发布：现在生效" in ran.out

    newer = IN_CHINESE.replace("2024-01-01", "2024-09-26").replace("required: true, min: 1", "required: true, min: 2")
    (folder / "leave.yaml").write_text(newer, "utf-8")
    ran = formkit("publish", "leave.yaml", "--store", store, "--by", "李")
    assert "接替 2024-01-01 版" in ran.out
    assert "共 1 处变化：0 处不兼容，1 处要重新填写或核对，0 处无影响。" in ran.out

    ran = formkit("editions", "--store", store)
    assert ran.status == 0
    heading, first, second = ran.out.splitlines()
    assert heading == "leave"
    assert first.startswith("  1. 2024-01-01（")
    assert "已过去" in first
    assert "王 发布  第一版" in first
    assert "现行" in second

    ran = formkit("rollback", "leave", "--store", store, "--reason", "写错了")
    assert ran.status == 0
    assert "已退回 2024-01-01 版" in ran.out
    assert "已撤回：2024-09-26 版" in ran.out
    listed = formkit("editions", "leave", "--store", store, "--format", "json").json["editions"]
    assert [one["standing"] for one in listed] == ["past", "taken_back", "in_force"]
    assert listed[2]["rollback"]
    assert listed[2]["reason"] == "写错了"


def test_an_edition_of_a_day_to_come_is_planned(formkit: Command, folder: Path, store: str) -> None:
    formkit("publish", "leave.yaml", "--store", store)
    (folder / "leave.yaml").write_text(IN_CHINESE.replace("2024-01-01", "2099-01-01"), "utf-8")
    ran = formkit("publish", "leave.yaml", "--store", store, "--lang", "en")
    assert "in force from 2099-01-01 00:00 (Asia/Shanghai) on" in ran.out
    ran = formkit("publish", "leave.yaml", "--store", store, "--format", "json")
    assert ran.status == 1
    listed = formkit("editions", "--store", store, "--format", "json").json["editions"]
    assert [one["standing"] for one in listed] == ["in_force", "planned"]


def test_a_dry_run_only_tells(formkit: Command, folder: Path, store: str) -> None:
    ran = formkit("publish", "leave.yaml", "--store", store, "--dry-run")
    assert ran.status == 0
    assert "没有发布（--dry-run）。" in ran.out
    ran = formkit("editions", "--store", store)
    assert (ran.status, ran.out) == (1, "这个数据库里还没有发布过版本。\n")


def test_what_does_not_load_is_refused_with_its_place(formkit: Command, folder: Path, store: str) -> None:
    (folder / "leave.yaml").write_text(IN_CHINESE.replace("days > 3", "day > 3"), "utf-8")
    ran = formkit("publish", "leave.yaml", "--store", store)
    assert ran.status == 1
    assert "leave.yaml:12" in ran.out
    assert formkit("editions", "--store", store).status == 1


def test_what_forgets_something_held_is_refused_until_it_is_declared(
    formkit: Command, folder: Path, store: str
) -> None:
    formkit("publish", "leave.yaml", "--store", store)
    without = IN_CHINESE.replace("      why: {type: text, label: 事由, visible_when: days > 3, required: true}\n", "")
    (folder / "leave.yaml").write_text(without, "utf-8")
    ran = formkit("publish", "leave.yaml", "--store", store)
    assert ran.status == 1
    assert "why: keep" in ran.out
    (folder / "leave.yaml").write_text(without.replace("steps:", "changes: {why: keep}\nsteps:"), "utf-8")
    assert formkit("publish", "leave.yaml", "--store", store).status == 0


def test_what_is_odd_is_shown_and_published(formkit: Command, folder: Path, store: str) -> None:
    odd = IN_CHINESE.replace("facts:", "facts:\n  unused: {type: yes_no, label: 没用}", 1)
    (folder / "leave.yaml").write_text(odd, "utf-8")
    ran = formkit("publish", "leave.yaml", "--store", store)
    assert ran.status == 0
    assert "unused-fact" in ran.out
    assert "已发布" in ran.out


def test_the_same_again_is_not_published(formkit: Command, store: str) -> None:
    formkit("publish", "leave.yaml", "--store", store)
    ran = formkit("publish", "leave.yaml", "--store", store)
    assert ran.status == 1
    assert "内容完全一样的版本" in ran.out


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nowhere.db", "没有数据库"),
        ("sqlite:///nowhere.db", "没有数据库"),
        ("oracle://x", "没有叫“oracle”的数据库"),
        ("postgresql://me:secret@localhost:1/none", "“postgresql://localhost:1/none”现在连不上"),
    ],
)
def test_a_store_that_cannot_be_opened_is_told_without_its_password(
    formkit: Command, folder: Path, url: str, told: str
) -> None:
    ran = formkit("publish", "leave.yaml", "--store", url)
    assert ran.status == 2
    assert told in ran.err
    assert "secret" not in ran.err
    assert not (folder / "nowhere.db").exists()


def test_there_must_be_something_to_go_back_to(formkit: Command, store: str) -> None:
    formkit("publish", "leave.yaml", "--store", store)
    ran = formkit("rollback", "leave", "--store", store, "--to", "1999-01-01")
    assert ran.status == 2
    assert "发布过的有：2024-01-01" in ran.err
