"""Generated people who fill in the collection form: answers as a browser posts them, a fifth of them faulty."""

import random
from collections.abc import Callable
from typing import Any

Answers = dict[str, Any]

TODAY = "2026-11-23"
FACTS = {
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
ROUTES = ("review", "exam", "exam_and_review")


def people(count: int, seed: int = 20230526) -> list[Answers]:
    """So many people's answers, the same for every seed."""
    chance = random.Random(seed)  # noqa: S311 - reproducible samples, no secret
    return [_faulty(_person(chance), chance) if chance.random() < 0.2 else _person(chance) for _ in range(count)]


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
    return {"level": level, "degree": "4", "school": "中山大学", "major": "会计学", "graduated": "2010-07"}


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


def _faulty(answers: Answers, chance: random.Random) -> Answers:
    for fault in chance.sample(FAULTS, chance.randint(1, 3)):
        fault(answers)
    return answers


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
