"""Who somebody is: resident numbers, the numbers of other documents, unified social credit codes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal
from unicodedata import normalize

from pydantic import Field

from formkit.expressions.types import Text as TextType
from formkit.expressions.types import Type
from formkit.fields import id_numbers
from formkit.fields.base import (
    JSON,
    Examples,
    FieldType,
    Finding,
    Moment,
    Options,
    OptionsInvalid,
    Own,
    Refused,
    Surroundings,
)
from formkit.fields.clean import clean_line, narrow
from formkit.issues import Level
from formkit.schemas.values import Id
from formkit.texts import Text

DocumentName = Literal[
    "resident_id",
    "hmt_residence_permit",
    "hm_travel_permit",
    "tw_travel_permit",
    "foreign_permanent_resident",
    "passport",
    "officer_card",
]


@dataclass(frozen=True, slots=True)
class Document:
    """How the numbers of one kind of document look; a pattern nobody has verified only warns."""

    title: Text
    pattern: re.Pattern[str] | None = None
    verified: bool = True


DOCUMENTS: Mapping[str, Document] = MappingProxyType(
    {
        "resident_id": Document(
            Text({"zh": "居民身份证", "en": "resident identity card"}), re.compile(r"[1-7][0-9]{16}[0-9X]")
        ),
        "hmt_residence_permit": Document(
            Text({"zh": "港澳台居民居住证", "en": "residence permit for Hong Kong, Macao and Taiwan residents"}),
            re.compile(r"8[123]0000[0-9]{11}[0-9X]"),
        ),
        "hm_travel_permit": Document(
            Text({"zh": "港澳居民来往内地通行证", "en": "mainland travel permit for Hong Kong and Macao residents"}),
            re.compile(r"[HM][0-9]{8}([0-9]{2})?"),
        ),
        "tw_travel_permit": Document(
            Text({"zh": "台湾居民来往大陆通行证", "en": "mainland travel permit for Taiwan residents"}),
            re.compile(r"[0-9]{8}|[0-9]{10}(\(?[A-Z]\)?)?"),
            verified=False,
        ),
        "foreign_permanent_resident": Document(
            Text({"zh": "外国人永久居留身份证", "en": "foreign permanent resident identity card"}),
            re.compile(r"9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}"),
        ),
        "passport": Document(Text({"zh": "护照", "en": "passport"}), re.compile(r"[A-Z0-9]{5,20}")),
        "officer_card": Document(Text({"zh": "军官证", "en": "officer card"})),
    }
)
_EIGHTEEN_LONG = ("resident_id", "hmt_residence_permit", "foreign_permanent_resident")
_LONGEST = 40
# Not upper(): outside ASCII it can turn one letter into several.
_CAPITALS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", " -")


class _Number(FieldType[Own]):
    """A number written with digits and capitals, whatever was typed."""

    @property
    def widget(self) -> str:
        return "input"

    def parse(self, raw: JSON) -> JSON:
        return _capitals(raw) or None

    def rule_type(self) -> Type:
        return TextType()

    def attributes(self) -> Mapping[str, str | int | bool]:
        # No maxlength: a number pasted with spaces would be cut short without a word.
        return {"type": "text", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class ResidentIdField(_Number[Options]):
    """The eighteen-character number of a Chinese resident identity card (GB 11643)."""

    name = "resident_id"
    examples = (
        Examples(
            good=[
                ("44010619880808908x", "44010619880808908X"),
                ("４４０１０６１９８８０８０８９０８Ｘ", "44010619880808908X"),
                ("440106 19880808 908X", "44010619880808908X"),
            ],
            bad=[
                ("440106880808999", "old_resident_id"),
                ("4401061988080899", "wrong_resident_id"),
                ("44010619880808A990", "wrong_resident_id"),
                ("440106198808089990", "wrong_check_digit"),
                ("440118199002299993", "no_such_birth_date"),
                ("440106209901019992", "birth_in_the_future"),
                ("590101199001019983", "unknown_province"),
                (440106198808089990, "wrong_type"),
            ],
        ),
    )

    def parse(self, raw: JSON) -> JSON:
        number = _capitals(raw)
        if not number or id_numbers.looks_like_eighteen(number):
            return number or None
        raise Refused("old_resident_id" if len(number) == 15 and number.isdigit() else "wrong_resident_id")

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        # Where a form asks for no document type, a holder of a residence permit is asked to look again, not refused.
        document = id_numbers.document_of(value)
        if document != "resident_id":
            yield Finding("other_document", {"document": DOCUMENTS[document].title}, Level.WARNING)
        yield from judge_eighteen(value, document, moment.today)

    def json_schema(self) -> dict[str, JSON]:
        return {"type": "string", "pattern": "^[0-9]{17}[0-9X]$"}


class IdentityDocumentOptions(Options):
    """The keys of `identity_document`."""

    type_field: Id = Field(description="The field beside it that says which kind of document it is.")
    documents: dict[str, DocumentName] | None = Field(
        None, description="Which choice of that field means which document; left out, the choices are named like them."
    )


class IdentityDocumentField(_Number[IdentityDocumentOptions]):
    """The number of a document whose kind is another answer."""

    name = "identity_document"
    Options = IdentityDocumentOptions
    examples = (
        Examples(
            {"type_field": "document", "documents": {"card": "resident_id"}},
            good=[
                ("44010619880808908x", "44010619880808908X"),
                ("Ｈ12345678", "H12345678"),
                ("军字第2001988号", "军字第2001988号"),
            ],
            bad=[(5, "wrong_type"), ("1" * 41, "too_long")],
        ),
    )

    def __init__(self, options: IdentityDocumentOptions, surroundings: Surroundings) -> None:
        super().__init__(options, surroundings)
        if options.type_field not in surroundings.siblings:
            raise OptionsInvalid("unknown-sibling", "type_field", value=options.type_field)
        self._documents: Mapping[str, str] = options.documents or {name: name for name in DOCUMENTS}

    def depends(self) -> tuple[str, ...]:
        return (self.options.type_field,)

    def parse(self, raw: JSON) -> JSON:
        number = _capitals(raw)
        if len(number) > _LONGEST:
            raise Refused("too_long", max=_LONGEST, length=len(number))
        return number or None

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        kind = moment.siblings.get(self.options.type_field)
        document = self._documents.get(kind) if isinstance(kind, str) else None
        return () if document is None else judge_document(value, document, moment.today)

    def json_schema(self) -> dict[str, JSON]:
        return {"type": "string", "minLength": 1, "maxLength": _LONGEST}


class CreditCodeField(_Number[Options]):
    """The unified social credit code of an organisation (GB 32100)."""

    name = "uscc"
    examples = (
        Examples(
            good=[
                ("91350100m000100y43", "91350100M000100Y43"),
                ("９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"),
            ],
            bad=[
                ("91350100M000100Y44", "wrong_check_digit"),
                ("91350100M000100Y4", "wrong_uscc"),
                ("91350100I000100Y43", "wrong_uscc"),
                ("9135010AM000100Y43", "wrong_uscc"),
                (91350100, "wrong_type"),
            ],
        ),
    )

    def parse(self, raw: JSON) -> JSON:
        code = _capitals(raw)
        if code and not id_numbers.looks_like_credit_code(code):
            raise Refused("wrong_uscc")
        return code or None

    def check(self, value: JSON, moment: Moment) -> Iterable[Finding]:
        return () if id_numbers.has_right_credit_check_digit(value) else (Finding("wrong_check_digit"),)

    def json_schema(self) -> dict[str, JSON]:
        return {"type": "string", "pattern": "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"}


def judge_document(number: str, document: str, today: str) -> Iterable[Finding]:
    """What there is to say of a clean number as one of `DOCUMENTS`, on an ISO day."""
    known = DOCUMENTS[document]
    if known.pattern is not None and not known.pattern.fullmatch(number):
        return (_misshapen(number, document, known),)
    if document in _EIGHTEEN_LONG and id_numbers.looks_like_eighteen(number):
        return judge_eighteen(number, document, today)
    return ()


def judge_eighteen(number: str, document: str, today: str) -> Iterable[Finding]:
    """What there is to say of an eighteen-character number with a birth date and a check digit."""
    found: list[Finding] = []
    if not id_numbers.has_right_check_digit(number):
        found.append(Finding("wrong_check_digit"))
    # Where the birth date stands in the foreigners' card is not confirmed: nobody is refused for it.
    certain = document != "foreign_permanent_resident"
    born = id_numbers.birth_date_problem(number, today)
    if born is not None:
        found.append(Finding(born, {"oldest": id_numbers.OLDEST}, Level.ERROR if certain else Level.WARNING))
    region = id_numbers.region_problem(number) if document == "resident_id" else None
    if region is not None:
        found.append(Finding(region[0], {"digits": number[:6]}, Level.ERROR if region[1] else Level.WARNING))
    return found


def _misshapen(number: str, document: str, known: Document) -> Finding:
    if document == "resident_id" and len(number) == 15 and number.isdigit():
        return Finding("old_resident_id")
    if not known.verified:
        return Finding("unusual_document_number", {"document": known.title}, Level.WARNING)
    return Finding("wrong_document_number", {"document": known.title})


def _capitals(raw: JSON) -> str:
    text = narrow(clean_line(raw)).translate(_CAPITALS)
    # Where a space went, a letter and an accent may have met.
    return text if text.isascii() else normalize("NFC", text)
