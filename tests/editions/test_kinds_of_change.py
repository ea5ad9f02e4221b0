"""Thirty real kinds of change, each by YAML alone: right the day before it, on the day, and the day after."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from formkit import Form, evaluate, validate
from formkit.calendars import WorkingDays
from formkit.carrying import carried
from formkit.compiler.calendars import load_calendar
from formkit.diff.against import against
from formkit.editions import Editions, publish, read_edition, roll_back
from formkit.editions.following import edition_for
from formkit.records.model import Draft
from formkit.storage import open_store
from formkit.workflow import allows, due_moment, waiting_states
from tests.editions.leave import COMPILER

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 1)
"""A Sunday, on which the change comes into force."""
CALENDAR = "calendar: china\nyears: {'2026': {source: 通知, holidays: ['2026-03-03'], workdays: []}}\n"
BASE = """\
form: permit
title: 许可
edition: 2025-01-01
time_zone: Asia/Shanghai
choices:
  kind:
    plain: 普通
    special: 特别
  place:
    "4401": {label: 广州, children: {"440102": 东山区, "440104": 越秀区, "440106": 天河区}}
    "4403": 深圳
steps:
  about:
    title: 申请人
    fields:
      name: {type: text, label: 姓名, required: true, max_length: 6}
      code: {type: text, label: 编号, pattern: '[0-9]{4}'}
      kind: {type: choice, label: 类别, choices: kind, required: true}
      reason: {type: text, label: 理由, visible_when: {kind: special}, required: true}
  more:
    title: 材料
    fields:
      place: {type: choice, label: 地方, choices: place}
      amount: {type: integer, label: 金额, max: 100}
      since: {type: date, label: 发生日期}
      proof: {type: image, label: 证明, max_size: 2 MB}
workflow:
  start: pending
  states:
    pending: {label: 待审核}
    approved: {label: 通过, final: true}
  transitions:
    approve: {from: pending, to: approved, by: system, after: 1 working_day}
"""
GOOD = {"name": "张三", "code": "1234", "kind": "plain", "place": "440106", "amount": 50, "since": "2026-02-01"}
PICTURE = {"id": "a" * 32, "sha256": "0" * 64, "name": "a.png", "media_type": "image/png", "width": 9, "height": 9}
Probe = Callable[[Form, Mapping[str, Any], str], object]


def issues(form: Form, answers: Mapping[str, Any], today: str) -> object:
    """What there is to say: path → code."""
    return {one.path: one.code for one in validate(form, answers, facts={}, today=today).issues}


def as_recorded(form: Form, answers: Mapping[str, Any], today: str) -> object:
    """The same of a record that holds these values, while something else of it is changed."""
    held = carried(None, form, answers, today=today, purpose="record")
    found = validate(form, {"name": "李四"}, record=held.answers, facts={}, today=today, asked_again=held.asked_again)
    return {one.path: one.code for one in found.issues}


def state(attribute: str, path: str) -> Probe:
    """Whether a field is visible, required or locked."""

    def probe(form: Form, answers: Mapping[str, Any], today: str) -> object:
        return getattr(evaluate(form, answers, record=answers, facts={}, today=today).states[path], attribute)

    return probe


def text_of(read: Callable[[Form], Any]) -> Probe:
    """A text of the form."""
    return lambda form, *_: read(form)


def term(form: Form, _answers: Mapping[str, Any], _today: str) -> object:
    """The days after which a submission of Monday 2 March is decided."""
    entered = datetime(2026, 3, 2, 9, tzinfo=ZONE)
    assert form.workflow is not None
    (way,) = [one for one in form.workflow.transitions.values() if one.by == "system"][:1]
    moment = due_moment(form, way, entered, calendar())
    return moment and moment.astimezone(ZONE).date().isoformat()


def calendar() -> WorkingDays:
    file = Path(__file__).parents[2] / "forms" / "calendars" / "china.yaml"
    return load_calendar(file)


@dataclass(frozen=True)
class Kind:
    """A kind of change: edits of the file, somebody's answers, and what is to be seen before and from the day on."""

    edits: list[tuple[str, str]]
    before: object
    after: object
    answers: dict[str, Any] = field(default_factory=dict)
    probe: Probe = issues
    in_place: bool = False
    """The file of the edition in force says the day itself; no new edition is needed."""


