"""The national rules of 2024, written into a copy of the collection form: what a policy officer would edit."""

import re
from pathlib import Path

FORMS = Path(__file__).parents[2] / "forms"

_EDUCATION = """\
      education_history:
        type: rows
        label: {zh: 教育经历, en: Education}
        min_rows: 1
        required: true
        fields:
          level: {type: choice, label: {zh: 学历, en: Level of education}, choices: education_levels, required: true}
          degree: {type: choice, label: {zh: 学位, en: Degree}, choices: degrees, required: true}
          school: {type: text, label: {zh: 毕业院校, en: School}, max_length: 100, required: true}
          entered: {type: month, label: {zh: 入学时间, en: Entered}, max: today, required: true}
          graduated: {type: month, label: {zh: 毕业时间, en: Graduated}, max: today, required: true}
          diploma: {type: text, label: {zh: 学历证书编号, en: Number of the diploma}, required: true}
          degree_diploma: {type: text, label: {zh: 学位证书编号, en: Number of the degree certificate}}

"""
_REVIEW = """
workflow:
  start: in_review
  states:
    in_review: {label: {zh: 待审核, en: In review}}
    approved: {label: {zh: 审核通过, en: Approved}, final: true}
    refused: {label: {zh: 审核不通过, en: Refused}, final: true, reapply: true}
  transitions:
    approve: {from: in_review, to: approved, by: finance_office, label: {zh: 通过, en: Approve}}
    refuse: {from: in_review, to: refused, by: finance_office, label: {zh: 不通过, en: Refuse}, reason: true}
"""


def collection_2023() -> str:
    """The form in force."""
    return (FORMS / "accountant_collection.yaml").read_text("utf-8")


def collection_2024() -> str:
    """The form as the rules of 2024 want it."""
    text = collection_2023()
    text = _once(r"edition: 2023-05-26", "edition: 2024-09-26", text)
    text = text.replace("max_size: 5 MB", "min_size: 20 KB, max_size: 500 KB".replace(", ", "\n            "))
    text = _once(r"(            value_unless: facts\.collected\n)", r"\1            locked: after_submission\n", text)
    text = _once(r"(            value: facts\.mobile\n)", r"\1            locked: after_submission\n", text)
    text = _once(r"      full_time:.*?\n(?=  # -+ 四)", _EDUCATION, text)
    return text.rstrip() + "\n" + _REVIEW


def _once(pattern: str, by: str, text: str) -> str:
    changed, count = re.subn(pattern, by, text, count=1, flags=re.S)
    assert count == 1, pattern
    return changed
