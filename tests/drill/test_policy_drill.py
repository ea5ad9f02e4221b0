"""The real history on a running portal: 2019, 2023, 2024, a broken file and a rollback, by edits of the YAML alone."""

import re
import shutil
from pathlib import Path

import pytest

from tests.drill.journal import Journal, words_of
from tests.drill.notices import apply_notice
from tests.drill.portal import Citizen, Portal, photo, running
from tests.forms_seed.filled import FORMS

FILE = "accountant_collection.yaml"
ABOUT = {"ethnic_group": "01", "political_status": "13", "email": "somebody@example.com"}
IDENTITY = {"id_card_portrait_side": photo(), "id_card_emblem_side": photo()}
SCHOOL = {"level": "20", "degree": "4", "school": "中山大学", "major": "会计学", "graduated": "2010-07"}
FULL_TIME = {f"full_time__{name}": value for name, value in SCHOOL.items()}
WORK = {
    "employment_status": "accounting",
    "division": "440106",
    "unit_name": "广州某某有限公司",
    "unit_code": "91350100M000100Y43",
    "accounting_since": "2010-08",
}
ANSWERS = {"is_cpa": "false", "is_tax_agent": "false", "is_asset_appraiser": "false", "has_abacus_level": "false"}


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """The officer's folder, as the rules of 2019 have it."""
    folder = tmp_path / "forms"
    shutil.copytree(FORMS, folder)
    apply_notice(folder, "2019")
    return folder


def test_the_history_is_replayed_on_a_running_portal(tmp_path: Path, forms: Path) -> None:
    data = tmp_path / "data"
    journal = Journal(**{"data/portal.db": str(data / "portal.db")})
    with running(data, forms) as portal:
        drill = Drill(portal, journal)
        drill.rules_of_2019()
        drill.rules_of_2023()
        drill.a_broken_file()
        drill.rules_of_2024()
        drill.back_and_forth()
    journal.close()


