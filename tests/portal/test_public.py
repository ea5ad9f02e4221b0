"""The public pages: S1–S3, S6–S8, S132, S134–S146."""

import re
from pathlib import Path

import pytest
import yaml

from examples.portal.public import PUBLIC_ROUTES
from examples.portal.public import pages as public_pages
from examples.portal.public.contacts import CONTACTS, contacts_of, read_contacts
from tests.portal.people import Browser

PUBLIC = [door.path for door in PUBLIC_ROUTES]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/", *PUBLIC])
def test_s6_anybody_may_read_them_in_both_languages(person: Browser, path: str, language: str) -> None:
    page = person.get(f"{path}?lang={language}")
    assert page.status_code == 200
    assert page.url.path == path, "no login is asked for"
    assert f'lang="{ {"zh": "zh-CN", "en": "en"}[language] }"' in page.text
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize("path", ["/", *PUBLIC])
def test_no_link_of_theirs_is_dead(person: Browser, path: str) -> None:
    links = set(re.findall(r'href="(/[^"?]*)"', person.get(path).text))
    assert {link: person.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_s1_s2_s3_s23_entry_page_names_services_and_browsers(person: Browser) -> None:
    page = person.get("/?lang=zh").text
    for words in ("广东省会计信息服务平台", "业务办理", "信息变更", "跨省调转", "省外调出", "省外调入", "用户注册"):
        assert words in page
    for words in ("Google（Chrome）浏览器", "360 极速浏览器", "火狐（Firefox）浏览器", "“广东财政”微信公众号"):
        assert words in page


def test_s1_s132_s134_the_notice_is_whole_and_its_slip_is_corrected_and_said(person: Browser) -> None:
    page = person.get("/notice?lang=zh").text
    for words in ("穗财会〔2019〕16号", "https://kj.czt.gd.gov.cn", "请尽快办理跨省调转", "公开方式：主动公开"):
        assert words in page
    assert "计划在广州市报名参加2023年度" in page
    assert page.count("2123") == 1, "only where the correction is said"
    assert "“2123年度”，是笔误" in page


def test_s7_s122_s133_transfers_begin_here_and_say_how_long_they_take(person: Browser) -> None:
    page = person.get("/transfer?lang=zh").text
    assert 'href="/forms/transfer_out"' in page
    assert 'href="/transfer/in"' in page
    assert "外省（含深圳市）" in page
    assert "最晚 2026-11-25 完成" in page and "最晚 2026-11-27 完成" in page


def test_s135_thirteen_rows_in_order_under_five_headings(person: Browser) -> None:
    page = person.get("/contacts?lang=zh").text
    assert re.findall(r'<th scope="col">(.*?)</th>', page) == ["序号", "地区", "地市", "咨询电话", "地址"]
    assert re.findall(r'class="contact-number">(\d+)', page) == [str(number) for number in range(1, 14)]
    assert re.findall(r'<th scope="row">(.*?)</th>', page) == [one.unit.in_("zh") for one in read_contacts()]


ROWS = [
    (1, "广州市市本级", ["020-12345"], "广州市天河区珠江新城华利路61号"),
    (2, "荔湾区", ["020-81899453"], "广州市荔湾区华贵路81号荔湾区财政局三楼会计监管科"),
    (3, "越秀区", ["020-83753970"], "广州市越秀区广九大马路4号1楼广州市越秀区财政局会计专业服务大厅"),
    (4, "海珠区", ["020-34373677"], "广州市海珠区宝岗大道龙骧大街5号（一楼）"),
    (5, "天河区", ["020-87534656"], "广州市天河区中山大道西45号兴华楼二楼"),
    (6, "白云区", ["020-26090469"], "广州市白云区柯子岭河田西路68号"),
    (7, "黄埔区（广州开发区）", ["020-82119095"], "广州市黄埔区香雪三路三号政务服务中心三楼C区355窗口"),
    (8, "花都区", ["020-86834127"], "广州市花都区迎宾大道18号"),
    (9, "番禺区", ["020-84887576"], "广州市番禺区市桥街海傍后街88号"),
    (10, "南沙区", ["020-39914200", "020-39910468"], "南沙区凤凰大道1号区行政中心E栋二楼广州市南沙区财政征收中心"),
    (11, "从化区", ["020-87922100", "020-87922106"], "广州市从化区街口街河滨北路62号区财政局103室"),
    (12, "增城区", ["020-82713112", "020-82623122"], "广州市增城区财政局会计服务中心（广州市增城区荔城街园圃路33号）"),
    (13, "系统操作技术支持", ["18922106619"], ""),
]


def test_s136_to_s145_every_row_is_that_of_the_annex(person: Browser) -> None:
    assert [(one.number, one.unit.in_("zh"), [*one.phones], one.address) for one in read_contacts()] == ROWS
    page = person.get("/contacts?lang=zh").text
    for _, _, phones, address in ROWS:
        assert address in page
        assert all(f'<a href="tel:{phone}">{phone}</a>' in page for phone in phones)


def test_s8_s147_a_district_is_found_without_javascript(person: Browser) -> None:
    page = person.get("/contacts?lang=zh&district=440115").text
    assert re.findall(r'<th scope="row">(.*?)</th>', page) == ["南沙区", "系统操作技术支持"]
    assert 'value="440115" selected' in page
    assert len(re.findall(r'<option value="4401\d\d"', page)) == 12, "the city and its eleven districts"


@pytest.mark.parametrize("district", ["", "440300", "<b>", "440115 "])
def test_a_district_without_contact_shows_all(person: Browser, district: str) -> None:
    assert len(contacts_of(district, read_contacts())) == 13
    page = person.get("/contacts", params={"district": district})
    assert page.status_code == 200
    assert "<b>" not in page.text


def test_s146_an_edit_of_the_file_shows_at_once(
    person: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = tmp_path / "contacts.yaml"
    monkeypatch.setattr(public_pages, "read_contacts", lambda: read_contacts(edited))
    listed = yaml.safe_load(CONTACTS.read_text(encoding="utf-8"))
    for phone in ("020-10000001", "020-10000002"):
        listed[4]["phones"] = [phone]
        edited.write_text(yaml.safe_dump(listed, allow_unicode=True), encoding="utf-8")
        assert phone in person.get("/contacts").text


def test_s40_the_word_is_written_right(person: Browser) -> None:
    page = person.get("/login?lang=zh").text
    assert "登录" in page
    assert "登陆" not in page
