"""People who fill in the Guangdong forms: answers that are right."""

import pytest

from formkit import Form, load_all
from tests.forms_seed.filled import FORMS, Filled, image


@pytest.fixture(scope="session")
def forms() -> dict[str, Form]:
    return load_all(FORMS)


@pytest.fixture
def accountant(forms: dict[str, Form]) -> Filled:
    """张三 of Tianhe: a resident in an accounting post, with one qualification."""
    facts = {
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
    answers = {
        "pledge": True,
        "ethnic_group": "01",
        "political_status": "13",
        "email": "zhang.san@example.com",
        "portrait": image(),
        "id_card_portrait_side": image(),
        "id_card_emblem_side": image(),
        "full_time": {"level": "20", "degree": "4", "school": "中山大学", "major": "会计学", "graduated": "2010-07"},
        "employment_status": "accounting",
        "division": "440106",
        "unit_name": "广州某某有限公司",
        "unit_code": "91350100M000100Y43",
        "accounting_since": "2010-08",
        "is_cpa": False,
        "is_tax_agent": False,
        "is_asset_appraiser": False,
        "has_abacus_level": False,
        "qualifications": [{"_id": "r1", "type": "accounting", "level": "intermediate", "obtained_by": "exam"}],
    }
    return Filled(forms["accountant_collection"], answers, facts)


@pytest.fixture
def student(accountant: Filled) -> Filled:
    """李四, a student with a junior qualification."""
    left_out = dict.fromkeys(("unit_name", "unit_code", "accounting_since"))
    studying = accountant.but(employment_status="student", student_card=image(), **left_out)
    return studying.given(does_accounting_work=False)


@pytest.fixture
def newcomer(forms: dict[str, Form]) -> Filled:
    """Somebody who registers with a resident identity card."""
    facts = {"collected_elsewhere": False, "already_registered": False}
    answers = {
        "does_accounting_work": True,
        "holds_qualification": False,
        "name": "张三",
        "document_type": "resident_id",
        "id_number": "44010619880808908X",
        "mobile": "13800138000",
        "sms_code": "123456",
        "password": "一句容易记住的话2023",
        "password_repeat": "一句容易记住的话2023",
    }
    return Filled(forms["registration"], answers, facts)


@pytest.fixture
def leaver(forms: dict[str, Form]) -> Filled:
    """Somebody in an accounting post who moves to Shenzhen."""
    facts = {
        "collected": True,
        "employment_status": "accounting",
        "transfer_open": False,
        "record_complete": True,
        "transfer_blocked": False,
    }
    answers = {"destination": "440300", "reason": "工作单位变动", "attachments": [image()]}
    return Filled(forms["transfer_out"], answers, facts)


@pytest.fixture
def arrival(forms: dict[str, Form]) -> Filled:
    """Somebody who comes from Hunan to Tianhe."""
    facts = {
        "transfer_out_done": True,
        "transfer_out_destination": "440106",
        "has_account": False,
        "transfer_blocked": False,
    }
    answers = {
        "name": "张三",
        "id_number": "44010619880808908X",
        "mobile": "13800138000",
        "sms_code": "123456",
        "division": "440106",
        "password": "一句容易记住的话2023",
        "password_repeat": "一句容易记住的话2023",
    }
    return Filled(forms["transfer_in"], answers, facts)
