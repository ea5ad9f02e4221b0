"""What a page needs of a form whatever the answers: worked out once per form, language and day, then only read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary, ref

from markupsafe import Markup, escape

from formkit.choices import Choice, ChoiceList
from formkit.expressions import Number, Rule
from formkit.fields.base import FieldType, Shape
from formkit.form import ConditionalText, Field, Form, Section, Step
from formkit.locales import HTML_LANGUAGE, sentences
from formkit.renderers.conditions import (
    BrowserCondition,
    browser_rule,
    condition_json,
    conditions_of,
    page_names,
    section_key,
)
from formkit.renderers.markdown import markdown
from formkit.texts import DEFAULT_LANGUAGE, Text

_KEPT_DAYS = 4


@dataclass(frozen=True, slots=True)
class OptionPart:
    """A choice that may be picked on the day; `group` is the label of what it stands under in a tree."""

    value: str
    label: str
    group: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class HintPart:
    """A hint; `when` is its rule for formkit.js, where the browser can run it."""

    html: Markup
    rule: Rule | None
    when: str | None
    lang: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class FieldPart:
    """What never changes about a field.

    `attributes` are its type's HTML attributes but for `input_type`; `own_hint` is the type's hint; `groups` are its
    choices by the heading they stand under, `levels` the names of a tree's levels as JSON. `lang`, here and on the
    other parts, is the language of the words where it is not the page's; else empty. With `hints_change` a hint of its
    own or of a field inside follows from answers. `offered` are the values of its options.
    """

    field: Field
    path: str
    type: FieldType  # type: ignore[type-arg]
    widget: str
    label: str
    lang: str
    language: str
    input_type: str
    attributes: Markup
    suffix: str
    own_hint: str
    levels: str
    hints: tuple[HintPart, ...]
    condition: BrowserCondition | None
    required_when: str | None
    options: tuple[OptionPart, ...]
    groups: tuple[tuple[str, tuple[OptionPart, ...]], ...]
    choice_list: ChoiceList | None
    note: Markup
    fields: tuple["FieldPart", ...]
    hints_change: bool
    offered: frozenset[str]


@dataclass(frozen=True, slots=True)
class SectionPart:
    """What never changes about a section."""

    id: str
    title: str
    lang: str
    note: Markup
    condition: BrowserCondition | None
    fields: tuple[FieldPart, ...]


@dataclass(frozen=True, slots=True)
class StepPart:
    """What never changes about a step; `asks_elsewhere` are names browser rules read that may have no control here."""

    step: Step
    id: str
    title: str
    lang: str
    note: Markup
    sections: tuple[SectionPart, ...]
    asks_elsewhere: tuple[str, ...]
    needs_refresh: bool
    has_upload: bool


@dataclass(frozen=True, slots=True)
class FormParts:
    """A form as one language reads it on one day; it does not keep the form, with which it is forgotten."""

    form_ref: "ref[Form]"
    language: str
    today: str
    title: str
    steps: Mapping[str, StepPart]
    words: Mapping[str, str]
    script_words: str
    submission_label: str
    submission_note: Markup
    submission_done: Markup

    @property
    def form(self) -> Form:
        """The form: whoever draws it has it."""
        form = self.form_ref()
        if form is None:
            raise ReferenceError(f"the form {self.title} is gone")
        return form


_known: "WeakKeyDictionary[Form, dict[tuple[str, str], FormParts]]" = WeakKeyDictionary()


def parts_of(form: Form, language: str, today: str) -> FormParts:
    """The parts of a form, remembered as long as the form lives (for the last few days asked for)."""
    days = _known.setdefault(form, {})
    found = days.get((language, today))
    if found is None:
        while len(days) >= _KEPT_DAYS:
            days.pop(next(iter(list(days)), ("", "")), None)
        found = days[(language, today)] = _Reading(form, language, today).parts()
    return found


class _Reading:
    """One form, read in one language on one day."""

    def __init__(self, form: Form, language: str, today: str) -> None:
        self.form, self.language, self.today = form, language, today
        self.conditions = conditions_of(form).known

    def parts(self) -> FormParts:
        form, read = self.form, self._markdown
        words = sentences("interface", self.language)
        label = form.submission_label.in_(self.language) if form.submission_label else words["submit"]
        return FormParts(
            ref(form),
            self.language,
            self.today,
            form.title.in_(self.language),
            {step.id: self._step(step) for step in form.steps},
            words,
            data_json({name[7:]: text for name, text in words.items() if name.startswith("script.")}),
            label,
            read(form.submission_note.in_(self.language) if form.submission_note else ""),
            read(form.submission_done.in_(self.language) if form.submission_done else ""),
        )

    def _step(self, step: Step) -> StepPart:
        page, always_asked = page_names(step), _always_asked(step)
        sections = tuple(self._section(step, section, page) for section in step.sections)
        browser = [part.condition for part in _conditional(sections) if part.condition]
        asked = {name for condition in browser for name in condition.names} | {
            name for part in _fields(sections) for name in _asked(part)
        }
        elsewhere = tuple(sorted(name for name in asked if name.partition(".")[0] not in always_asked))
        needs_refresh = any(_needs_refresh(part, page) for part in _fields(sections))
        has_upload = any(part.type.attachment for part in _fields(sections))
        note = self._markdown(step.note.in_(self.language) if step.note else "")
        title = step.title.in_(self.language)
        return StepPart(
            step, step.id, title, self._lang(step.title), note, sections, elsewhere, needs_refresh, has_upload
        )

    def _section(self, step: Step, section: Section, page: frozenset[str]) -> SectionPart:
        title = section.title.in_(self.language) if section.title else ""
        note = self._markdown(section.note.in_(self.language) if section.note else "")
        condition = self.conditions.get(section_key(step, section))
        fields = tuple(self._field(field, page) for field in section.fields)
        return SectionPart(section.id, title, self._lang(section.title), note, condition, fields)

    def _field(self, field: Field, page: frozenset[str]) -> FieldPart:
        choice_list = field.type.choice_list
        options = tuple(self._options(choice_list.choices, "")) if choice_list else ()
        fields = tuple(self._field(inner, page) for inner in field.fields)
        attributes = {**field.type.attributes(), **_scale(field)}
        return FieldPart(
            field=field,
            path=field.path,
            type=field.type,
            widget=field.type.widget,
            label=field.label.in_(self.language),
            lang=self._lang(field.label),
            language=self.language,
            input_type=str(attributes.pop("type", "text")),
            attributes=_attributes_html(attributes),
            suffix=field.type.suffix(self.language),
            own_hint=field.type.hint(self.language),
            levels=data_json([level.in_(self.language) for level in choice_list.levels]) if choice_list else "[]",
            hints=tuple(self._hint(hint, page) for hint in field.hints),
            condition=self.conditions.get(field.path),
            required_when=self._required_when(field, page),
            options=options,
            groups=_grouped(options),
            choice_list=choice_list,
            note=self._note(field),
            fields=fields,
            hints_change=any(hint.rule for hint in field.hints) or any(inner.hints_change for inner in fields),
            offered=frozenset(option.value for option in options),
        )

    def _hint(self, hint: ConditionalText, page: frozenset[str]) -> HintPart:
        ir = browser_rule(hint.rule, page)
        html = self._markdown(hint.text.in_(self.language))
        if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
            html = Markup(html[3:-4])  # noqa: S704 - a part of safe HTML, whole elements
        when = None if ir is None else condition_json(ir, unless=False)
        return HintPart(html, hint.rule, when, self._lang(hint.text))

    def _required_when(self, field: Field, page: frozenset[str]) -> str | None:
        condition = field.required.condition
        ir = browser_rule(condition.rule, page) if condition else None
        return condition_json(ir, condition.unless) if condition and ir is not None else None

    def _note(self, field: Field) -> Markup:
        text: Text | None = getattr(field.type, "text", None) if field.shape is Shape.NOTE else None
        return self._markdown(text.in_(self.language) if text else "")

    def _options(self, choices: tuple[Choice, ...], group: str) -> Iterator[OptionPart]:
        for choice in choices:
            if not choice.valid_on(self.today):
                continue
            label = choice.label.in_(self.language)
            if choice.children:
                yield from self._options(choice.children, f"{group} / {label}" if group else label)
            elif choice.selectable:
                yield OptionPart(choice.value, label, group, self._lang(choice.label))

    def _lang(self, text: Text | None) -> str:
        """The language a text is in, where its author gave none in the page's."""
        if not text or self.language in text:
            return ""
        return HTML_LANGUAGE[DEFAULT_LANGUAGE if DEFAULT_LANGUAGE in text else next(iter(text))]

    def _markdown(self, text: str) -> Markup:
        return markdown(text) if text else Markup("")