class Drill:
    """The acts, one after another; the people in them keep what they have begun."""

    def __init__(self, portal: Portal, journal: Journal) -> None:
        self.portal, self.journal = portal, journal
        self.zhang, self.li, self.zhao = (portal.citizen(name) for name in ("zhang", "li", "zhao"))

    def formkit(self, *words: str, wanted: int = 0, most: int = 12) -> str:
        status, output = self.portal.formkit(*words)
        assert status == wanted, output
        told = re.sub(r"(?<=编号 )[0-9a-f]{8}|(?<=（)[0-9a-f]{8}(?=）)", "········", output)
        self.journal.ran(f"formkit {' '.join(words)}", status, told, most=most)
        return output

    def publish(self, reason: str, wanted: int = 0) -> str:
        store = str(self.portal.data / "portal.db")
        return self.formkit("publish", FILE, "--store", store, "--by", "officer", "--reason", reason, wanted=wanted)

    def rules_of_2019(self) -> None:
        journal = self.journal
        journal.tell(
            "A portal runs in two processes on one database. An officer changes files in a folder and gives commands; "
            "nobody restarts anything, and no line of the program is touched. The edits are kept as patches beside "
            "this page: [2019](policy-drill/2019.patch), [2023](policy-drill/2023.patch), "
            "[2024](policy-drill/2024.patch). Those of 2019 and 2023 follow the notices of the time; those of 2024 are "
            "put together from summaries that agree with each other: realistic, not proven."
        )
        journal.chapter("The rules of 2019")
        journal.tell("Zhang collects and submits. Li begins and stops half-way.")
        zhang = self.zhang.begin()
        zhang.fill(**ABOUT, **IDENTITY).fill(**FULL_TIME, part_time__level="").fill(**WORK).fill(**ANSWERS).fill()
        zhang.send("submit")
        assert "/records/" in zhang.path, zhang.page
        self.record = zhang.path
        journal.saw("Zhang", zhang.page, "已提交", "信息已采集")
        self.li.begin().fill(**ABOUT, **IDENTITY).fill(**FULL_TIME, part_time__level="")
        assert self.li.step == "work"

    def rules_of_2023(self) -> None:
        journal, li, zhang = self.journal, self.li, self.zhang
        journal.chapter("The notice of 2023")
        journal.tell("A pledge comes first, a portrait and a student card are asked for, and four items are locked.")
        apply_notice(self.portal.forms, "2023")
        self.formkit("check", FILE)
        self.publish("2023年5月26日的通知")
        assert self.portal.serves_everywhere("采集须知"), "both processes have it within seconds"

        journal.tell("Li comes back to the draft of 2019, is told what changed, and finishes it under the new rules.")
        draft = li.path.rpartition("/steps/")[0]
        li.open(draft)
        assert li.step == "edition"
        journal.saw("Li", li.page)
        li.send(None)
        assert li.step == "notice"
        li.fill(pledge="true")
        assert li.step == "personal"
        li.fill(**ABOUT, portrait=photo()).fill(**FULL_TIME, part_time__level="")
        assert li.step == "work"
        li.fill(**{**WORK, "employment_status": "unemployed"}).fill(**ANSWERS).fill()
        li.send("submit")
        assert "/records/" in li.path, li.page

        journal.tell(
            "Zhang's record of 2019 has neither pledge nor portrait. It opens as it was submitted, and a change of the "
            "e-mail address is a change of that alone: nothing else is complained of."
        )
        zhang.open(self.record)
        assert "真实性承诺" not in zhang.page
        self.change("personal", name="张三", **{**ABOUT, "email": "new@example.com"})
        assert "new@example.com" in zhang.page
        journal.saw("Zhang", zhang.page, "已保存", "new@example.com")
        journal.tell("Zhao begins under the rules of 2023.")
        self.zhao.begin().fill(pledge="true").fill(**ABOUT, **IDENTITY, portrait=photo())
        self.zhao.fill(**FULL_TIME, part_time__level="")
        assert self.zhao.step == "work"

    def a_broken_file(self) -> None:
        journal, file = self.journal, self.portal.forms / FILE
        journal.chapter("A slip of the pen")
        journal.tell("A file that does not load is refused with its place and its mend, and the portal goes on.")
        good = file.read_text("utf-8")
        file.write_text(good.replace("{employment_status: student}", "{employment_status: studnet}", 1), "utf-8")
        self.publish("手误", wanted=1)
        file.write_text(good, "utf-8")
        assert self.portal.serves_everywhere("采集须知")

    def rules_of_2024(self) -> None:
        journal, zhang, zhao = self.journal, self.zhang, self.zhao
        journal.chapter("The national rules of 2024")
        journal.tell(
            "A real-name step comes first, education becomes a list, files are smaller, name and mobile number are "
            "locked, one division is no longer offered, and the finance department reviews what is submitted. What "
            "becomes of the two education blocks people have on file must be declared: without it nothing is published."
        )
        apply_notice(self.portal.forms, "2024")
        file = self.portal.forms / FILE
        whole = file.read_text("utf-8")
        file.write_text(re.sub(r"changes:.*?(?=^uses)", "", whole, count=1, flags=re.S | re.M), "utf-8")
        self.publish("2024年的要求", wanted=1)
        file.write_text(whole, "utf-8")
        journal.tell("With the two lines `full_time: keep` and `part_time: keep` under `changes:` it is published.")
        self.publish("2024年的要求")
        assert self.portal.serves_everywhere("实名核验")

        journal.tell("Zhao's draft of 2023 goes on.")
        self.draft = zhao.path.rpartition("/steps/")[0]
        zhao.open(self.draft)
        journal.saw("Zhao", zhao.page)
        zhao.send(None)
        assert zhao.step == "real_name"
        zhao.fill(is_myself="true")
        assert zhao.step == "notice"

        journal.tell("Zhang changes the employer in the record of 2019, and the change is reviewed.")
        self.change("work", **{**WORK, "unit_name": "广州另一有限公司"})
        assert "待审核" in zhang.page
        assert "全日制教育" not in zhang.page or "中山大学" in zhang.page
        journal.saw("Zhang", zhang.page, "已保存", "待审核", "广州另一有限公司")
        self.review()

    def review(self) -> None:
        """Somebody of the district refuses with a reason; Zhang mends it; it is approved."""
        clerk, zhang = self.portal.officer("tianhe"), self.zhang
        path = f"/staff/files/{self.record.rpartition('/')[2]}"
        self.decide(clerk, path, "refuse", reason="单位名称请写全称")
        zhang.open(self.record)
        self.journal.tell("The district's finance department refuses it with a reason.")
        self.journal.saw("Zhang", zhang.page, "审核不通过", "全称")
        assert "审核不通过" in zhang.page
        assert "单位名称请写全称" in zhang.page
        self.change("work", **{**WORK, "unit_name": "广州市另一有限公司"})
        self.decide(clerk, path, "approve")
        assert "审核通过" in zhang.open(self.record).page
        self.journal.tell("Zhang writes the name in full; it is reviewed again and approved.")

    def decide(self, clerk: object, path: str, transition: str, **reason: str) -> None:
        page = Citizen(clerk).open(path)  # type: ignore[arg-type]
        if "transitions" not in page.page:
            page.send(None, to=path, reason="按规定审核本人提交的信息")
        page.send(None, to=f"{path}/transitions/{transition}", **reason)
        assert "已办理" in page.page, page.page

    def back_and_forth(self) -> None:
        journal, zhao, portal = self.journal, self.zhao, self.portal
        journal.chapter("Back, and forth again")
        journal.tell("Complaints come in; the officer goes back to the rules of 2023 with one command.")
        store = str(portal.data / "portal.db")
        self.formkit("rollback", "accountant_collection", "--store", store, "--by", "officer", "--reason", "暂缓实施")
        assert portal.serves_everywhere("实名核验", there=False)
        zhao.open(self.draft)
        assert zhao.step == "edition"
        zhao.send(None)
        zhao.open(f"{self.draft}/steps/education")
        assert "中山大学" in zhao.page, "what 2024 had no field for is there again"
        journal.tell("Zhao's education, for which the rules of 2024 had no field, is there again.")
        zhang = self.zhang.open(self.record)
        assert "广州市另一有限公司" in zhang.page
        journal.tell("The officer publishes 2024 once more. Every step is on record:")
        self.publish("恢复实施")
        assert portal.serves_everywhere("实名核验")
        told = self.formkit("editions", "accountant_collection", "--store", store)
        assert "已撤回" in told

    def change(self, step: str, **typed: str) -> None:
        """Zhang changes one block of the record and saves it."""
        zhang = self.zhang.open(self.record)
        zhang.send(None, to=f"{self.record}/change", step=step)
        if zhang.step == "edition":
            zhang.send(None)
        assert zhang.step == step, zhang.page
        zhang.send("next", **typed)
        assert zhang.path == self.record, words_of(zhang.page)[:12]
