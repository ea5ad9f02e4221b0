"""(Form, Evaluation, issues) → FormView."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from weakref import WeakKeyDictionary

from formkit.evaluation import HIDDEN, Evaluation, FieldState
from formkit.expressions import UNKNOWN
from formkit.fields.base import JSON, Refused, Shape
from formkit.form import ROW_ID
from formkit.issues import Issue, Level
from formkit.locales import HTML_LANGUAGE, issue_sentence, sentence
from formkit.renderers.page import Page
from formkit.renderers.parts import FieldPart, FormParts, OptionPart, SectionPart, StepPart, data_json
from formkit.renderers.view import (
    FieldView,
    FileView,
    FormView,
    HintView,
    ProgressItem,
    RowView,
    SectionView,
    StepView,
    SummaryItem,
)
from formkit.texts import Text
from formkit.wizard import CHECK

BLANK_ROW = "__row__"
_ROW_ID = re.compile(r"[A-Za-z0-9]{1,32}")
_NOTHING: Mapping[str, JSON] = MappingProxyType({})
_blank_rows: "WeakKeyDictionary[FieldPart, dict[tuple[str, bool], RowView]]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class _Place:
    """What surrounds some fields: the start of their names, the answers and values among which theirs are, their row,
    the label of what holds them; whether that is hidden for now, and whether it is locked.
    """

    prefix: str
    answers: JSON
    values: JSON
    row: Mapping[str, JSON] | None
    label: str
    hidden: bool
    locked: bool = False


def build_view(
    parts: FormParts, evaluation: Evaluation, issues: Iterable[Issue], page: Page, steps: Sequence[str], current: str
) -> FormView:
    """The view of some steps; `current` is the step (or `check`) the page is about."""
    return _Building(parts, evaluation, issues, page).view(steps, current)


class _Building:
    """One view being built: issues are taken up by the fields they belong to, the rest stand in the summary alone."""

    def __init__(self, parts: FormParts, evaluation: Evaluation, issues: Iterable[Issue], page: Page) -> None:
        self.parts, self.evaluation, self.page = parts, evaluation, page
        self.language, self.states = parts.language, evaluation.states
        self.reading = False
        self.waiting: dict[str, list[Issue]] = {}
        for issue in issues:
            self.waiting.setdefault(issue.path, []).append(issue)
        self.summary: dict[Level, list[SummaryItem]] = {level: [] for level in Level}

    def view(self, steps: Sequence[str], current: str) -> FormView:
        """The whole."""
        visible = self.evaluation.visible_steps
        self.reading = current not in visible or len(steps) > 1
        views = [self._step(self.parts.steps[name], visible) for name in steps]
        self._leftover_issues()
        progress = self._progress(current)
        return FormView(
            parts=self.parts,
            current=current,
            language=self.language,
            html_language=HTML_LANGUAGE.get(self.language, self.language),
            title=self.parts.title,
            steps=views,
            errors=self.summary[Level.ERROR],
            warnings=self.summary[Level.WARNING],
            notices=self.summary[Level.NOTICE],
            progress=progress,
            number=next((at for at, item in enumerate(progress, 1) if item.id == current), 0),
            count=len(progress),
        )

    def _step(self, part: StepPart, visible: Sequence[str]) -> StepView:
        number = visible.index(part.id) + 1 if part.id in visible else 0
        sections = [view for section in part.sections if (view := self._section(part, section))]
        return StepView(part, part.id, part.title, number, sections, self._answers(part))

    def _answers(self, part: StepPart) -> str:
        """What browser rules ask that the page does not: an unknown fact is left out."""
        values, facts, record = {}, {}, {}
        context = self.evaluation.context
        for name in part.asks_elsewhere:
            place, _, rest = name.partition(".")
            if place == "facts" and context.facts.get(rest, UNKNOWN) is not UNKNOWN:
                facts[rest] = context.facts[rest]
            elif place == "record":
                top = rest.partition(".")[0]
                record[top] = context.record.get(top)
            elif place not in ("facts", "row"):
                values[place] = self.evaluation.values.get(place)
        return data_json({"values": values, "facts": facts, "record": record, "today": context.today})

    def _section(self, step: StepPart, part: SectionPart) -> SectionView | None:
        visible = f"{step.id}/{part.id}" in self.evaluation.visible_sections
        if not visible and part.condition is None:
            return None
        css, hidden = self._css(part), not visible
        place = _Place("", self.evaluation.answers, self.evaluation.values, None, "", hidden)
        fields = self._fields(part.fields, place)
        if not fields and not part.note:
            return None
        return SectionView(part, part.id, visible, hidden and css is None, css, fields)

    def _fields(self, parts: Sequence[FieldPart], place: "_Place") -> list[FieldView]:
        return [view for part in parts if (view := self._field(part, place)) is not None]

    def _field(self, part: FieldPart, place: "_Place") -> FieldView | None:
        name = f"{place.prefix}{part.field.id}"
        state = self.states.get(name, HIDDEN)
        hidden = not state.visible
        if hidden and part.condition is None and not (place.hidden and part.field.visible is None):
            return None
        css, html_id = self._css(part), name.replace(".", "-")
        value, typed, raw = self._value(part, place, locked=state.locked)
        errors, warnings = self._issues(name, part.label, place.label, html_id)
        hints = self._hints(part, place.row) if part.hints else ()
        fields, rows, blank_row = self._inner(part, name, raw, value, place, state)
        return FieldView(
            part=part,
            name=name,
            id=html_id,
            value=value,
            typed=typed,
            selected=_selected(value),
            required=part.field.required.always if hidden else state.required,
            locked=state.locked,
            lock_told=place.locked,
            lock_reason=state.lock_reason.in_(self.language) if state.lock_reason and not place.locked else "",
            calculated=state.calculated,
            visible=state.visible,
            hidden=hidden and css is None and part.field.visible is not None,
            css=css,
            errors=errors,
            warnings=warnings,
            hints=hints,
            described_by=_described_by(part, html_id, hints, errors, warnings),
            retired=_retired(part, value) if part.choice_list else (),
            files=self._files(value) if part.type.attachment and typed else (),
            fields=fields,
            rows=rows,
            blank_row=blank_row,
        )

    def _inner(
        self, part: FieldPart, name: str, raw: JSON, value: JSON, place: "_Place", state: FieldState
    ) -> tuple[Sequence[FieldView], Sequence[RowView], RowView | None]:
        """The fields of a group, or the rows of rows and a blank one to add."""
        shape = part.field.shape
        if shape is not Shape.GROUP and shape is not Shape.ROWS:
            return (), (), None
        hidden, label = place.hidden or not state.visible, f"{place.label}{part.label} · "
        inner = _Place(f"{name}.", raw, value, None, label, hidden, state.locked)
        if shape is Shape.GROUP:
            return self._fields(part.fields, inner), (), None
        return (), self._rows(part, name, inner), None if state.locked else self._blank_row(part, name)

    def _value(self, part: FieldPart, place: "_Place", *, locked: bool) -> tuple[JSON, bool, JSON]:
        """The value to show, whether it is one (what was typed is kept where it cannot be read), and the raw answer."""
        kind, key = part.type, part.field.id
        if not kind.stored or part.field.shape is Shape.NOTE:
            return None, True, None
        value = place.values.get(key) if isinstance(place.values, Mapping) else None
        raw = place.answers.get(key) if isinstance(place.answers, Mapping) and not locked else None
        if value is not None or raw is None or part.field.shape is not Shape.VALUE or kind.is_blank(raw):
            return value, True, raw
        try:
            return kind.parse(raw), True, raw
        except Refused:
            return _as_typed(raw), False, raw

    def _css(self, part: FieldPart | SectionPart) -> str | None:
        return part.condition.css if part.condition and self.page.form_stylesheet else None

    def _hints(self, part: FieldPart, row: Mapping[str, JSON] | None) -> list[HintView]:
        hints = []
        for hint in part.hints:
            shown = hint.rule is None or hint.rule.is_true(self.evaluation.values, row, self.evaluation.context)
            if shown or hint.when:
                hints.append(HintView(hint.html, hint.when, not shown, hint.lang))
        return hints

    def _rows(self, part: FieldPart, name: str, inner: "_Place") -> list[RowView]:
        rows = inner.values or [] if self.reading else self.evaluation.row_values.get(name)
        answers = [row for row in inner.answers if _is_row(row)] if isinstance(inner.answers, list) else []
        if rows is None:
            rows = [{ROW_ID: row_id} for row_id in dict.fromkeys(row[ROW_ID] for row in answers)]
        if not rows and not inner.locked and not self.reading and self.states.get(name, HIDDEN).required:
            rows = [{ROW_ID: "r1"}]
        typed = {row[ROW_ID]: row for row in answers}
        return [
            self._row(part, name, row, typed.get(row[ROW_ID], _NOTHING), number, inner)
            for number, row in enumerate(rows, 1)
        ]

    def _row(
        self, part: FieldPart, name: str, row: Mapping[str, JSON], typed: JSON, number: int, inner: "_Place"
    ) -> RowView:
        path, title = f"{name}.{row[ROW_ID]}", self._row_title(part, number)
        html_id = path.replace(".", "-")
        errors, _ = self._issues(path, title, inner.label, html_id)
        new = not any(f"{path}.{each.field.id}" in self.states for each in part.fields)
        place = _Place(f"{path}.", typed, row, row, f"{inner.label}{title} · ", inner.hidden or new, inner.locked)
        return RowView(row[ROW_ID], path, html_id, title, errors, self._fields(part.fields, place))

    def _blank_row(self, part: FieldPart, name: str) -> RowView:
        """The blank row: nobody's answers change it unless a hint asks for some, so that it is built once."""
        if part.hints_change or any(BLANK_ROW in path for path in self.waiting):
            return self._new_blank_row(part, name)
        known = _blank_rows.setdefault(part, {})
        key = (name, bool(self.page.form_stylesheet))
        found = known.get(key)
        if found is None:
            found = known[key] = self._new_blank_row(part, name)
        return found

    def _new_blank_row(self, part: FieldPart, name: str) -> RowView:
        path = f"{name}.{BLANK_ROW}"
        fields = self._fields(part.fields, _Place(f"{path}.", None, None, _NOTHING, "", hidden=True))
        return RowView(BLANK_ROW, path, path.replace(".", "-"), self._row_title(part, 0), (), fields)

    def _row_title(self, part: FieldPart, number: int) -> str:
        label: Text | None = getattr(part.type, "row_label", None)
        shown = str(number) if number else "{number}"
        if label is not None:
            return f"{label.in_(self.language)} {shown}"
        return sentence("interface", "row_title", {"number": shown}, self.language)

    def _files(self, value: JSON) -> list[FileView]:
        found = value if isinstance(value, list) else [value]
        return [self._file(file) for file in found if isinstance(file, Mapping) and file.get("id")]

    def _file(self, file: Mapping[str, JSON]) -> FileView:
        name = str(file["id"])
        picture = str(file.get("media_type", "")).startswith("image/")
        return FileView(
            id=name,
            name=str(file.get("name") or name),
            size=_size(file.get("size")),
            url=self.page.file_url.replace("{id}", name),
            thumbnail_url=self.page.thumbnail_url.replace("{id}", name) if picture else "",
            is_picture=picture,
        )

    def _issues(self, path: str, label: str, before: str, html_id: str) -> tuple[Sequence[str], Sequence[str]]:
        """The sentences of an answer's errors and warnings; each is noted in the summary too."""
        if path not in self.waiting:
            return (), ()
        errors: list[str] = []
        warnings: list[str] = []
        for issue in self.waiting.pop(path):
            text = issue_sentence(issue, self.language)
            self.summary[issue.level].append(SummaryItem(text, f"#field-{html_id}", _heading(before, label, text)))
            if issue.level is Level.ERROR:
                errors.append(text)
            elif issue.level is Level.WARNING:
                warnings.append(text)
        return errors, warnings

    def _leftover_issues(self) -> None:
        for path, issues in self.waiting.items():
            field = self.parts.form.top_fields.get(path.partition(".")[0])
            step = self.parts.form.step_of.get(field.id, "") if field else ""
            url = self.page.step_url.replace("{step}", step) if step and self.page.step_url else ""
            href = f"{url}#field-{path.replace('.', '-')}" if url else ""
            label = field.label.in_(self.language) if field else ""
            for issue in issues:
                text = issue_sentence(issue, self.language)
                self.summary[issue.level].append(SummaryItem(text, href, _heading("", label, text)))

    def _progress(self, current: str) -> list[ProgressItem]:
        path = self.page.path
        states = {step.id: step.progress.value for step in path.steps} if path else {}
        if path:
            states[CHECK] = "open" if path.may_visit(CHECK) else "blocked"
        names = [*self.evaluation.visible_steps, CHECK]
        here = names.index(current) if current in names else len(names)
        return [self._progress_item(name, at, here, states) for at, name in enumerate(names)]

    def _progress_item(self, name: str, at: int, here: int, states: Mapping[str, str]) -> ProgressItem:
        part = self.parts.steps.get(name)
        title = part.title if part else self.parts.words["check_title"]
        state = "current" if at == here else states.get(name, "done" if at < here else "open")
        linked = self.page.step_url and (state == "done" or (name in states and state == "open"))
        return ProgressItem(name, title, state, self.page.step_url.replace("{step}", name) if linked else "")


