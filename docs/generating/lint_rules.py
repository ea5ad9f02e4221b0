"""The page of lint rules: each with its sentence and with a form that passes and one that fails it."""

import inspect
from collections.abc import Iterator

from docs.generating.codes import entries
from docs.generating.markdown import code, page, table
from formkit.lint import RULES, LintRule
from formkit.locales import sentences

_ABOUT = """\
What `formkit check` says of a form as a whole, once every line of it is right; an editor says the same. These are
warnings: the form loads. With `--strict` they count as errors do. How to go about them: [check a whole
form](../how-to/check-a-whole-form.md).

Each rule has a form that passes it and one that fails it, on the lines that end with `# <-`."""

_ALLOWED = """\
A finding that is meant is allowed by a comment on its line, or in a line above it: `# formkit: allow CODE reason`."""

_ALLOWANCES = ("unused-allowance", "allowance-without-reason", "unknown-allowance")


def lint_rules() -> str:
    """Every rule, and what is said of comments that allow a finding."""
    index = table(
        ("Rule", "What it finds"), ((f"[{code(each.code)}](#{each.code})", _told(each)) for each in RULES.values())
    )
    zh, en = sentences("lint", "zh"), sentences("lint", "en")
    sections = [part for rule in RULES.values() for part in _section(rule)]
    allowed = entries(zh, en, _ALLOWANCES, "###")
    return page("Lint rules", _ABOUT, index, *sections, "## What is meant", _ALLOWED, *allowed)


def _section(rule: LintRule) -> Iterator[str]:
    heading, told = entries(sentences("lint", "zh"), sentences("lint", "en"), [rule.code])
    yield heading
    yield _told(rule)
    yield told
    for name, text in (("Passes", rule.passing), ("Fails", rule.failing)):
        yield f"{name}:"
        yield f"```yaml\n{text}```"


def _told(rule: LintRule) -> str:
    return inspect.getdoc(rule.check) or ""
