"""FormView and its parts: a form met by somebody's answers; all that templates and other renderers read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from formkit.fields.base import JSON, FieldType, Shape
from formkit.renderers.page import Page
from formkit.renderers.parts import FieldPart, FormParts, OptionPart, SectionPart, StepPart


@dataclass(frozen=True, slots=True)
class HintView:
    """A hint that is shown, or that formkit.js may show (`when`, and `hidden` for now)."""

    html: Markup
    when: str | None
    hidden: bool
    lang: str


@dataclass(frozen=True, slots=True)
class FileView:
    """An uploaded file of an answer; the addresses are empty where the portal names none."""

    id: str
    name: str
    size: str
    url: str
    thumbnail_url: str
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field with its answer.

    `name` is the path of the answer and of the HTML input; `id` the control's. `value` is the typed value, or what was
    typed where it could not be read (`typed` is false then). `selected` are the values chosen. A field that is not
    `visible` is on the page because the browser may show it: by the stylesheet's rule `css`, else it is `hidden` until
    formkit.js shows it. `locked` and `calculated` ones have no control; `lock_told` says that what holds it is locked
    as a whole.
    """

    part: FieldPart
    name: str
    id: str
    value: JSON
    typed: bool
    selected: Sequence[str]
    required: bool
    locked: bool
    lock_told: bool
    lock_reason: str
    calculated: bool
    visible: bool
    hidden: bool
    css: str | None
    errors: Sequence[str]
    warnings: Sequence[str]
    hints: Sequence[HintView]
    described_by: str
    retired: Sequence[OptionPart] = ()
    files: Sequence[FileView] = ()
    fields: Sequence["FieldView"] = ()
    rows: Sequence["RowView"] = ()
    blank_row: "RowView | None" = None

    @property
    def label(self) -> str:
        """Its label."""
        return self.part.label

    @property
    def type(self) -> FieldType:  # type: ignore[type-arg]
        """Its field type, for what a widget of that type needs to know."""
        return self.part.type

    @property
    def read_only(self) -> bool:
        """Whether it is shown as text: its value does not come from the browser."""
        return self.locked or self.calculated

    @property
    def text(self) -> str:
        """The value as a person reads it; empty if there is none."""
        if self.value is None:
            return ""
        return self.part.type.format(self.value, self.part.language) if self.typed else str(self.value)

    @property
    def is_value(self) -> bool:
        """Whether it is an answer itself, not a container and not a note."""
        return self.part.field.shape is Shape.VALUE

    @property
    def is_read(self) -> bool:
        """Whether whoever reads the answers meets it: it is visible, and neither a note nor a secret."""
        return self.visible and self.part.type.stored and self.part.field.shape is not Shape.NOTE


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a rows field; people see its number, everything else its id."""

    id: str
    name: str
    html_id: str
    title: str
    errors: Sequence[str]
    fields: Sequence[FieldView]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a page."""

    part: SectionPart
    id: str
    visible: bool
    hidden: bool
    css: str | None
    fields: Sequence[FieldView]


@dataclass(frozen=True, slots=True)
class StepView:
    """A page of the form; `answers` is JSON of what browser rules ask that this page does not."""

    part: StepPart
    id: str
    title: str
    number: int
    sections: Sequence[SectionView]
    answers: str

    @property
    def fields(self) -> Iterator[FieldView]:
        """Its fields in reading order."""
        return (field for section in self.sections for field in section.fields)

    @property
    def can_change(self) -> bool:
        """Whether any answer of it is the person's to give."""
        return any(field.is_read and not field.read_only for field in self.fields)


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """A line of a summary of issues; `href` leads to its field, where there is one."""

    text: str
    href: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class ProgressItem:
    """A step in the progress list; `state` is done, current, open or blocked; `url` is empty if it has no link."""

    id: str
    title: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class FormView:
    """A form with somebody's answers in one language: the pages asked for, and what stands around them.

    `current` is the step it is about, or `check` or `record`, which are about all of them.
    """

    parts: FormParts
    current: str
    language: str
    html_language: str
    title: str
    steps: Sequence[StepView]
    errors: Sequence[SummaryItem]
    warnings: Sequence[SummaryItem]
    notices: Sequence[SummaryItem]
    progress: Sequence[ProgressItem]
    number: int
    count: int

    @property
    def step(self) -> StepView:
        """The page, where there is one only."""
        return self.steps[0]


class Renderer(Protocol):
    """What makes text of a view; a `whole` one always gets every step that is visible."""

    whole: bool

    def __call__(self, view: FormView, page: Page) -> str:
        """The text: the same bytes for the same view and page."""
