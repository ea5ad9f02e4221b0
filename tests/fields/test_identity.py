"""Identity numbers, as decided in the checklist (S26, S27, S68) and on the synthetic samples."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from formkit.fields.base import OptionsInvalid
from formkit.fields.identity import DOCUMENTS
from tests.fields.making import SURROUNDINGS, make, verdicts

SAMPLES = yaml.safe_load(Path(__file__).with_name("id_samples.yaml").read_text("utf-8"))["items"]
RESIDENT = [sample for sample in SAMPLES if "doc" not in sample]
OTHERS = {"HMT_RP": "hmt_residence_permit", "FPR_2023": "foreign_permanent_resident"}
# The standard's own example was born in 1880: it can only be judged while that is at most 130 years ago.
JUDGED = {"440524188001010014": "2010-06-30"}


@pytest.mark.parametrize("sample", RESIDENT, ids=lambda sample: sample["value"])
def test_s27_the_samples_get_their_verdicts(sample: dict[str, Any]) -> None:
    field = make("resident_id")
    found = verdicts(field, sample["value"], JUDGED.get(sample["value"], "2026-11-23"))
    wrong = [code for code in found if not code.startswith("warning:")]
    assert (not wrong) is sample["valid"], (sample["why"], found)
    assert (found == ["warning:unknown_county"]) is (sample.get("severity") == "warn")
    if "normalised" in sample:
        assert field.parse(sample["value"]) == sample["normalised"]


@pytest.mark.parametrize("sample", [s for s in SAMPLES if "doc" in s], ids=lambda sample: sample["value"])
def test_s26_permits_are_judged_as_permits(sample: dict[str, Any]) -> None:
    field = make("identity_document", type_field="document")
    assert verdicts(field, sample["value"], document=OTHERS[sample["doc"]]) == []
    assert verdicts(field, sample["value"], document="resident_id") == ["wrong_document_number"]
    assert "warning:other_document" in verdicts(make("resident_id"), sample["value"])


def test_s27_somebody_may_be_130_and_not_131() -> None:
    field = make("resident_id")
    assert verdicts(field, "440524188001010014", "2010-12-31") == []
    assert verdicts(field, "440524188001010014", "2011-01-01") == ["birth_too_long_ago"]
    assert verdicts(field, "440524188001010014", "2026-11-23") == ["birth_too_long_ago"]


@pytest.mark.parametrize(
    ("document", "number", "verdict"),
    [
        ("resident_id", "440106880808999", ["old_resident_id"]),
        ("resident_id", "440106198808089990", ["wrong_check_digit"]),
        ("hmt_residence_permit", "810000198505059998", ["wrong_check_digit"]),
        ("hmt_residence_permit", "840000198505059997", ["wrong_document_number"]),
        ("hm_travel_permit", "h12345678", []),
        ("hm_travel_permit", "M1234567801", []),
        ("hm_travel_permit", "A12345678", ["wrong_document_number"]),
        ("tw_travel_permit", "12345678", []),
        ("tw_travel_permit", "1234567890（B）", []),
        ("tw_travel_permit", "123", ["warning:unusual_document_number"]),
        ("foreign_permanent_resident", "USA110100000001", []),
        ("foreign_permanent_resident", "US110100000001", ["wrong_document_number"]),
        ("foreign_permanent_resident", "944840198505059995", ["wrong_check_digit"]),
        ("passport", "E1234 5678", []),
        ("passport", "E123", ["wrong_document_number"]),
        ("officer_card", "军字第2001988号", []),
        ("something_else", "?", []),
        (None, "?", []),
    ],
)
def test_s26_a_number_is_judged_by_its_kind_of_document(document: str | None, number: str, verdict: list[str]) -> None:
    assert verdicts(make("identity_document", type_field="document"), number, document=document) == verdict


def test_choices_may_be_called_otherwise_than_the_documents() -> None:
    field = make("identity_document", type_field="document", documents={"111": "resident_id"})
    assert verdicts(field, "440106198808089990", document="111") == ["wrong_check_digit"]
    assert verdicts(field, "440106198808089990", document="resident_id") == []
    assert field.depends() == ("document",)


def test_the_field_of_the_kind_must_stand_beside_it() -> None:
    with pytest.raises(OptionsInvalid) as caught:
        make("identity_document", type_field="kind")
    assert (caught.value.code, caught.value.key, caught.value.params) == (
        "unknown-sibling",
        "type_field",
        {"value": "kind"},
    )
    assert "kind" not in SURROUNDINGS.siblings


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_document_is_named_in_both_languages(document: str) -> None:
    assert DOCUMENTS[document].title["zh"] and DOCUMENTS[document].title["en"]


@pytest.mark.parametrize("code", ["91440101MA5XXXXX1D", "911101080000000000", "9144010100000000AI"])
def test_s68_a_credit_code_with_a_wrong_check_digit_or_letter_is_refused(code: str) -> None:
    assert verdicts(make("uscc"), code) in (["wrong_check_digit"], ["wrong_uscc"])


@pytest.mark.parametrize("code", ["91350100M000100Y43", "12100000400010281H", "N2440106MF0000000T"])
def test_s68_letters_may_stand_in_the_first_two_places(code: str) -> None:
    from formkit.fields.id_numbers import credit_check_digit

    assert verdicts(make("uscc"), code[:17] + credit_check_digit(code[:17])) == []
