"""What a missing case has to bring about, as claims for the search: a rule comes out one way, or unlike another."""

from collections.abc import Iterator, Sequence

from formkit.cases.sites import Kind, Site
from formkit.expressions import UNKNOWN, Rule
from formkit.fields.base import Shape
from formkit.form import Check, Field, Form, Section, Step
from formkit.search import Claim, PartShown, Says, Shown, Stands

_WAYS = (True, False, UNKNOWN)


def reached(form: Form, site: Site) -> tuple[Claim, ...]:
    """What must be so for a rule to be asked at all."""
    if site.kind is Kind.TRANSITION or not site.path:
        return _when(form, site)
    if "/" in site.path:
        step, section = _part(form, site.path)
        if site.kind is Kind.VISIBLE:
            return () if section is None else (PartShown(step),)
        return (PartShown(step), *_when(form, site))
    if site.kind is Kind.VISIBLE:
        return tuple(_around(form, site.path))
    if site.kind in (Kind.REQUIRED, Kind.VALUE_WHEN):
        return (Stands(site.path),)
    if site.kind is Kind.VALUE:
        return (Stands(site.path, calculated=True),)
    return (Shown(site.path), *_when(form, site))


def comes_out(form: Form, site: Site, way: bool) -> tuple[Claim, ...]:
    """What must be so for a rule to be asked and to come out true or false."""
    if not site.rule.tree.is_condition:
        return reached(form, site)
    return (*reached(form, site), Says(site.rule, way, holder_of(form, site)))


def comes_out_otherwise(form: Form, site: Site, other: Rule) -> Iterator[tuple[Claim, ...]]:
    """Each set of claims under which another rule in its place would decide otherwise."""
    holder = holder_of(form, site)
    for now, then in _pairs(site.kind):
        yield (*reached(form, site), Says(site.rule, now, holder), Says(other, then, holder))


def _pairs(kind: Kind) -> Iterator[tuple[object, object]]:
    """The answers of two rules that make a difference to what they decide."""
    decisive = kind is not Kind.CHECK
    for now in _WAYS:
        for then in _WAYS:
            if now is not then and (kind is Kind.LOCKED or decisive in (now, then)):
                yield now, then


def holder_of(form: Form, site: Site) -> str:
    """The group or rows field whose values a rule reads as its own; empty if there is none."""
    field = form.fields.get(site.path)
    if field is None:
        return ""
    if site.kind in (Kind.CHECK, Kind.CHECK_WHEN) and field.shape is Shape.GROUP:
        return field.path
    return site.path.rpartition(".")[0]


def _around(form: Form, path: str) -> Iterator[Claim]:
    top, _, inner = path.partition(".")
    if inner:
        yield Shown(top)
        return
    step = form.steps_by_id[form.step_of[top]]
    yield PartShown(step, next(each for each in step.sections if form.fields[top] in each.fields))


def _when(form: Form, site: Site) -> tuple[Claim, ...]:
    """What must hold for a check to be made."""
    if site.kind is not Kind.CHECK:
        return ()
    when = _checks(form, site)[site.number].when
    return (Says(when, True, holder_of(form, site)),) if when is not None else ()


def _checks(form: Form, site: Site) -> Sequence[Check]:
    if not site.path:
        return form.checks
    if "/" in site.path:
        return _part(form, site.path)[0].checks
    field: Field = form.fields[site.path]
    return field.checks


def _part(form: Form, path: str) -> tuple[Step, Section | None]:
    name, _, section_id = path.partition("/")
    step = form.steps_by_id[name]
    return step, next((each for each in step.sections if section_id and each.id == section_id), None)
