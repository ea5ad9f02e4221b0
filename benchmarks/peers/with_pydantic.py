"""The collection form in pydantic v2, by hand."""

# mypy: disable-error-code="valid-type"
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from benchmarks import checks
from benchmarks.collection import values
from benchmarks.people import FACTS, TODAY, Answers, Given

LEAVES_OUT = (
    "tells of errors between fields only once each field is right; takes no months in other spellings than 2024-09, no "
    "full-width letters; refuses rows left blank"
)


def _blank(raw: object) -> object:
    return None if isinstance(raw, str) and not raw.strip() else raw


def _clean(raw: object) -> object:
    return checks.clean(raw) if isinstance(raw, str) else raw


def _true(given: bool) -> bool:
    if not given:
        raise PydanticCustomError("required", "please tick")
    return given


def _year(year: int) -> int:
    if not checks.FIRST_TALENT_YEAR <= year <= int(TODAY[:4]):
        raise ValueError("outside the years allowed")
    return year


Line50 = Annotated[str, BeforeValidator(_clean), StringConstraints(min_length=1, max_length=50)]
Line100 = Annotated[str, BeforeValidator(_clean), StringConstraints(min_length=1, max_length=100)]
Email = Annotated[str, AfterValidator(checks.email)]
Month = Annotated[str, AfterValidator(checks.month)]
Year = Annotated[int, AfterValidator(_year)]
CreditCode = Annotated[str, AfterValidator(checks.credit_code)]
Mobile = Annotated[str, StringConstraints(pattern=r"^1[3-9][0-9]{9}$")]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
RowId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,32}$")]
DocumentType = Literal[values("id_document_types")]
Sex = Literal[values("sexes")]
Country = Literal[values("countries")]
EthnicGroup = Literal[values("ethnic_groups")]
PoliticalStatus = Literal[values("political_status")]
EducationLevel = Literal[values("education_levels")]
Degree = Literal[values("degrees")]
Division = Literal[values("guangdong_divisions")]