KINDS: dict[str, Kind] = {
    "a choice is added": Kind(
        [("    special: 特别\n", "    special: 特别\n    urgent: 加急\n")],
        {"kind": "not_in_list"},
        {},
        {"kind": "urgent"},
    ),
    "a choice is added from a day on": Kind(
        [("    special: 特别\n", "    special: 特别\n    urgent: {label: 加急, since: 2026-03-01}\n")],
        {"kind": "choice_not_yet"},
        {},
        {"kind": "urgent"},
        in_place=True,
    ),
    "a choice is retired": Kind(
        [("    plain: 普通", "    plain: {label: 普通, until: 2026-02-28}")],
        {},
        {"kind": "retired_choice"},
        in_place=True,
    ),
    "a retired choice stays where it is on record": Kind(
        [("    plain: 普通", "    plain: {label: 普通, until: 2026-02-28}")], {}, {}, probe=as_recorded, in_place=True
    ),
    "a choice is renamed": Kind(
        [("    plain: 普通", "    ordinary: {label: 普通, renamed_from: plain}")], {}, {}, probe=as_recorded
    ),
    "a choice has another label": Kind(
        [("plain: 普通", "plain: 一般")],
        "普通",
        "一般",
        probe=text_of(lambda form: form.choices["kind"].label("plain", "zh")),
    ),
    "a field is added": Kind(
        [("      code:", "      phone: {type: text, label: 电话, required: true}\n      code:")],
        {},
        {"phone": "required"},
    ),
    "a field is added, and old records are not asked for it": Kind(
        [("      code:", "      phone: {type: text, label: 电话, required: true}\n      code:")],
        {},
        {},
        probe=as_recorded,
    ),
    "a field is removed": Kind(
        [
            ("      amount: {type: integer, label: 金额, max: 100}\n", ""),
            ("workflow:", "changes: {amount: keep}\nworkflow:"),
        ],
        {},
        {"amount": "unknown_field"},
    ),
    "a field is renamed": Kind(
        [("      amount: {", "      sum: {renamed_from: amount, ")],
        (True, False),
        (False, True),
        probe=text_of(lambda form: ("amount" in form.fields, "sum" in form.fields)),
    ),
    "a renamed field keeps what it held": Kind(
        [("      amount: {", "      sum: {renamed_from: amount, ")],
        50,
        50,
        probe=lambda form, answers, today: next(
            value
            for name, value in carried(None, form, answers, today=today, purpose="record").answers.items()
            if name in ("sum", "amount")
        ),
    ),
    "a field becomes required": Kind(
        [("label: 编号", "label: 编号, required: true")], {}, {"code": "required"}, {"code": None}
    ),
    "a field is required from a day on": Kind(
        [("label: 编号", "label: 编号, required_when: today() >= date('2026-03-01')")],
        {},
        {"code": "required"},
        {"code": None},
        in_place=True,
    ),
    "a field becomes optional": Kind(
        [("label: 姓名, required: true", "label: 姓名")], {"name": "required"}, {}, {"name": None}
    ),
    "a limit is tightened": Kind([("max: 100", "max: 40")], {}, {"amount": "too_large"}),
    "a limit is loosened": Kind([("max: 100", "max: 400")], {"amount": "too_large"}, {}, {"amount": 300}),
    "an old value stays under a tighter limit": Kind([("max: 100", "max: 40")], {}, {}, probe=as_recorded),
    "an attachment may be smaller only": Kind(
        [("max_size: 2 MB", "min_size: 20 KB, max_size: 500 KB")],
        {},
        {"proof": "file_too_large"},
        {"proof": {**PICTURE, "size": 600 * 1024}},
    ),
    "an attachment must be larger": Kind(
        [("max_size: 2 MB", "min_size: 20 KB, max_size: 500 KB")],
        {},
        {"proof": "file_too_small"},
        {"proof": {**PICTURE, "size": 9 * 1024}},
    ),
    "a format is changed": Kind([("'[0-9]{4}'", "'[A-Z][0-9]{4}'")], {}, {"code": "wrong_format"}),
    "two formats are valid in parallel": Kind(
        [("'[0-9]{4}'", "'[0-9]{4}|[A-Z][0-9]{4}'")], {"code": "wrong_format"}, {}, {"code": "A1234"}
    ),
    "of two formats the old one ends": Kind(
        [
            (
                "pattern: '[0-9]{4}'}",
                "pattern: '[0-9]{4}|[A-Z][0-9]{4}', "
                "checks: [{rule: length(code) == 5, when: today() >= date('2026-03-01'), message: 请填新编号}]}",
            )
        ],
        {},
        {"code": "check"},
        in_place=True,
    ),
    "a field is locked": Kind(
        [("label: 编号", "label: 编号, locked: after_submission")], False, True, probe=state("locked", "code")
    ),
    "a lock is lifted": Kind(
        [("label: 地方", "label: 地方, locked_when: today() < date('2026-03-01')")],
        True,
        False,
        probe=state("locked", "place"),
        in_place=True,
    ),
    "others are asked": Kind(
        [("visible_when: {kind: special}", "visible_when: amount > 10")], {}, {"reason": "required"}
    ),
    "a check is added": Kind(
        [
            (
                "workflow:",
                "checks: [{rule: amount <= 40 or kind == 'special', message: 超过 40 要选特别, at: amount}]\nworkflow:",
            )
        ],
        {},
        {"amount": "check"},
    ),
    "steps change places": Kind(
        [], ["about", "more"], ["more", "about"], probe=text_of(lambda form: [step.id for step in form.steps])
    ),
    "a hint says something else": Kind(
        [("label: 编号", "label: 编号, hint: 见证书右上角")],
        0,
        1,
        probe=text_of(lambda form: len(form.fields["code"].hints)),
    ),
    "districts are merged": Kind(
        [('"440102": 东山区', '"440102": {label: 东山区, until: 2026-02-28}')],
        {},
        {"place": "retired_choice"},
        {"place": "440102"},
        in_place=True,
    ),
    "who held a merged district keeps it": Kind(
        [('"440102": 东山区', '"440102": {label: 东山区, until: 2026-02-28}')],
        {},
        {},
        {"place": "440102"},
        probe=as_recorded,
        in_place=True,
    ),
    "the term of working days changes": Kind(
        [("1 working_day", "3 working_days")], "2026-03-03", "2026-03-05", probe=term
    ),
    "a yearly window opens": Kind(
        [("workflow:", "checks: [{rule: 'month(today()) in (3, 4)', message: 每年三月和四月受理}]\nworkflow:")],
        {"": "check"},
        {},
        in_place=True,
    ),
    "a state is added": Kind(
        [
            ("    approved: {label", "    checking: {label: 复核}\n    approved: {label"),
            ("to: approved, by: system", "to: checking, by: system"),
            (
                "1 working_day}\n",
                "1 working_day}\n    confirm: {from: checking, to: approved, by: system, after: 2 days}\n",
            ),
            ("workflow:", "changes: {workflow.transitions.approve: keep}\nworkflow:"),
        ],
        ("pending",),
        ("pending", "checking"),
        probe=text_of(waiting_states),
    ),
    "a state is read-only": Kind(
        [("workflow:\n", "workflow:\n  while: {pending: read_only}\n")],
        "open",
        "read_only",
        probe=text_of(lambda form: allows(form, "pending")),
    ),
    "a region has its own variant": Kind(
        [], {}, {"phone": "required"}, probe=lambda form, answers, today: issues(form, answers, today)
    ),
}


