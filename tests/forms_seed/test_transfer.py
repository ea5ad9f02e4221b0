"""Both transfer forms against the seed's checklist: each test is named after the requirement it proves."""

import pytest

from formkit.form import Form, Transition, Workflow
from tests.forms_seed.filled import OTHER, Filled, image

TWO_MEGABYTES = 2 * 1024 * 1024


def test_valid_answers_have_no_issue(leaver: Filled, arrival: Filled) -> None:
    assert leaver.result.issues == ()
    assert arrival.result.issues == ()


# ------------------------------------------------------------------ transfer out


@pytest.mark.parametrize("path", ["destination", "reason", "attachments"])
def test_s107_three_fields_all_compulsory(leaver: Filled, path: str) -> None:
    assert set(leaver.form.fields) == {"destination", "reason", "attachments"}
    assert leaver.but(**{path: None}).errors == {(path, "required")}


@pytest.mark.parametrize(
    ("destination", "ok"),
    [
        ("440300", True),
        ("430100", True),
        ("110000", True),
        ("210200", True),
        ("429004", True),
        ("xpcc", True),
        ("430000", False),
        ("440100", False),
        ("management_units", False),
    ],
    ids=["深圳", "长沙", "北京", "大连", "仙桃", "兵团", "湖南省", "广州", "组名"],
)
def test_s107_s7_destinations_are_areas_outside_the_platform(leaver: Filled, destination: str, ok: bool) -> None:
    wrong = {path for path, _ in leaver.but(destination=destination).errors}
    assert wrong == (set() if ok else {"destination"})


def test_s107_every_other_province_can_be_chosen(leaver: Filled) -> None:
    mainland = {
        f"{code}0000"
        for code in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66))
    }
    tops = {choice.value for choice in leaver.form.choices["transfer_destinations"].choices}
    assert tops == mainland | {"management_units"}


def test_s108_only_collected_people_apply(leaver: Filled) -> None:
    refused = leaver.given(collected=False)
    assert refused.errors == {("", "check")}
    assert "信息采集" in refused.sentences()[0]


def test_s120_one_application_at_a_time(leaver: Filled) -> None:
    assert leaver.given(transfer_open=True).errors == {("", "check")}


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        ("accounting", "调入地的工作证明"),
        ("non_accounting", "调入地的工作证明"),
        ("unemployed", "咨询调入地财政部门"),
        ("student", "咨询调入地财政部门"),
    ],
)
def test_s110_s111_s112_hint_of_the_attachment_follows_the_status(leaver: Filled, status: str, hint: str) -> None:
    assert hint in leaver.given(employment_status=status).hints("attachments")[0]


@pytest.mark.parametrize(
    ("files", "ok"),
    [
        ([image(size=TWO_MEGABYTES)], True),
        ([image(size=TWO_MEGABYTES + 1)], False),
        ([image(media_type="image/png", name="a.jpg")], False),
        ([image(id=f"{number:032}") for number in range(5)], True),
        ([image(id=f"{number:032}") for number in range(6)], False),
    ],
    ids=["2 MB", "over 2 MB", "PNG named jpg", "five", "six"],
)
def test_s113_one_to_five_jpegs_of_at_most_two_megabytes(
    leaver: Filled, files: list[dict[str, object]], ok: bool
) -> None:
    wrong = {path.partition(".")[0] for path, _ in leaver.but(attachments=files).errors}
    assert wrong == (set() if ok else {"attachments"})


@pytest.fixture
def out(forms: dict[str, Form]) -> Workflow:
    workflow = forms["transfer_out"].workflow
    assert workflow is not None
    return workflow


def ways(workflow: Workflow, by: str) -> set[tuple[str, str]]:
    """(from, to) of the transitions somebody may take."""
    return {(source, way.target) for way in workflow.transitions.values() if way.by == by for source in way.sources}


def test_s114_s118_states_and_their_words(out: Workflow) -> None:
    words = {id_: (state.label, state.national_status) for id_, state in out.states.items()}
    chinese = {id_: tuple(text.in_("zh") if text else None for text in texts) for id_, texts in words.items()}
    assert chinese == {
        "pending": ("待审核", "待审核"),
        "approved": ("审核通过", "待调入地接收"),
        "rejected": ("审核不通过", None),
        "withdrawn": ("已撤回", "已撤回"),
        "received": ("已接收", "已接收"),
    }


