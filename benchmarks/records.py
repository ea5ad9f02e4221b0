"""`python -m benchmarks.records COUNT [SEED] > FILE`: records of made-up people, as NDJSON, the same for every seed."""

import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import formkit
from benchmarks.collection import form
from benchmarks.people import TODAY, Answers, each_person
from formkit.fields.id_numbers import check_digit

_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
_REGIONS = ("440106", "440103", "440605", "440402", "441302", "445102")
_FIRST_BIRTH, _BIRTH_DAYS = date(1961, 1, 1), 15_000
_BESIDE = ("collected", "continuing_education_open", "does_accounting_work", "holds_qualification")
"""The facts that no record holds."""


def each_record(count: int, seed: int = 20230526) -> Iterator[Answers]:
    """So many records: somebody whom the form has accepted, and what the portal knows of them besides."""
    chance = random.Random(seed)  # noqa: S311 - reproducible samples, no secret
    made = 0
    for person in each_person(2 * count, seed):
        if made == count:
            return
        if person.faulty:
            continue
        facts = person.facts | _identity(chance) | {"continuing_education_open": chance.random() < 0.1}
        values = formkit.validate(form(), person.answers, facts=facts, today=TODAY).values
        beside = {name: facts[name] for name in _BESIDE} | {"collected": True}
        made += 1
        yield {"id": f"{made:08}", "edition": form().edition, "values": values, "facts": beside}


def _identity(chance: random.Random) -> Answers:
    """A name and a number that nobody has: the last of a day's numbers, which are not given out."""
    born = (_FIRST_BIRTH + timedelta(chance.randrange(_BIRTH_DAYS))).isoformat()
    number = chance.choice(_REGIONS) + born.replace("-", "") + str(chance.randint(990, 999))
    return {
        "name": chance.choice(_FAMILY) + "".join(chance.choices(_GIVEN, k=2)),
        "id_number": number + check_digit(number),
        "sex": "1" if int(number[-1]) % 2 else "2",
        "birth_date": born,
        "mobile": f"1380013{chance.randint(0, 9999):04}",
    }


def main() -> None:
    """Writes them."""
    for record in each_record(*map(int, sys.argv[1:3])):
        sys.stdout.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
