"""Whatever stands in a file of cases, it is run or told of, and nothing breaks."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.cases import Report, coverage_of, run_cases
from formkit.compiler import Compiler
from formkit.schemas.cases_spec import CaseSpec, ExpectSpec
from tests.cases.trip import CALENDAR, FORM

NAMES = ["means", "reason", "days", "host", "host.phone", "stops", "stops.r1.place", "stops.place", "ticket", "form"]
PATHS = st.sampled_from([*NAMES, "plan/", "papers", "nobody"])
WORDS = st.sampled_from(["plane", "sent", "grant", "2024-01-05", "check", "none", "a.jpg", "1 MB", "", "是", "r1"])
SCALARS = st.none() | st.booleans() | st.integers(-5, 40) | WORDS
KEYS = st.sampled_from(["place", "name", "phone", "nights", "_id", "size", "width"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
DAYS = st.sampled_from(["2024-01-05", "2024-01-09", "2024-12-31", "2025-06-01"])
ANSWERS = st.dictionaries(
    st.sampled_from(["means", "reason", "days", "city", "host", "stops", "ticket", "nobody"]), VALUES, max_size=4
)
FACTS = st.dictionaries(st.sampled_from(["open", "grade", "nobody"]), VALUES, max_size=2)
CODES = st.sampled_from(["required", "check", "locked", "nothing"])
STATES = st.sampled_from(["sent", "granted", "refused", "nowhere"])
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "today": DAYS, "facts": FACTS, "unknown_facts": st.lists(st.sampled_from(["open", "grade", "nobody"])),
    "answers": ANSWERS, "record": ANSWERS, "submitted": st.booleans(), "visited": st.lists(WORDS, max_size=2),
    "state": STATES, "entered": DAYS, "take": st.sampled_from(["grant", "refuse", "nothing"]), "by": WORDS,
    "reason": WORDS, "accepted": st.booleans(), "values": st.dictionaries(PATHS, VALUES, max_size=2),
    "hints": st.dictionaries(PATHS, st.lists(WORDS, max_size=2), max_size=2), "next_step": WORDS, "due": DAYS,
    "issues": st.dictionaries(PATHS, CODES | st.lists(CODES, max_size=2), max_size=2),
    "transitions": st.dictionaries(WORDS, st.lists(WORDS, max_size=2), max_size=2),
}  # fmt: skip


def mapping_of(model: Any, least: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping with keys of a model, each with something that may stand there."""
    likely = {key: LIKELY.get(key, st.lists(PATHS, max_size=3)) for key in model.model_fields if key not in least}
    return st.fixed_dictionaries(least, optional=likely)


EXPECTED = mapping_of(ExpectSpec, {})
CASES = mapping_of(CaseSpec, {"expect": EXPECTED})
HEADS = st.fixed_dictionaries({}, optional={"answers": ANSWERS, "facts": FACTS, "today": DAYS})


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(case=CASES, head=HEADS)
def test_nothing_breaks(tmp_path: Path, case: dict[str, object], head: dict[str, object]) -> None:
    (tmp_path / "trip.yaml").write_text(FORM, "utf-8")
    (tmp_path / "calendar.yaml").write_text(CALENDAR, "utf-8")
    tests = {"甲": case, "乙": {"expect": {"accepted": True}}}
    known = {"facts": {"open": False, "grade": "junior"}, "answers": {"means": "train", "days": 3}, **head}
    file = {"cases": "trip.yaml", "working_days": "calendar.yaml", **known, "tests": tests}
    (tmp_path / "cases.yaml").write_text(json.dumps(file, ensure_ascii=False), "utf-8")
    for found in Compiler().compile_path(tmp_path, cases=True).cases:
        result = run_cases(found)
        report = Report((result,), coverage_of(found.form, (result,)), "zh")
        assert list(report.text(whole=True))
        assert json.dumps(report.json())