def _is_row(row: object) -> bool:
    return isinstance(row, Mapping) and isinstance(row.get(ROW_ID), str) and bool(_ROW_ID.fullmatch(row[ROW_ID]))


def _as_typed(raw: JSON) -> JSON:
    """What was typed, as far as a control can hold it."""
    if isinstance(raw, list):
        return [item for item in raw if isinstance(item, str)]
    return str(raw) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else None


def _selected(value: JSON) -> Sequence[str]:
    if isinstance(value, bool):
        return ("true",) if value else ("false",)
    if isinstance(value, list):
        return tuple(item for item in value if isinstance(item, str))
    return (value,) if isinstance(value, str) else ()


def _retired(part: FieldPart, value: JSON) -> Sequence[OptionPart]:
    """The choices made that are no longer offered: they stay while nobody changes them."""
    if value is None or part.choice_list is None:
        return ()
    gone = [one for one in _selected(value) if one not in part.offered and one in part.choice_list.by_value]
    return tuple(OptionPart(one, part.choice_list.label(one, part.language), "") for one in gone)


def _described_by(
    part: FieldPart, html_id: str, hints: Sequence[HintView], errors: Sequence[str], warnings: Sequence[str]
) -> str:
    names = [f"hint-{html_id}"] if hints or part.own_hint else []
    names += [f"suffix-{html_id}"] if part.suffix else []
    names += [f"error-{html_id}"] if errors else []
    names += [f"warning-{html_id}"] if warnings else []
    return " ".join(names)


def _heading(before: str, label: str, text: str) -> str:
    """What stands before a sentence in a summary: where its field is, and its label unless the sentence says it."""
    return (before.removesuffix(" · ") if label and label in text else f"{before}{label}").strip()


def _size(size: object) -> str:
    if not isinstance(size, int) or isinstance(size, bool):
        return ""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"
