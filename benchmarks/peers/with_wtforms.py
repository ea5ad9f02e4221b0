"""The collection form in WTForms, by hand."""

# mypy: disable-error-code="import-untyped, misc"
from collections.abc import Callable, Iterable
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from benchmarks import checks
from benchmarks.collection import options
from benchmarks.people import FACTS, TODAY, Given

LEAVES_OUT = "unknown names, row ids, and the seven values known from registration but for the document number"


def _clean(text: str | None) -> str | None:
    return checks.clean(text) if text else text


def _by(check: Callable[[Any], object]) -> Callable[[Form, Field], None]:
    def validator(_: Form, field: Field) -> None:
        try:
            field.data = check(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    return validator


class ImageField(Field):
    """What is known of an uploaded image."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Takes the description as it is."""
        self.data = valuelist[0] if valuelist else None


def _image(label: str, **limits: int) -> ImageField:
    return ImageField(label, [DataRequired(), _by(lambda raw: checks.image(raw, **limits))])


def choice(label: str, list_id: str, *, radio: bool = False) -> SelectField:
    """A field with a list of choices."""
    offered = [SelectChoice(value, text) for value, text in options(list_id)]
    if radio:
        return RadioField(label, [InputRequired()], choices=offered)
    return SelectField(label, [InputRequired()], choices=[SelectChoice("", "请选择"), *offered])


def _line(label: str, most: int) -> StringField:
    return StringField(label, [InputRequired(), Length(max=most)], filters=[_clean])


def _month(label: str) -> StringField:
    return StringField(label, [InputRequired(), _by(checks.month)])


def _year(label: str) -> IntegerField:
    return IntegerField(label, [InputRequired(), NumberRange(checks.FIRST_TALENT_YEAR, int(TODAY[:4]))])


def yes_no(label: str) -> RadioField:
    """A field to be answered with yes or no."""
    return RadioField(label, [InputRequired()], choices=[SelectChoice("true", "是"), SelectChoice("false", "否")])


class EducationForm(Form):
    """One education."""

    level = choice("学历", "education_levels")
    degree = choice("学位", "degrees")
    school = _line("毕业院校", 100)
    major = _line("所学专业", 100)
    graduated = _month("毕业时间")

    def validate(self, extra_validators: Any = None) -> bool:
        """Drops what a level does not ask for."""
        if self.level.data == "none":
            _drop(self, ("degree", "school", "major", "graduated"))
        elif self.level.data in ("60", "70"):
            _drop(self, ("major",))
        return bool(super().validate(extra_validators))


class QualificationForm(Form):
    """A professional qualification."""

    row_id = StringField()
    type = choice("专业技术资格类型", "qualification_type")
    level = choice("专业技术资格级别", "qualification_level")
    obtained_by = choice("取得方式", "obtained_by")


class TalentForm(Form):
    """A programme for leading talent."""

    row_id = StringField()
    type = choice("会计人才类型", "talent_type")
    selected_year = _year("入选年度")
    training_status = choice("培养状态", "training_status")
    graduation_year = _year("毕业年度")

    def validate(self, extra_validators: Any = None) -> bool:
        """Asks for the year of graduation of who has graduated."""
        if self.training_status.data != "graduated":
            _drop(self, ("graduation_year",))
        return bool(super().validate(extra_validators))

    def validate_graduation_year(self, field: Field) -> None:
        """Nobody graduates before being selected."""
        if self.selected_year.data and field.data and field.data < self.selected_year.data:
            raise ValidationError("毕业年度不能早于入选年度")


class AwardForm(Form):
    """An award."""

    row_id = StringField()
    name = _line("奖励名称", 100)
    level = choice("奖励级别", "award_level")


class CollectionForm(Form):
    """The whole form."""

    pledge = BooleanField("真实性承诺", [InputRequired()])
    ethnic_group = choice("民族", "ethnic_groups")
    political_status = choice("政治面貌", "political_status")
    email = StringField("电子邮箱", [InputRequired(), _by(checks.email)])
    portrait = _image("本人免冠证件照", least=10 << 10, most=2 << 20, width=295, height=413)
    id_card_portrait_side = _image("身份证人像面")
    id_card_emblem_side = _image("身份证国徽面")
    document_front = _image("证件正面")
    document_back = _image("证件背面")
    document_page = _image("证件资料页")
    full_time = FormField(EducationForm)
    part_time = FormField(EducationForm)
    employment_status = choice("在岗状态", "employment_status", radio=True)
    student_card = _image("学生证")
    division = choice("所属行政区划", "guangdong_divisions")
    unit_name = _line("单位名称", 100)
    unit_code = StringField("统一社会信用代码", [InputRequired(), _by(checks.credit_code)])
    accounting_since = _month("从事会计工作起始年月")
    position = StringField("职务", [Optional(), Length(max=50)], filters=[_clean])
    is_cpa = yes_no("是否是注册会计师")
    is_tax_agent = yes_no("是否是税务师")
    is_asset_appraiser = yes_no("是否是资产评估师")
    has_abacus_level = yes_no("是否有珠算等级")
    abacus_level = choice("珠算等级", "abacus_level")
    qualifications = FieldList(FormField(QualificationForm), max_entries=20)
    talents = FieldList(FormField(TalentForm), max_entries=20)
    awards = FieldList(FormField(AwardForm), max_entries=50)

    def validate(self, extra_validators: Any = None) -> bool:
        """Drops what is hidden for these answers, then judges the rest."""
        _drop(self, self._hidden())
        return bool(super().validate(extra_validators))

    def _hidden(self) -> Iterable[str]:
        status = self.employment_status.data
        if FACTS["document_type"] == "resident_id":
            yield from ("document_front", "document_back", "document_page")
        if status != "student":
            yield "student_card"
        if status != "accounting":
            yield "accounting_since"
        if status not in ("accounting", "non_accounting"):
            yield from ("unit_name", "unit_code", "position")
        if self.has_abacus_level.data != "true":
            yield "abacus_level"
        if not any(self.part_time.data.values()):
            yield "part_time"

    def validate_qualifications(self, field: Field) -> None:
        """No qualification stands twice."""
        if not checks.distinct([(row.data["type"], row.data["level"]) for row in field]):
            raise ValidationError("同一类型和级别的资格只能填一次")


def _drop(form: Form, names: Iterable[str]) -> None:
    for name in names:
        del form[name]


def accepts(given: Given) -> bool:
    """Whether the answers may be sent off; reads the errors of every field, or the data."""
    form = CollectionForm(given.answers)
    if not form.validate():
        return not form.errors
    checks.resident_id(given.facts["id_number"])
    checks.warnings(form.employment_status.data, len(form.qualifications), given.facts)
    return bool(form.data)
