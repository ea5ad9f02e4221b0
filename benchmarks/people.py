"""Generated people who fill in the collection form: answers as a browser posts them, a fifth of them faulty."""

import random
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Answers = dict[str, Any]

TODAY = "2026-11-23"
FACTS: Answers = {
    "name": "张三",
    "document_type": "resident_id",
    "id_number": "44010619880808908X",
    "sex": "2",
    "country": "CHN",
    "birth_date": "1988-08-08",
    "mobile": "13800138000",
    "collected": False,
    "continuing_education_open": False,
    "does_accounting_work": True,
    "holds_qualification": True,
}
DIVISIONS = ("440106", "440103", "440605", "441900", "442000", "440402", "441302", "445102")
USCC = ("91350100M000100Y43",)
QUALIFICATION_TYPES = ("accounting", "economics", "auditing", "statistics", "other")
LEVELS = ("junior", "intermediate", "senior", "full_senior")
SCHOOLS = ("中山大学", "暨南大学", "  中山大学 ", "E\u0301cole normale")  # as typed: untrimmed, not yet NFC
ROUTES = ("review", "exam", "exam_and_review")


class Person(NamedTuple):
    """One person's answers, what the portal knows of them, and whether the answers were made faulty."""

    answers: Answers
    facts: Answers
    faulty: bool


class Given(NamedTuple):
    """What a contestant is given: answers in the shape it takes them in, and the facts."""

    answers: Any
    facts: Answers


def people(count: int, seed: int = 20230526) -> list[Person]:
    """So many people, the same for every seed: a fifth faulty; of the others a tenth answered what is hidden now.

    One in twenty says of their work what does not fit their registration, which only warns.
    """
    return list(each_person(count, seed))


def each_person(count: int, seed: int = 20230526) -> Iterator[Person]:
    """The same, one after another."""
    chance = random.Random(seed)  # noqa: S311 - reproducible samples, no secret
    for number in range(count):
        answers = _person(chance)
        faulty = number % 5 == 4
        if faulty:
            _spoil(answers, chance)
        elif chance.random() < 0.1:
            chance.choice(LEFTOVERS)(answers)
        yield Person(answers, _facts(answers, chance), faulty)


def _facts(answers: Answers, chance: random.Random) -> Answers:
    accounting = answers["employment_status"] == "accounting"
    return FACTS | {"does_accounting_work": accounting is not (chance.random() < 0.05)}


def _person(chance: random.Random) -> Answers:
    status = chance.choice(("accounting", "accounting", "non_accounting", "unemployed", "student"))
    answers: Answers = {
        "pledge": "true",
        "ethnic_group": f"{chance.randint(1, 56):02}",
        "political_status": f"{chance.randint(1, 13):02}",
        "email": f"someone{chance.randint(1, 9999)}@example.com",
        "portrait": _image(),
        "id_card_portrait_side": _image(),
        "id_card_emblem_side": _image(),
        "full_time": _education(chance),
        "employment_status": status,
        "division": chance.choice(DIVISIONS),
        "is_cpa": chance.choice(("true", "false")),
        "is_tax_agent": "false",
        "is_asset_appraiser": "false",
        "has_abacus_level": "true",
        "abacus_level": "ordinary_3",
        "qualifications": _qualifications(chance),
    }
    if chance.random() < 0.3:
        answers["part_time"] = _education(chance)
    if status in ("accounting", "non_accounting"):
        answers |= {"unit_name": "广州某某有限公司", "unit_code": USCC[0], "position": "会计"}
    if status == "accounting":
        answers["accounting_since"] = "2012-03"
    if status == "student":
        answers["student_card"] = _image()
    if chance.random() < 0.2:
        answers["talents"] = [_talent(chance)]
    if chance.random() < 0.4:
        answers["awards"] = [{"_id": "r1", "name": "先进会计工作者", "level": "municipal"}]
    return answers


def _education(chance: random.Random) -> Answers:
    level = chance.choice(("14", "20", "30"))
    school = chance.choice(SCHOOLS)
    return {"level": level, "degree": "4", "school": school, "major": "会计学", "graduated": "2010-07"}


def _qualifications(chance: random.Random) -> list[Answers]:
    kinds = chance.sample(QUALIFICATION_TYPES, chance.randint(1, 3))
    return [
        {"_id": f"r{number}", "type": kind, "level": chance.choice(LEVELS), "obtained_by": chance.choice(ROUTES)}
        for number, kind in enumerate(kinds)
    ]


def _talent(chance: random.Random) -> Answers:
    return {
        "_id": "r1",
        "type": "leading",
        "selected_year": str(chance.randint(2006, 2015)),
        "training_status": "graduated",
        "graduation_year": str(chance.randint(2016, 2020)),
    }


def _image() -> Answers:
    return {
        "id": "a" * 32,
        "name": "a.jpg",
        "size": 204_800,
        "media_type": "image/jpeg",
        "width": 600,
        "height": 800,
        "sha256": "0" * 64,
    }


LEFTOVERS: tuple[Callable[[Answers], object], ...] = (
    lambda a: a.update(document_front=_image()),
    lambda a: a["full_time"].update(level="none"),
    lambda a: a.update(employment_status="unemployed", unit_name="广州某某有限公司", accounting_since="2030-01"),
    lambda a: a.update(has_abacus_level="false"),
)


def _spoil(answers: Answers, chance: random.Random) -> None:
    for fault in chance.sample(FAULTS, chance.randint(1, 3)):
        fault(answers)


FAULTS: tuple[Callable[[Answers], object], ...] = (
    lambda a: a.pop("email"),
    lambda a: a.update(email="not an address"),
    lambda a: a.update(ethnic_group="99"),
    lambda a: a.update(division="440100"),
    lambda a: a["full_time"].update(graduated="2010-13"),
    lambda a: a["full_time"].pop("school"),
    lambda a: a["qualifications"].append({**a["qualifications"][0], "_id": "r9"}),
    lambda a: a["qualifications"][0].update(level="none"),
    lambda a: a.update(awards=[{"_id": "r1", "name": "", "level": "national"}]),
    lambda a: a.update(talents=[_talent_graduated_before()]),
    lambda a: a["portrait"].update(width=100),
    lambda a: a.pop("pledge"),
)


def _talent_graduated_before() -> Answers:
    return {
        "_id": "r1",
        "type": "leading",
        "selected_year": "2015",
        "training_status": "graduated",
        "graduation_year": "2010",
    }
