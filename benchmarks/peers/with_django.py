"""The collection form in Django forms and formsets, by hand."""

# mypy: disable-error-code="import-untyped, misc"
from collections.abc import Callable
from typing import Any

import django
from django import forms
from django.conf import settings
from django.forms import BaseFormSet, formset_factory

from benchmarks import checks
from benchmarks.collection import options
from benchmarks.people import FACTS, TODAY, Given

LEAVES_OUT = "unknown names, row ids, and the seven values known from registration but for the document number"

if not settings.configured:
    settings.configure(USE_I18N=False)
    django.setup()


class CheckedField(forms.Field):
    """A field judged by a function of one's own."""

    def __init__(self, check: Callable[[Any], object], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._check = check

    def to_python(self, value: Any) -> object:
        """The value as the function gives it back."""
        if value in self.empty_values:
            return None
        try:
            return self._check(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


def choice(label: str, list_id: str, **more: Any) -> forms.ChoiceField:
    """A field with a list of choices."""
    return forms.ChoiceField(label=label, choices=[("", "请选择"), *options(list_id)], **more)


def _line(label: str, most: int, **more: Any) -> CheckedField:
    def check(text: str) -> str:
        cleaned = checks.clean(text)
        if len(cleaned) > most:
            raise ValueError("too long")
        return cleaned

    return CheckedField(check, label=label, **more)


def _year(label: str, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=checks.FIRST_TALENT_YEAR, max_value=int(TODAY[:4]), widget=forms.TextInput, **more
    )


def _image(label: str, **limits: int) -> CheckedField:
    return CheckedField(lambda raw: checks.image(raw, **limits), label=label)


def yes_no(label: str) -> forms.ChoiceField:
    """A field to be answered with yes or no."""
    return forms.ChoiceField(label=label, choices=[("true", "是"), ("false", "否")], widget=forms.RadioSelect)


class _Asking(forms.Form):
    """A form that forgets the fields its answers hide."""

    use_required_attribute = False

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)


class EducationForm(_Asking):
    """One education."""

    level = choice("学历", "education_levels")
    degree = choice("学位", "degrees")
    school = _line("毕业院校", 100)
    major = _line("所学专业", 100)
    graduated = CheckedField(checks.month, label="毕业时间")

    def full_clean(self) -> None:
        """Drops what a level does not ask for."""
        level = self.data.get(f"{self.prefix}-level")
        if level == "none":
            self._drop("degree", "school", "major", "graduated")
        elif level in ("60", "70"):
            self._drop("major")
        super().full_clean()


class QualificationForm(_Asking):
    """A professional qualification."""

    row_id = forms.CharField(required=False, widget=forms.HiddenInput)
    type = choice("专业技术资格类型", "qualification_type")
    level = choice("专业技术资格级别", "qualification_level")
    obtained_by = choice("取得方式", "obtained_by")


class TalentForm(_Asking):
    """A programme for leading talent."""

    row_id = forms.CharField(required=False, widget=forms.HiddenInput)
    type = choice("会计人才类型", "talent_type")
    selected_year = _year("入选年度")
    training_status = choice("培养状态", "training_status")
    graduation_year = _year("毕业年度")

    def full_clean(self) -> None:
        """Asks for the year of graduation of who has graduated."""
        if self.data.get(f"{self.prefix}-training_status") != "graduated":
            self._drop("graduation_year")
        super().full_clean()

    def clean(self) -> Any:
        """Nobody graduates before being selected."""
        selected, graduated = self.cleaned_data.get("selected_year"), self.cleaned_data.get("graduation_year")
        if selected and graduated and graduated < selected:
            self.add_error("graduation_year", "毕业年度不能早于入选年度")
        return self.cleaned_data


class AwardForm(_Asking):
    """An award."""

    row_id = forms.CharField(required=False, widget=forms.HiddenInput)
    name = _line("奖励名称", 100)
    level = choice("奖励级别", "award_level")


class QualificationSet(BaseFormSet):
    """The qualifications, none twice."""

    def clean(self) -> None:
        """No qualification stands twice."""
        pairs = [
            (form.cleaned_data.get("type"), form.cleaned_data.get("level")) for form in self.forms if form.is_valid()
        ]
        if not checks.distinct(pairs):
            raise forms.ValidationError("同一类型和级别的资格只能填一次")


Qualifications = formset_factory(QualificationForm, formset=QualificationSet, extra=0, max_num=20, validate_max=True)
Talents = formset_factory(TalentForm, extra=0, max_num=20, validate_max=True)
Awards = formset_factory(AwardForm, extra=0, max_num=50, validate_max=True)


class CollectionForm(_Asking):
    """The whole form but its groups and rows."""

    pledge = forms.BooleanField(label="真实性承诺")
    ethnic_group = choice("民族", "ethnic_groups")
    political_status = choice("政治面貌", "political_status")
    email = CheckedField(checks.email, label="电子邮箱")
    portrait = _image("本人免冠证件照", least=10 << 10, most=2 << 20, width=295, height=413)
    id_card_portrait_side = _image("身份证人像面")
    id_card_emblem_side = _image("身份证国徽面")
    document_front = _image("证件正面")
    document_back = _image("证件背面")
    document_page = _image("证件资料页")
    employment_status = choice("在岗状态", "employment_status", widget=forms.RadioSelect)
    student_card = _image("学生证")
    division = choice("所属行政区划", "guangdong_divisions")
    unit_name = _line("单位名称", 100)
    unit_code = CheckedField(checks.credit_code, label="统一社会信用代码")
    accounting_since = CheckedField(checks.month, label="从事会计工作起始年月")
    position = _line("职务", 50, required=False)
    is_cpa = yes_no("是否是注册会计师")
    is_tax_agent = yes_no("是否是税务师")
    is_asset_appraiser = yes_no("是否是资产评估师")
    has_abacus_level = yes_no("是否有珠算等级")
    abacus_level = choice("珠算等级", "abacus_level")

    def full_clean(self) -> None:
        """Drops what is hidden for these answers, then judges the rest."""
        status = self.data.get("employment_status")
        if FACTS["document_type"] == "resident_id":
            self._drop("document_front", "document_back", "document_page")
        if status != "student":
            self._drop("student_card")
        if status != "accounting":
            self._drop("accounting_since")
        if status not in ("accounting", "non_accounting"):
            self._drop("unit_name", "unit_code", "position")
        if self.data.get("has_abacus_level") != "true":
            self._drop("abacus_level")
        super().full_clean()


def accepts(given: Given) -> bool:
    """Whether the answers may be sent off; reads the errors of every part."""
    posted, facts = given
    main = CollectionForm(posted)
    parts: list[Any] = [
        main,
        EducationForm(posted, prefix="full_time"),
        Qualifications(posted, prefix="qualifications"),
        Talents(posted, prefix="talents"),
        Awards(posted, prefix="awards"),
    ]
    if any(posted.get(f"part_time-{name}") for name in EducationForm.base_fields):
        parts.append(EducationForm(posted, prefix="part_time"))
    checks.resident_id(facts["id_number"])
    valid = [part.is_valid() for part in parts]
    checks.warnings(main.cleaned_data.get("employment_status"), len(parts[2].forms), facts)
    return all(valid) or not any(part.errors for part in parts)
