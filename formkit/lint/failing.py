"""Checks that never fail, that always do, and that no answer can pass together."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from formkit.diagnostics import Diagnostic, Example, Severity
from formkit.expressions.ir import Node, parts
from formkit.fields.base import Shape
from formkit.lint.look import Look
from formkit.lint.rule import Linted, LintRule
from formkit.lint.visit import VISIT
from formkit.lint.written import WrittenCheck
from formkit.search import Breaks, Claim, Filled

_MOST_PAIRS = 200


def never_fails(linted: Linted) -> Iterator[Diagnostic]:
    """Checks that find nothing, whatever is filled in."""
    look = linted.look
    for written in look.checks:
        if _counts(look, written) and look.never(written.place, *written.given, _breaks(written)):
            yield _told("check-never-fails", look, written, None)


def always_fails(linted: Linted) -> Iterator[Diagnostic]:
    """Checks that nothing passes, whether their `when` holds or not; one that only says `no` is meant so."""
    look = linted.look
    for written in look.checks:
        alone = replace(written, check=replace(written.check, when=None), given=written.asked)
        passed = (_breaks(alone, yes=False), *_filled(linted, alone))
        if _counts(look, written) and _reads(written) and look.never(written.place, *alone.given, *passed):
            yield _told("check-always-fails", look, written, None)


def contradict(linted: Linted) -> Iterator[Diagnostic]:
    """Checks that both count, of which one always fails once what they ask about is filled in."""
    look = linted.look
    stopping = [written for written in look.checks if written.stops and _passes(look, written)]
    pairs = [pair for pair in combinations(stopping, 2) if _about_the_same(*pair)]
    for first, second in pairs[:_MOST_PAIRS]:
        together = look.example(*first.given, *second.given)
        if together is None:
            continue
        passed = (_breaks(first, yes=False), _breaks(second, yes=False), *_filled(linted, first, second))
        if look.never(second.place, *first.given, *second.given, *passed):
            given = Example(together.answers, together.facts, together.record, together.today, _named(first, second))
            yield _told("checks-contradict", look, second, given if together.given else None, other=first.place.line)


def _counts(look: Look, written: WrittenCheck) -> Example | None:
    """Answers with which the check is asked at all."""
    return look.example(*written.given)


def _passes(look: Look, written: WrittenCheck) -> bool:
    return look.example(*written.given, _breaks(written, yes=False)) is not None


def _breaks(written: WrittenCheck, *, yes: bool = True) -> Breaks:
    return Breaks(written.check, yes, written.holder)


def _reads(written: WrittenCheck) -> bool:
    return bool(written.check.rule.names) or written.check.rule.uses_today


def _about_the_same(first: WrittenCheck, second: WrittenCheck) -> bool:
    return first.holder == second.holder and not first.check.rule.names.isdisjoint(second.check.rule.names)


def _filled(linted: Linted, *several: WrittenCheck) -> Iterator[Claim]:
    """That the answers which the rules weigh are given, but for those they ask whether they are blank."""
    for written in several:
        asked = blank_asked(written.check.rule.tree)
        for name in sorted(written.check.rule.names - asked):
            path = f"{written.holder}.{name[4:]}" if name.startswith("row.") else name
            field = linted.form.fields.get(path)
            if field is not None and field.shape is Shape.VALUE:
                yield Filled(path, where_shown=True)


def blank_asked(tree: Node) -> frozenset[str]:
    """The names of which a rule asks whether they are blank."""
    blank = [node.args[0] for node in parts(tree) if node.op == "blank"]
    return frozenset(name_of(each) for node in blank for each in parts(node) if each.op == "get")


def _named(*several: WrittenCheck) -> frozenset[str]:
    """What the conditions of checks read, as it is called in examples."""
    rules = [written.check.when for written in several if written.check.when is not None]
    return frozenset(
        f"{several[0].holder}.{name[4:]}" if name.startswith("row.") else name for rule in rules for name in rule.names
    )


def name_of(node: Node) -> str:
    """What a node reads, as `Rule.names` has it."""
    where, path = node.args
    return ".".join(path if where == "values" else (str(where), *path))


def _told(code: str, look: Look, written: WrittenCheck, example: Example | None, **params: object) -> Diagnostic:
    told = {"name": look.name(written.path), "when": look.told(example, "when"), **params}
    return Diagnostic(code, written.place, told, Severity.WARNING, example)


CHECK_NEVER_FAILS = LintRule(
    "check-never-fails",
    never_fails,
    passing=VISIT
    + """\
      tickets: {type: integer, min: 1, max: 9, label: {zh: 票数, en: Tickets}, required: true}
    checks:
      - rule: tickets < 5
        when: {visitor: child}
        message: {zh: 儿童最多四张, en: Four for a child at most}
""",
    failing=VISIT
    + """\
      tickets: {type: integer, min: 1, max: 9, label: {zh: 票数, en: Tickets}, required: true}
    checks:
      - rule: tickets < 10 # <-
        when: {visitor: child}
        message: {zh: 儿童最多四张, en: Four for a child at most}
""",
)

CHECK_ALWAYS_FAILS = LintRule(
    "check-always-fails",
    always_fails,
    passing=VISIT
    + """\
    checks:
      - rule: age >= 6
        message: {zh: 年满六岁才能参观, en: Visitors must be six}
""",
    failing=VISIT
    + """\
    checks:
      - rule: age >= 150 # <-
        message: {zh: 年满六岁才能参观, en: Visitors must be six}
""",
)

CHECKS_CONTRADICT = LintRule(
    "checks-contradict",
    contradict,
    passing=VISIT
    + """\
    checks:
      - rule: age >= 18
        when: {visitor: adult}
        message: {zh: 成人要年满十八岁, en: An adult must be eighteen}
      - rule: age < 18
        when: {visitor: child}
        message: {zh: 儿童要未满十八岁, en: A child must be below eighteen}
""",
    failing=VISIT
    + """\
    checks:
      - rule: age >= 18
        when: {visitor: adult}
        message: {zh: 成人要年满十八岁, en: An adult must be eighteen}
      - rule: age < 18 # <-
        when: {visitor: [adult, child]}
        message: {zh: 儿童要未满十八岁, en: A child must be below eighteen}
""",
)
