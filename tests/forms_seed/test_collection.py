"""The collection form against the seed's checklist: each test is named after the requirement it proves."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from formkit import UNKNOWN, Level
from formkit.form import Form
from formkit.renderers import RECORD, Paper, record_pdf, render
from tests.forms_seed.filled import Filled, image

FOREIGN = {"name": "John Smith", "document_type": "passport", "id_number": "E12345678", "country": "GBR", "sex": "1"}
ONE_PAGE = ("passport", "officer_card")
TWO_SIDED = ("hmt_residence_permit", "hm_travel_permit", "tw_travel_permit", "foreign_permanent_resident")
BLOCKS = ("full_time", "part_time")
NO_ID_CARD = {"id_card_portrait_side": None, "id_card_emblem_side": None}


@pytest.fixture
def form(forms: dict[str, Form]) -> Form:
    return forms["accountant_collection"]


def labels(form: Form, path: str) -> list[str]:
    """The Chinese labels of a choice field, in order."""
    return [choice.label.in_("zh") for choice in form.fields[path].type.choice_list.choices]


def test_valid_answers_have_no_issue(accountant: Filled, student: Filled) -> None:
    assert accountant.result.issues == ()
    assert student.result.issues == ()


# ------------------------------------------------------------------ the whole form


def test_s5_basis_and_edition_stand_with_the_form(form: Form) -> None:
    assert form.edition == "2023-05-26"
    assert any("2019年第11号" in basis for basis in form.basis)
    assert any("穗财会〔2019〕16号" in basis for basis in form.basis)


def test_s93_pages_come_in_the_order_of_the_manual(form: Form) -> None:
    titles = [step.title.in_("zh") for step in form.steps]
    assert titles == ["采集须知", "个人信息", "学历信息", "工作信息", "专业技术信息", "奖励信息"]


def test_s91_last_button_submits(form: Form) -> None:
    assert form.submission_label is not None
    assert "提交" in form.submission_label.in_("zh")


def test_s92_s95_person_is_told_that_the_file_is_made_at_once(form: Form) -> None:
    assert form.workflow is None
    assert form.submission_done is not None
    assert "信息已采集" in form.submission_done.in_("zh")


def test_s92_s95_the_file_of_a_person_is_a_page_and_a_pdf(accountant: Filled) -> None:
    known: Any = {"facts": accountant.facts, "today": accountant.today}
    page = render(accountant.form, RECORD, {}, record=accountant.values, renderer="print", **known)
    paper = Paper(made=datetime(2023, 6, 1, tzinfo=UTC))
    with PdfDocument(record_pdf(accountant.form, accountant.values, paper=paper, **known)) as document:
        pdf = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    for words in ("会计人员信息采集", "张三", "44010619880808908X", "中山大学", "91350100M000100Y43", "中级"):
        assert words in page
        assert words in pdf


# ------------------------------------------------------------------ notice


def test_s41_notice_comes_before_any_data(form: Form) -> None:
    first = form.steps[0]
    assert first.note is not None
    assert "必须上传的附件只有两样" in first.note.in_("zh")
    assert [field.id for field in first.fields] == ["pledge"]


@pytest.mark.parametrize("answer", [None, False, ""])
def test_s45_pledge_must_be_ticked(accountant: Filled, answer: object) -> None:
    unticked = accountant.but(pledge=answer)
    assert unticked.errors == {("pledge", "required")}
    assert "承诺填写信息的真实性" in unticked.sentences()[0]


def test_s42_s61_compulsory_attachments_are_id_card_and_portrait_only(accountant: Filled) -> None:
    evaluation = accountant.evaluation
    attachments = {path for path, field in accountant.form.fields.items() if field.type.attachment}
    asked = {path for path in attachments if evaluation.state(path).visible and evaluation.state(path).required}
    assert asked == {"portrait", "id_card_portrait_side", "id_card_emblem_side"}


# ------------------------------------------------------------------ personal


@pytest.mark.parametrize("path", ["name", "document_type", "id_number", "sex", "country", "birth_date", "mobile"])
def test_s55_registered_data_are_shown_and_not_asked(accountant: Filled, path: str) -> None:
    assert accountant.evaluation.state(path).calculated
    assert accountant.values[path] == accountant.facts[path]
    assert (path, "calculated") in accountant.but(**{path: "passport"}).errors


@pytest.mark.parametrize("path", ["ethnic_group", "political_status", "email", "portrait"])
def test_s47_s48_s50_s51_personal_data_are_required(accountant: Filled, path: str) -> None:
    assert accountant.but(**{path: None}).errors == {(path, "required")}


def test_s47_all_56_ethnic_groups_can_be_chosen(form: Form) -> None:
    groups = form.choices["ethnic_groups"]
    assert {f"{code:02}" for code in range(1, 57)} <= groups.leaves
    assert (groups.label("01", "zh"), groups.label("01", "en")) == ("汉族", "Han")


def test_s48_political_status_has_the_13_of_the_standard(form: Form) -> None:
    assert form.choices["political_status"].leaves == {f"{code:02}" for code in range(1, 14)}


def test_s49_ethnic_group_and_political_status_are_optional_without_a_resident_card(accountant: Filled) -> None:
    foreigner = accountant.given(**FOREIGN).but(
        ethnic_group=None, political_status=None, document_page=image(), **NO_ID_CARD
    )
    assert foreigner.errors == set()


def test_s50_email_is_checked(accountant: Filled) -> None:
    assert accountant.but(email="zhang.san").errors == {("email", "wrong_email")}


@pytest.mark.parametrize(
    ("change", "ok"),
    [
        ({"size": 10 * 1024}, True),
        ({"size": 10 * 1024 - 1}, False),
        ({"size": 2 * 1024 * 1024}, True),
        ({"size": 2 * 1024 * 1024 + 1}, False),
        ({"width": 295, "height": 413}, True),
        ({"width": 294, "height": 413}, False),
        ({"width": 295, "height": 412}, False),
        ({"width": 800, "height": 600}, False),
        ({"media_type": "image/png", "name": "a.png"}, True),
        ({"media_type": "application/pdf", "name": "a.pdf"}, False),
    ],
)
def test_s51_portrait_limits(accountant: Filled, change: dict[str, object], ok: bool) -> None:
    wrong = {path for path, _ in accountant.but(portrait=image(**change)).errors}
    assert wrong == (set() if ok else {"portrait"})


@pytest.mark.parametrize("side", ["id_card_portrait_side", "id_card_emblem_side"])
def test_s52_both_sides_of_the_identity_card_are_needed(accountant: Filled, side: str) -> None:
    assert accountant.but(**{side: None}).errors == {(side, "required")}


@pytest.mark.parametrize("document_type", TWO_SIDED)
def test_s53_other_cards_ask_for_front_and_back(accountant: Filled, document_type: str) -> None:
    holder = accountant.given(document_type=document_type).but(**NO_ID_CARD)
    assert {("document_front", "required"), ("document_back", "required")} <= holder.errors
    assert not holder.shows("document_page")


@pytest.mark.parametrize("document_type", ONE_PAGE)
def test_s53_one_page_documents_ask_for_one_image(accountant: Filled, document_type: str) -> None:
    holder = accountant.given(document_type=document_type).but(**NO_ID_CARD)
    assert ("document_page", "required") in holder.errors
    assert not any(holder.shows(path) for path in ("document_front", "document_back", "id_card_portrait_side"))


# ------------------------------------------------------------------ education


@pytest.mark.parametrize("part", ["level", "degree", "school", "major", "graduated"])
def test_s56_s59_full_time_block_is_asked_whole(accountant: Filled, part: str) -> None:
    block = {key: value for key, value in accountant.answers["full_time"].items() if key != part}
    assert (f"full_time.{part}", "required") in accountant.but(full_time=block).errors


def test_s60_nothing_else_is_asked_of_somebody_without_full_time_education(accountant: Filled) -> None:
    without = accountant.but(full_time={"level": "none"})
    assert without.errors == set()
    assert without.values["full_time"] == {"level": "none"}


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("level", ["60", "70"])
def test_s59_school_leavers_have_no_major(accountant: Filled, block: str, level: str) -> None:
    left = {"level": level, "degree": "0", "school": "某中学", "graduated": "2005-07"}
    assert accountant.but(**{block: left}).errors == set()
    assert accountant.but(**{block: {**left, "level": "40"}}).errors == {(f"{block}.major", "required")}


def test_s57_part_time_block_may_stay_empty(accountant: Filled) -> None:
    assert "part_time" not in accountant.values
    assert accountant.but(part_time={"level": "none"}).errors == set()


def test_s58_part_time_block_is_all_or_nothing(accountant: Filled) -> None:
    started = accountant.but(part_time={"school": "开放大学"})
    assert started.errors == {(f"part_time.{part}", "required") for part in ("level", "degree", "major", "graduated")}


@pytest.mark.parametrize("block", BLOCKS)
def test_s59_graduation_is_not_in_the_future(accountant: Filled, block: str) -> None:
    early = accountant.but(**{block: {**accountant.answers["full_time"], "graduated": "2023-07"}})
    assert early.errors == {(f"{block}.graduated", "in_the_future")}
    assert early.on("2023-07-01").errors == set()


# ------------------------------------------------------------------ work


def test_s62_the_four_statuses_in_order(form: Form) -> None:
    assert labels(form, "employment_status") == ["会计工作岗位", "非会计工作岗位", "待业", "在校生"]


def test_s20_people_without_a_post_are_told_what_to_choose(accountant: Filled) -> None:
    assert "退休" in accountant.hints("employment_status")[0]


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        ("accounting", "单位所在行政区划"),
        ("non_accounting", "单位所在行政区划"),
        ("unemployed", "户口所在地或者居住证所在行政区划"),
        ("student", "学校所在行政区划"),
    ],
)
def test_s64_s65_s66_help_of_the_division_follows_the_status(accountant: Filled, status: str, hint: str) -> None:
    hints = accountant.but(employment_status=status).hints("division")
    assert len(hints) == 1
    assert hint in hints[0]


def test_s64_no_help_before_a_status_is_chosen(accountant: Filled) -> None:
    assert accountant.but(employment_status=None).hints("division") == []


@pytest.mark.parametrize(
    ("division", "ok"),
    [
        ("440106", True),
        ("441900", True),
        ("442000", True),
        ("440100", False),
        ("440300", False),
        ("440304", False),
        ("440183", False),
        ("110101", False),
    ],
    ids=["天河区", "东莞市", "中山市", "广州市本级", "深圳市", "深圳福田区", "撤销的增城市", "北京"],
)
def test_s63_s67_division_is_a_district_of_guangdong_or_a_city_without_districts(
    accountant: Filled, division: str, ok: bool
) -> None:
    wrong = {path for path, _ in accountant.but(division=division).errors}
    assert wrong == (set() if ok else {"division"})


def test_s63_retired_divisions_stay_readable(form: Form) -> None:
    assert form.choices["guangdong_divisions"].label("440183", "zh") == "广州市 增城市"


def test_s147_all_eleven_districts_of_guangzhou(form: Form) -> None:
    guangzhou = form.choices["guangdong_divisions"].by_value["440100"]
    today = [district.value for district in guangzhou.children if district.valid_on("2023-06-01")]
    assert today == [f"4401{code}" for code in ("03", "04", "05", "06", "11", "12", "13", "14", "15", "17", "18")]


@pytest.mark.parametrize("path", ["unit_name", "unit_code", "accounting_since"])
def test_s68_work_unit_is_asked_of_accounting_posts(accountant: Filled, path: str) -> None:
    assert accountant.but(**{path: None}).errors == {(path, "required")}


def test_s68_start_of_accounting_work_is_asked_of_accounting_posts_only(accountant: Filled) -> None:
    assert accountant.but(employment_status="non_accounting", accounting_since=None).errors == set()


def test_s68_accounting_work_has_begun(accountant: Filled) -> None:
    assert accountant.but(accounting_since="2023-07").errors == {("accounting_since", "in_the_future")}


def test_s68_credit_code_has_a_check_digit(accountant: Filled) -> None:
    assert {path for path, _ in accountant.but(unit_code="91350100M000100Y44").errors} == {"unit_code"}


@pytest.mark.parametrize("status", ["unemployed", "student"])
def test_s68_s69_unit_fields_vanish_and_are_not_kept(accountant: Filled, status: str) -> None:
    moved = accountant.but(employment_status=status, student_card=image() if status == "student" else None)
    assert moved.errors == set()
    assert not {"unit_name", "unit_code", "accounting_since", "position"} & set(moved.result.values)


@pytest.mark.parametrize("status", ["accounting", "non_accounting", "unemployed", "student"])
def test_s43_s44_student_card_is_asked_of_students_only(accountant: Filled, status: str) -> None:
    asked = ("student_card", "required") in accountant.but(employment_status=status).errors
    assert asked == (status == "student")


def test_s21_warns_when_there_is_neither_post_nor_qualification(student: Filled) -> None:
    without = student.but(qualifications=None)
    assert without.errors == set()
    assert without.warnings == {("qualifications", "check")}


def test_s21_warns_when_the_qualification_named_at_registration_is_missing(accountant: Filled) -> None:
    assert accountant.but(qualifications=None).warnings == {("qualifications", "check")}
    assert accountant.but(qualifications=None).given(holds_qualification=False).warnings == set()


@pytest.mark.parametrize("does_accounting_work", [True, False])
@pytest.mark.parametrize("status", ["accounting", "non_accounting"])
def test_s22_warns_when_status_and_registration_differ(
    accountant: Filled, status: str, does_accounting_work: bool
) -> None:
    person = accountant.but(employment_status=status).given(does_accounting_work=does_accounting_work)
    differ = (status == "accounting") != does_accounting_work
    assert person.errors == set()
    assert person.warnings == ({("employment_status", "check")} if differ else set())


# ------------------------------------------------------------------ professional


def test_s70_to_s74_four_certifications_with_corrected_labels(accountant: Filled) -> None:
    paths = ["is_cpa", "is_tax_agent", "is_asset_appraiser", "has_abacus_level"]
    asked = [accountant.form.fields[path].label.in_("zh") for path in paths]
    assert asked == ["是否是注册会计师", "是否是税务师", "是否是资产评估师", "是否有珠算等级"]
    for path in paths:
        assert accountant.but(**{path: None}).errors == {(path, "required")}


def test_s74_abacus_level_is_asked_of_those_who_have_one(accountant: Filled) -> None:
    assert accountant.but(has_abacus_level=True).errors == {("abacus_level", "required")}
    assert accountant.but(has_abacus_level=True, abacus_level="expert_6").errors == set()
    assert not accountant.shows("abacus_level")


def test_s74_twelve_abacus_levels(form: Form) -> None:
    numbers = "一二三四五六"
    expected = [f"{kind}{number}级" for kind in ("能手", "普通") for number in numbers]
    assert labels(form, "abacus_level") == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("qualifications.type", ["会计类", "经济类", "审计类", "统计类", "其他类型"]),
        ("qualifications.level", ["初级", "中级", "高级", "正高级"]),
        ("qualifications.obtained_by", ["评审", "考试", "考评"]),
        (
            "talents.type",
            [
                "高端会计人才",
                "国际化高端会计人才",
                "全国高端会计人才特殊支持计划",
                "全国大中型企事业单位总会计师培训（高端班）",
            ],
        ),
        ("talents.training_status", ["培养中", "已毕业", "已淘汰", "已除名"]),
        ("awards.level", ["国家级", "省部级", "地市级", "其他"]),
    ],
    ids=["s76", "s77", "s78", "s83", "s85", "s90"],
)
def test_exactly_the_choices_of_the_manual(form: Form, path: str, expected: list[str]) -> None:
    assert labels(form, path) == expected


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ("qualifications", "type"),
        ("qualifications", "level"),
        ("qualifications", "obtained_by"),
        ("talents", "type"),
        ("talents", "selected_year"),
        ("talents", "training_status"),
        ("awards", "name"),
        ("awards", "level"),
    ],
)
def test_s76_to_s90_a_row_once_begun_is_asked_whole(accountant: Filled, rows: str, column: str) -> None:
    full = {
        "qualifications": {"type": "auditing", "level": "junior", "obtained_by": "exam"},
        "talents": {"type": "leading", "selected_year": 2012, "training_status": "in_training"},
        "awards": {"name": "先进会计工作者", "level": "provincial"},
    }[rows]
    assert accountant.but(**{rows: [{"_id": "r7", **full}]}).errors == set()
    assert accountant.but(**{rows: [{"_id": "r7", **full, column: ""}]}).errors == {(f"{rows}.r7.{column}", "required")}


def test_s77_full_senior_exists_since_the_title_reform(form: Form) -> None:
    assert form.choices["qualification_level"].by_value["full_senior"].since == "2019-01-11"


@pytest.mark.parametrize(("level", "ok"), [("senior", True), ("intermediate", False)])
def test_s80_the_same_type_and_level_is_refused(accountant: Filled, level: str, ok: bool) -> None:
    second = {"_id": "r2", "type": "accounting", "level": level, "obtained_by": "review"}
    rows = [*accountant.answers["qualifications"], second]
    assert accountant.but(qualifications=rows).errors == (set() if ok else {("qualifications", "check")})


def test_s75_no_qualification_and_many_are_both_fine(accountant: Filled) -> None:
    assert accountant.but(qualifications=[]).errors == set()
    kinds = [(kind, level) for kind in ("accounting", "economics", "auditing") for level in ("junior", "senior")]
    rows = [
        {"_id": f"r{number}", "type": kind, "level": level, "obtained_by": "exam"}
        for number, (kind, level) in enumerate(kinds, 1)
    ]
    assert accountant.but(qualifications=rows).errors == set()


@pytest.mark.parametrize(
    ("talent", "wrong"),
    [
        ({"training_status": "in_training"}, None),
        ({"training_status": "graduated"}, "graduation_year"),
        ({"training_status": "graduated", "graduation_year": 2012}, None),
        ({"training_status": "graduated", "graduation_year": 2011}, "graduation_year"),
        ({"training_status": "graduated", "graduation_year": 2024}, "graduation_year"),
        ({"training_status": "in_training", "selected_year": 2005}, None),
        ({"training_status": "in_training", "selected_year": 2004}, "selected_year"),
        ({"training_status": "in_training", "selected_year": 2024}, "selected_year"),
    ],
)
def test_s84_s86_s87_years_of_selection_and_graduation(
    accountant: Filled, talent: dict[str, object], wrong: str | None
) -> None:
    row = {"_id": "r1", "type": "leading", "selected_year": 2012, **talent}
    paths = {path for path, _ in accountant.but(talents=[row]).errors}
    assert paths == ({f"talents.r1.{wrong}"} if wrong else set())


def test_s87_year_of_graduation_is_kept_for_graduates_only(accountant: Filled) -> None:
    row = {"_id": "r1", "type": "leading", "selected_year": 2012, "training_status": "removed", "graduation_year": 2015}
    assert "graduation_year" not in accountant.but(talents=[row]).values["talents"][0]


@pytest.mark.parametrize("rows", ["talents", "awards"])
def test_s81_s88_talents_and_awards_are_optional(accountant: Filled, rows: str) -> None:
    assert rows not in accountant.values


# ------------------------------------------------------------------ change after submission


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("document_type", "passport"),
        ("id_number", "440118200002299980"),
        ("sex", "1"),
        ("country", "GBR"),
        ("birth_date", "1990-01-01"),
    ],
)
def test_s97_s98_identity_is_locked_for_ever(accountant: Filled, path: str, other: str) -> None:
    changed = accountant.changing(**{path: other})
    assert changed.errors == {(path, "locked")}
    assert changed.result.values[path] == accountant.facts[path]
    assert accountant.changing(**{path: ""}).errors == {(path, "locked")}


def test_s99_the_name_can_be_changed(accountant: Filled) -> None:
    changed = accountant.changing(name="张三丰")
    assert changed.values["name"] == "张三丰"
    assert not accountant.evaluation.state("name").locked


def test_s96_other_items_can_be_changed_one_at_a_time(accountant: Filled) -> None:
    assert accountant.changing(email="new@example.com").values == {**accountant.values, "email": "new@example.com"}


def test_s104_moving_within_the_province_is_a_change(accountant: Filled) -> None:
    assert accountant.changing(division="441900").values["division"] == "441900"


def test_s101_division_is_locked_while_continuing_education_is_open(accountant: Filled) -> None:
    changed = accountant.changing(division="441900", email="new@example.com").given(continuing_education_open=True)
    assert changed.errors == {("division", "locked")}
    state = changed.evaluation.state("division")
    assert state.lock_reason is not None
    assert "继续教育有在途未完成数据" in state.lock_reason.in_("zh")


def test_s102_the_lock_goes_with_the_fact_and_holds_while_it_is_unknown(accountant: Filled) -> None:
    changed = accountant.changing(division="441900")
    assert changed.given(continuing_education_open=False).errors == set()
    assert changed.given(continuing_education_open=UNKNOWN).errors == {("division", "locked")}


@pytest.mark.parametrize("known", [True, UNKNOWN])
def test_s101_a_first_collection_still_asks_for_the_division(accountant: Filled, known: object) -> None:
    first = accountant.given(continuing_education_open=known)
    assert first.errors == set()
    assert first.but(division=None).errors == {("division", "required")}


def test_s106_becoming_a_student_asks_for_the_student_card(accountant: Filled) -> None:
    assert accountant.changing(employment_status="student").errors == {("student_card", "required")}
    assert accountant.changing(employment_status="student", student_card=image()).errors == set()


def test_s100_the_mobile_number_comes_from_the_account(accountant: Filled) -> None:
    assert ("mobile", "calculated") in accountant.changing(mobile="13900139000").errors
    assert accountant.changing(email="n@example.com").given(mobile="13900139000").values["mobile"] == "13900139000"


def test_author_sentences_speak_both_languages(accountant: Filled) -> None:
    twice = accountant.but(
        qualifications=[*accountant.answers["qualifications"], {**accountant.answers["qualifications"][0], "_id": "r2"}]
    )
    assert twice.sentences(Level.ERROR, "zh") != twice.sentences(Level.ERROR, "en")
