"""The largest page of the collection form by hand: in Jinja2 macros, in WTForms with Jinja2, in Django forms."""

# mypy: disable-error-code="import-untyped, misc"

from pathlib import Path
from typing import Any, NamedTuple

from django import forms
from django.forms import formset_factory
from django.template import Context, Engine
from jinja2 import Environment, FileSystemLoader
from wtforms import FieldList, Form, FormField

from benchmarks.collection import options
from benchmarks.peers import with_django, with_wtforms
from benchmarks.people import Answers

TEMPLATES = Path(__file__).parent.parent / "templates"
NO_ERRORS = "messages about errors"

_PROGRESS = [
    *((title, "done", "已完成") for title in ("采集须知", "个人信息", "学历信息", "工作信息")),
    ("专业技术信息", "current", "当前步骤"),
    *((title, "open", "未完成") for title in ("奖励信息", "核对并提交")),
]
_LISTS = {
    name: options(name)
    for name in (
        "abacus_level",
        "qualification_type",
        "qualification_level",
        "obtained_by",
        "talent_type",
        "training_status",
    )
}
_AROUND = {
    "progress": _PROGRESS,
    "script_answers": '{"facts":{},"record":{},"today":"2026-11-23","values":{}}',
    "script_words": (
        '{"conflict":"没有保存：这份表在另一个窗口里改过。请点“保存，以后再填”查看两边的内容。",'
        '"found":"找到 {count} 项",'
        '"not_saved":"没有保存成功，请检查网络；填写的内容还在这一页。","not_uploaded":"没有上传成功，请重新选择文件。",'
        '"row_added":"已添加第 {number} 条","row_removed":"已删除一条","saving":"正在保存…",'
        '"uploading":"正在上传 {percent}%"}'
    ),
    "has_abacus_level": '{"when":["==",["get","values",["has_abacus_level"]],["const",true]]}',
    "is_graduated": '{"when":["==",["get","row",["training_status"]],["const","graduated"]]}',
}


class Sheet(NamedTuple):
    """What a page shows: somebody's answers, the sentences at each place, and the summary of (place, sentence)."""

    answers: Answers
    errors: dict[str, list[str]]
    summary: list[tuple[str, str]]


_JINJA = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False
)
_DJANGO = Engine(dirs=[str(TEMPLATES / "django")])


def macros(sheet: Sheet) -> str:
    """The page by hand-written Jinja2 macros."""
    template = _JINJA.get_template("professional.html")
    return template.render(_AROUND, lists=_LISTS, values=sheet.answers, errors=sheet.errors, summary=sheet.summary)


class _WtPage(Form):
    is_cpa = with_wtforms.yes_no("是否是注册会计师")
    is_tax_agent = with_wtforms.yes_no("是否是税务师")
    is_asset_appraiser = with_wtforms.yes_no("是否是资产评估师")
    has_abacus_level = with_wtforms.yes_no("是否有珠算等级")
    abacus_level = with_wtforms.choice("珠算等级", "abacus_level")
    qualifications = FieldList(FormField(with_wtforms.QualificationForm), "专业技术资格")
    talents = FieldList(FormField(with_wtforms.TalentForm), "高端会计人才")


def wtforms_page(sheet: Sheet) -> str:
    """The page by WTForms and Jinja2."""
    return _JINJA.get_template("wtforms.html").render(
        _AROUND,
        form=_WtPage(data=sheet.answers),
        blank_qualification=with_wtforms.QualificationForm(prefix="qualifications-__row__-"),
        blank_talent=with_wtforms.TalentForm(prefix="talents-__row__-"),
    )


class _DjangoPage(forms.Form):
    use_required_attribute = False
    is_cpa = with_django.yes_no("是否是注册会计师")
    is_tax_agent = with_django.yes_no("是否是税务师")
    is_asset_appraiser = with_django.yes_no("是否是资产评估师")
    has_abacus_level = with_django.yes_no("是否有珠算等级")
    abacus_level = with_django.choice("珠算等级", "abacus_level")

    def truths(self) -> list[Any]:
        """The questions to be answered with yes or no."""
        return [self[name] for name in ("is_cpa", "is_tax_agent", "is_asset_appraiser", "has_abacus_level")]


def django_page(sheet: Sheet) -> str:
    """The page by Django forms, formsets and templates."""
    answers = sheet.answers
    shown = {"form": _DjangoPage(initial=answers)}
    for name, form in (("qualifications", with_django.QualificationForm), ("talents", with_django.TalentForm)):
        rows = answers.get(name, [])
        shown[name] = formset_factory(form, extra=0, max_num=20)(initial=rows, prefix=name)
    return str(_DJANGO.get_template("professional.html").render(Context(_AROUND | shown)))