class Office:
    """A store in which editions are published long before their day."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, open_store(folder / "formkit.db")
        self.now = datetime(2025, 6, 1, 9, tzinfo=ZONE)
        self.publish(BASE)

    def publish(self, text: str, **more_files: str) -> None:
        (self.folder / "permit.yaml").write_text(text, "utf-8")
        for name, more in more_files.items():
            (self.folder / f"{name}.yaml").write_text(more, "utf-8")
        self.now += timedelta(days=1)
        edition = read_edition(self.folder / "permit.yaml", "permit", COMPILER)
        self.first = getattr(self, "first", edition)
        publish(self.store, edition, compiler=COMPILER, at=self.now, actor="officer")

    @property
    def forms(self) -> Editions:
        first = {"permit": self.first}
        return Editions(self.store, first, compiler=COMPILER, clock=lambda: self.now, look_again=0)

    def form_on(self, day: date, hour: int = 12) -> Form:
        self.now = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
        return self.forms["permit"]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.store.close()


def edited(kind: Kind, name: str) -> str:
    text = BASE
    for before, after in kind.edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    if name == "steps change places":
        head, about, more, tail = _parts(text)
        text = head + more + about + tail
    return text if kind.in_place else text.replace("edition: 2025-01-01", f"edition: {DAY}")


def _parts(text: str) -> tuple[str, str, str, str]:
    marks = [text.index(mark) for mark in ("  about:", "  more:", "workflow:")]
    return text[: marks[0]], text[marks[0] : marks[1]], text[marks[1] : marks[2]], text[marks[2] :]


def test_there_are_thirty_and_more() -> None:
    assert len(KINDS) >= 30


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_of_change(office: Office, name: str) -> None:
    kind = KINDS[name]
    old = office.form_on(date(2025, 7, 1))
    text = edited(kind, name)
    if name == "a region has its own variant":
        base = BASE.replace("form: permit", "form: national")
        text = (
            f"form: permit\nextends: national.yaml\nedition: {DAY}\n"
            "steps: {about: {fields: {phone: {type: text, label: 电话, required: true}}}}\n"
        )
        office.publish(text, national=base)
    else:
        office.publish(text)
    answers = {**GOOD, **kind.answers}
    for day, wanted in (
        (DAY - timedelta(days=1), kind.before),
        (DAY, kind.after),
        (DAY + timedelta(days=1), kind.after),
    ):
        form = office.form_on(day)
        assert kind.probe(form, answers, day.isoformat()) == wanted, day
    assert not [one for one in against(old, form) if one.severity == "error"], "nothing held is forgotten"


def test_it_comes_into_force_at_midnight_where_the_form_is_at_home(office: Office) -> None:
    office.publish(edited(KINDS["a limit is tightened"], ""))
    moment = datetime(2026, 3, 1, tzinfo=ZONE)
    office.now = moment - timedelta(seconds=1)
    assert office.forms["permit"].edition == "2025-01-01"
    office.now = moment
    assert office.forms["permit"].edition == "2026-03-01"


def test_a_rollback_is_in_force_at_once(office: Office) -> None:
    office.publish(edited(KINDS["a limit is tightened"], ""))
    assert office.form_on(DAY + timedelta(days=2)).edition == "2026-03-01"
    roll_back(office.store, "permit", at=office.now, actor="officer")
    assert issues(office.form_on(DAY + timedelta(days=2), 13), GOOD, "2026-03-03") == {}


def test_two_editions_are_valid_in_parallel_by_the_day_of_what_happened(office: Office) -> None:
    text = edited(KINDS["a limit is tightened"], "").replace("steps:", "drafts: {decided_by: since}\nsteps:")
    office.publish(text)
    new = office.form_on(DAY + timedelta(days=5))
    for since, edition in (("2026-02-28", "2025-01-01"), ("2026-03-01", "2026-03-01"), ("2026-03-02", "2026-03-01")):
        draft = Draft(
            "d", "permit", new.edition, new.edition_hash, "me", office.now, office.now, answers={"since": since}
        )
        assert edition_for(office.forms, draft, "2026-03-06").edition == edition


@pytest.mark.parametrize(("begun", "edition"), [(DAY - timedelta(days=1), "2025-01-01"), (DAY, "2026-03-01")])
def test_who_began_before_may_finish_as_it_was(office: Office, begun: date, edition: str) -> None:
    text = edited(KINDS["a limit is tightened"], "").replace(
        "steps:", "drafts: {when_published: keep, until: 2026-03-31}\nsteps:"
    )
    office.publish(text)
    form = office.form_on(begun)
    draft = Draft("d", "permit", form.edition, form.edition_hash, "me", office.now, office.now)
    for day, wanted in (("2026-03-31", edition), ("2026-04-01", "2026-03-01")):
        office.form_on(date.fromisoformat(day))
        assert edition_for(office.forms, draft, day).edition == wanted