def test_s115_the_system_decides_after_one_working_day(out: Workflow) -> None:
    assert out.start == "pending"
    assert ways(out, "system") == {("pending", "approved"), ("pending", "rejected")}
    decisions = [out.transitions[id_] for id_ in ("approve", "reject")]
    assert all(
        each.after is not None and (each.after.count, each.after.working_days) == (1, True) for each in decisions
    )


@pytest.mark.parametrize(("complete", "blocked"), [(True, False), (True, True), (False, False), (False, True)])
def test_s115_exactly_one_decision_holds(leaver: Filled, out: Workflow, complete: bool, blocked: bool) -> None:
    context = leaver.given(record_complete=complete, transfer_blocked=blocked).evaluation.context

    def holds(way: Transition) -> bool:
        return way.when is not None and way.when.is_true({}, None, context)

    assert holds(out.transitions["approve"]) == (complete and not blocked)
    assert holds(out.transitions["reject"]) != holds(out.transitions["approve"])


def test_s116_s119_withdrawn_only_between_approval_and_receipt(out: Workflow) -> None:
    assert ways(out, "applicant") == {("approved", "withdrawn")}
    assert out.transitions["withdraw"].label is not None
    assert out.transitions["withdraw"].label.in_("zh") == "撤回"
    assert ways(out, "national_platform") == {("approved", "received")}
    assert out.states["received"].final


def test_s117_somebody_refused_or_withdrawn_may_apply_again(out: Workflow) -> None:
    assert {id_ for id_, state in out.states.items() if state.reapply} == {"rejected", "withdrawn"}
    assert out.transitions["reject"].reason


def test_s109_read_only_meanwhile(out: Workflow) -> None:
    assert out.read_only == {"pending", "approved", "received"}


# ------------------------------------------------------------------ transfer in


def test_s123_s129_exactly_five_fields(arrival: Filled) -> None:
    asked = [field.label.in_("zh") for field in arrival.form.steps[0].fields]
    assert asked == ["姓名", "证件号码", "手机号", "短信验证码", "调入地"]


@pytest.mark.parametrize("path", ["name", "id_number", "mobile", "sms_code", "division", "password", "password_repeat"])
def test_s123_all_are_compulsory(arrival: Filled, path: str) -> None:
    assert (path, "required") in arrival.but(**{path: None}).errors


@pytest.mark.parametrize(
    ("number", "ok"),
    [("H12345678", True), ("军字第2001988号", True), ("4401", False), ("4401 0619880808908X", False)],
)
def test_s129_number_of_any_document_is_accepted(arrival: Filled, number: str, ok: bool) -> None:
    assert arrival.but(id_number=number).errors == (set() if ok else {("id_number", "wrong_format")})


def test_s121_transfer_out_comes_first(arrival: Filled) -> None:
    refused = arrival.given(transfer_out_done=False)
    assert refused.errors == {("id_number", "check")}
    assert "调出" in refused.sentences()[0]


def test_s124_mobile_can_receive_the_code(arrival: Filled) -> None:
    assert arrival.but(mobile="1380013800").errors == {("mobile", "wrong_mobile")}


def test_s125_receiving_place_is_the_one_of_the_transfer_out(arrival: Filled) -> None:
    assert arrival.but(division="440103").errors == {("division", "check")}


def test_s126_last_button_confirms(arrival: Filled) -> None:
    assert arrival.form.submission_label is not None
    assert arrival.form.submission_label.in_("zh") == "确认调入"


def test_s127_review_by_the_system_within_working_days(forms: dict[str, Form]) -> None:
    workflow = forms["transfer_in"].workflow
    assert workflow is not None
    assert ways(workflow, "system") == {("pending", "approved"), ("pending", "rejected")}
    assert all(way.after is not None and way.after.working_days for way in workflow.transitions.values())
    assert workflow.read_only == {"pending"}
    assert workflow.states["rejected"].reapply


def test_s128_person_is_told_to_complete_the_collection(arrival: Filled) -> None:
    assert arrival.form.submission_done is not None
    assert "登录完成信息采集" in arrival.form.submission_done.in_("zh")


def test_s31_s128_password_is_set_unless_there_is_an_account(arrival: Filled) -> None:
    assert arrival.but(password_repeat=OTHER).errors == {("password_repeat", "check")}
    known = arrival.given(has_account=True).but(password=None, password_repeat=None)
    assert known.errors == set()
    assert known.evaluation.visible_steps == ("verification",)