CARDS = frozenset(("hmt_residence_permit", "hm_travel_permit", "tw_travel_permit", "foreign_permanent_resident"))
PAGES = frozenset(("passport", "officer_card"))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Image(_Strict):
    """What is known of an uploaded image."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    name: Annotated[str, StringConstraints(max_length=255)]
    size: Annotated[int, Field(ge=0, le=5 << 20, strict=True)]
    media_type: Literal["image/jpeg", "image/png"]
    width: Annotated[int, Field(ge=1, le=10**6, strict=True)]
    height: Annotated[int, Field(ge=1, le=10**6, strict=True)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None


class Portrait(Image):
    """An upright picture of a person."""

    size: Annotated[int, Field(ge=10 << 10, le=2 << 20, strict=True)]
    width: Annotated[int, Field(ge=295, le=10**6, strict=True)]
    height: Annotated[int, Field(ge=413, le=10**6, strict=True)]

    @model_validator(mode="after")
    def _upright(self) -> "Portrait":
        if self.width >= self.height:
            raise ValueError("not upright")
        return self


class Education(_Strict):
    """One education. What is asked for and absent becomes "", which is refused at its place."""

    level: EducationLevel
    degree: Degree | None = None
    school: Line100 | None = None
    major: Line100 | None = None
    graduated: Month | None = None

    @model_validator(mode="before")
    @classmethod
    def _asked(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        asked, level = dict(raw), raw.get("level")
        for name in ("degree", "school", "major", "graduated"):
            if level == "none" or (name == "major" and level in ("60", "70")):
                asked.pop(name, None)
            else:
                asked.setdefault(name, "")
        return asked


class _Row(_Strict):
    id_: RowId = Field(alias="_id")


class Qualification(_Row):
    """A professional qualification."""

    type: Literal["accounting", "economics", "auditing", "statistics", "other"]
    level: Literal["junior", "intermediate", "senior", "full_senior"]
    obtained_by: Literal["review", "exam", "exam_and_review"]


class Talent(_Row):
    """A programme for leading talent."""

    type: Literal["leading", "international", "special_support", "chief_accountant"]
    selected_year: Year
    training_status: Literal["in_training", "graduated", "eliminated", "removed"]
    graduation_year: Year | None = None

    @model_validator(mode="before")
    @classmethod
    def _asked(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        if raw.get("training_status") == "graduated":
            return {"graduation_year": "", **raw}
        return {name: value for name, value in raw.items() if name != "graduation_year"}

    @model_validator(mode="after")
    def _in_order(self) -> "Talent":
        if self.graduation_year is not None and self.graduation_year < self.selected_year:
            raise ValueError("graduated before selected")
        return self


class Award(_Row):
    """An award."""

    name: Line100
    level: Literal["national", "provincial", "municipal", "other"]


def _own_ids(rows: list[Any]) -> list[Any]:
    if not checks.distinct([row.id_ for row in rows]):
        raise ValueError("a row stands twice")
    return rows


def _unequal(rows: list[Qualification]) -> list[Qualification]:
    if not checks.distinct([(row.type, row.level) for row in rows]):
        raise ValueError("a qualification stands twice")
    return rows


class Collection(_Strict):
    """The whole form: hidden answers are dropped before anything is judged."""

    pledge: Annotated[bool, AfterValidator(_true)]
    name: Line50
    document_type: DocumentType
    id_number: str
    sex: Sex
    country: Country
    birth_date: Day
    mobile: Annotated[Mobile | None, BeforeValidator(_blank)] = None
    ethnic_group: Annotated[EthnicGroup | None, BeforeValidator(_blank)] = None
    political_status: Annotated[PoliticalStatus | None, BeforeValidator(_blank)] = None
    email: Email
    portrait: Portrait
    id_card_portrait_side: Image | None = None
    id_card_emblem_side: Image | None = None
    document_front: Image | None = None
    document_back: Image | None = None
    document_page: Image | None = None
    full_time: Education
    part_time: Education | None = None
    employment_status: Literal["accounting", "non_accounting", "unemployed", "student"]
    student_card: Image | None = None
    division: Division
    unit_name: Line100 | None = None
    unit_code: CreditCode | None = None
    accounting_since: Month | None = None
    position: Annotated[Line50 | None, BeforeValidator(_blank)] = None
    is_cpa: bool
    is_tax_agent: bool
    is_asset_appraiser: bool
    has_abacus_level: bool
    abacus_level: Literal[values("abacus_level")] | None = None
    qualifications: Annotated[
        list[Qualification], Field(max_length=20), AfterValidator(_own_ids), AfterValidator(_unequal)
    ] = []
    talents: Annotated[list[Talent], Field(max_length=20), AfterValidator(_own_ids)] = []
    awards: Annotated[list[Award], Field(max_length=50), AfterValidator(_own_ids)] = []

    @model_validator(mode="before")
    @classmethod
    def _asked(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        asked = dict(raw)
        document, status = raw.get("document_type"), raw.get("employment_status")
        _ask(asked, document == "resident_id", "id_card_portrait_side", "id_card_emblem_side")
        _ask(asked, document in CARDS, "document_front", "document_back")
        _ask(asked, document in PAGES, "document_page")
        _ask(asked, status == "student", "student_card")
        _ask(asked, status in ("accounting", "non_accounting"), "unit_name", "unit_code")
        _ask(asked, status == "accounting", "accounting_since")
        _ask(asked, raw.get("has_abacus_level") in ("true", True), "abacus_level")
        if document == "resident_id":
            asked.setdefault("ethnic_group", "")
            asked.setdefault("political_status", "")
        if status not in ("accounting", "non_accounting"):
            asked.pop("position", None)
        if not any((asked.get("part_time") or {}).values()):
            asked.pop("part_time", None)
        return asked

    @model_validator(mode="after")
    def _known_to_state(self) -> "Collection":
        if self.document_type == "resident_id":
            checks.resident_id(self.id_number)
            if self.ethnic_group is None or self.political_status is None:
                raise ValueError("ethnic group and political status are required")
        return self


_REGISTERED = ("name", "document_type", "id_number", "sex", "country", "birth_date", "mobile")


def _registered(facts: Answers) -> Answers:
    return {name: facts[name] for name in _REGISTERED}


def _ask(answers: Answers, visible: bool, *names: str) -> None:
    for name in names:
        if visible:
            answers.setdefault(name, "")
        else:
            answers.pop(name, None)


def validate(answers: Answers, facts: Answers = FACTS) -> tuple[Collection | None, dict[str, str]]:
    """The model of some answers, or what is wrong with them by place."""
    try:
        collection = Collection.model_validate({**answers, **_registered(facts)})
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return None, {".".join(map(str, each["loc"])): each["type"] for each in found}
    warned = checks.warnings(collection.employment_status, len(collection.qualifications), facts)
    return collection, dict.fromkeys(warned, "warning")


def accepts(given: Given) -> bool:
    """Whether the answers may be sent off."""
    return validate(*given)[0] is not None


def accepts_and_dumps(given: Given) -> bool:
    """The same, and the values made plain JSON to be stored, which formkit's are at once."""
    collection, _ = validate(*given)
    return collection is not None and bool(collection.model_dump(exclude_none=True, by_alias=True))
