"""The registration form against the seed's checklist: each test is named after the requirement it proves."""

import pytest

from formkit import UNKNOWN, Level
from tests.forms_seed.filled import OTHER, Filled

HMT_PERMIT = "810000198505059997"


def test_valid_answers_have_no_issue(newcomer: Filled) -> None:
    assert newcomer.result.issues == ()


@pytest.mark.parametrize("question", ["does_accounting_work", "holds_qualification"])
def test_s12_both_questions_are_asked(newcomer: Filled, question: str) -> None:
    assert (question, "required") in newcomer.but(**{question: None}).errors


def test_s12_questions_have_the_words_of_the_manual(newcomer: Filled) -> None:
    fields = newcomer.form.fields
    assert fields["does_accounting_work"].label.in_("zh") == "是否在广东省内（除深圳）从事会计工作"
    assert fields["holds_qualification"].label.in_("zh") == "是否持有会计专业技术资格证书"


@pytest.mark.parametrize(("works", "holds"), [(True, True), (True, False), (False, True)])
def test_s10_s11_s14_a_single_yes_is_enough(newcomer: Filled, works: bool, holds: bool) -> None:
    person = newcomer.but(does_accounting_work=works, holds_qualification=holds)
    assert person.errors == set()
    assert not person.shows("not_needed")


def test_s13_both_no_ends_here(newcomer: Filled) -> None:
    person = newcomer.but(does_accounting_work=False, holds_qualification=False)
    assert person.evaluation.visible_steps == ("eligibility",)
    assert person.shows("not_needed")
    assert any("无须进行信息采集" in sentence for sentence in person.sentences())
    assert not {"name", "id_number", "mobile", "password"} & set(person.result.values)


def test_s13_nobody_is_sent_away_before_answering(newcomer: Filled) -> None:
    person = newcomer.but(does_accounting_work=None, holds_qualification=False)
    assert person.errors == {("does_accounting_work", "required")}


def test_s15_somebody_collected_elsewhere_is_pointed_to_the_transfer(newcomer: Filled) -> None:
    refused = newcomer.given(collected_elsewhere=True)
    assert refused.errors == {("id_number", "check")}
    assert "省外调入" in refused.sentences()[0]
    assert newcomer.given(collected_elsewhere=UNKNOWN).errors == set()


def test_s32_a_number_that_has_an_account_is_refused(newcomer: Filled) -> None:
    refused = newcomer.given(already_registered=True)
    assert refused.errors == {("id_number", "check")}
    assert "已经注册" in refused.sentences()[0]


@pytest.mark.parametrize("path", ["name", "document_type", "id_number", "mobile", "sms_code", "password"])
def test_s25_to_s31_fields_are_required(newcomer: Filled, path: str) -> None:
    assert (path, "required") in newcomer.but(**{path: None}).errors


def test_s26_the_seven_document_types(newcomer: Filled) -> None:
    types = [choice.label.in_("zh") for choice in newcomer.form.choices["id_document_types"].choices]
    assert types == [
        "居民身份证",
        "港澳台居民居住证",
        "港澳居民来往内地通行证",
        "台湾居民来往大陆通行证",
        "外国人永久居留身份证",
        "护照",
        "军官证",
    ]


@pytest.mark.parametrize(
    ("number", "ok"),
    [
        ("11010519491231002X", True),
        ("44010619880808908x", True),
        ("440102197001019961", True),
        ("440118199002299993", False),
        ("440106209901019992", False),
        ("590101199001019983", False),
        ("440106198808089990", False),
        ("440106880808999", False),
    ],
)
def test_s27_resident_numbers(newcomer: Filled, number: str, ok: bool) -> None:
    wrong = {path for path, _ in newcomer.but(id_number=number).errors}
    assert wrong == (set() if ok else {"id_number"})


def test_s27_an_unknown_county_is_a_warning(newcomer: Filled) -> None:
    person = newcomer.but(id_number="123456199001019999")
    assert person.errors == set()
    assert {path for path, _ in person.warnings} == {"id_number"}


def test_s28_mobile_is_checked(newcomer: Filled) -> None:
    assert newcomer.but(mobile="020-12345").errors == {("mobile", "wrong_mobile")}


@pytest.mark.parametrize("code", ["12345", "1234567", "12a456"])
def test_s29_sms_code_has_six_digits(newcomer: Filled, code: str) -> None:
    assert {path for path, _ in newcomer.but(sms_code=code).errors} == {"sms_code"}


@pytest.mark.parametrize(
    ("password", "ok"),
    [
        ("八个字符就可以了", True),
        ("七个字符不可以", False),
        ("长" * 129, False),
        ("password123", False),
        ("my13800138000x", False),
        ("44010619880808908X", False),
    ],
    ids=["eight", "seven", "too long", "common", "own mobile", "own number"],
)
def test_s31_password_rules(newcomer: Filled, password: str, ok: bool) -> None:
    wrong = {path for path, _ in newcomer.but(password=password, password_repeat=password).errors}
    assert "password" in wrong if not ok else wrong == set()


def test_s31_both_passwords_are_equal(newcomer: Filled) -> None:
    assert newcomer.but(password_repeat=OTHER).errors == {("password_repeat", "check")}


def test_s33_s34_s35_sex_birth_date_and_country_come_from_the_resident_number(newcomer: Filled) -> None:
    values = newcomer.values
    assert (values["sex"], values["birth_date"], values["country"]) == ("2", "1988-08-08", "CHN")
    assert all(newcomer.evaluation.state(path).calculated for path in ("sex", "birth_date", "country"))
    assert newcomer.but(sex="1").errors == {("sex", "calculated")}


def test_s33_s34_s35_they_are_asked_with_other_documents(newcomer: Filled) -> None:
    foreigner = newcomer.but(document_type="passport", id_number="E12345678")
    assert foreigner.errors == {(path, "required") for path in ("sex", "birth_date", "country")}
    assert foreigner.but(sex="1", birth_date="1980-05-06", country="GBR").errors == set()


@pytest.mark.parametrize("day", ["2023-06-02", "1899-12-31"])
def test_s35_a_birth_date_that_is_asked_is_a_likely_one(newcomer: Filled, day: str) -> None:
    foreigner = newcomer.but(document_type="passport", id_number="E12345678", sex="1", country="GBR", birth_date=day)
    assert foreigner.errors == {("birth_date", "check")}


def test_s33_s35_residence_permits_tell_sex_and_birth_date_but_not_the_country(newcomer: Filled) -> None:
    person = newcomer.but(document_type="hmt_residence_permit", id_number=HMT_PERMIT)
    assert person.errors == {("country", "required")}
    assert person.but(country="HKG").values["birth_date"] == "1985-05-05"


def test_author_sentences_speak_both_languages(newcomer: Filled) -> None:
    refused = newcomer.given(collected_elsewhere=True)
    assert refused.sentences(Level.ERROR, "en")[0].isascii() is False  # typographic quotes
    assert "Transfer in" in refused.sentences(Level.ERROR, "en")[0]