def _always_asked(step: Step) -> frozenset[str]:
    """The fields of a step that have a control whenever they are shown."""
    return frozenset(field.id for field in step.fields if field.lock.place is None and field.calculation is None)


def _scale(field: Field) -> Mapping[str, int]:
    """Tells formkit.js that the control holds a number, and with how many places."""
    kind = field.type.rule_type() if field.shape is Shape.VALUE else None
    return {"data-scale": kind.scale} if isinstance(kind, Number) else {}


def _grouped(options: tuple[OptionPart, ...]) -> tuple[tuple[str, tuple[OptionPart, ...]], ...]:
    """Options by their heading, each heading once, where its first option stands."""
    if not any(option.group for option in options):
        return ()
    groups: dict[str, list[OptionPart]] = {}
    for option in options:
        groups.setdefault(option.group or f"\0{option.value}", []).append(option)
    return tuple(("" if name.startswith("\0") else name, tuple(group)) for name, group in groups.items())


def _attributes_html(attributes: Mapping[str, str | int | bool]) -> Markup:
    written = (
        escape(name) if value is True else Markup('{}="{}"').format(name, value)
        for name, value in attributes.items()
        if value is not False
    )
    return Markup(" ").join(written)


def _fields(sections: tuple[SectionPart, ...]) -> Iterator[FieldPart]:
    for section in sections:
        for field in section.fields:
            yield from _with_inner(field)


def _with_inner(field: FieldPart) -> Iterator[FieldPart]:
    yield field
    for inner in field.fields:
        yield from _with_inner(inner)


def _conditional(sections: tuple[SectionPart, ...]) -> Iterator[SectionPart | FieldPart]:
    yield from sections
    yield from _fields(sections)


def _asked(part: FieldPart) -> Iterator[str]:
    for hint in part.hints:
        if hint.when and hint.rule:
            yield from hint.rule.names
    if part.required_when and part.field.required.condition:
        yield from part.field.required.condition.rule.names


def _needs_refresh(part: FieldPart, page: frozenset[str]) -> bool:
    """Whether something about the field follows from this page's answers in a way that CSS cannot show."""
    field = part.field
    rules = [hint.rule for hint in field.hints if hint.rule]
    if field.visible and not (part.condition and part.condition.css):
        rules.append(field.visible.rule)
    if field.calculation:
        rules.append(field.calculation.rule)
    return any(name.partition(".")[0] in page or name.startswith("row.") for rule in rules for name in rule.names)


def data_json(value: object) -> str:
    """JSON for a `data-` attribute: the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
