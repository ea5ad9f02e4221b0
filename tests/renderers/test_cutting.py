"""Remembered fields are the same bytes as fields drawn anew, whatever the template and the value."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.renderers import DEFAULT_THEME, RENDERERS, HtmlRenderer, Theme
from tests.renderers.conftest import PHOTO, Draw

ANEW = RENDERERS.extended({"html": HtmlRenderer(DEFAULT_THEME, remember=False)})
TEXT = st.one_of(
    st.none(), st.sampled_from(["", "甲", "12.50", "2024-09-01", "2024-9-1", "\ufdd0formkit-1\ufdd0"]), st.text()
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "email": TEXT,
        "story": TEXT,
        "age": st.one_of(TEXT, st.integers(0, 200)),
        "income": TEXT,
        "born": TEXT,
        "graduated": TEXT,
        "promise": st.sampled_from([True, False, "true", "x"]),
        "status": st.sampled_from(["working", "student", "nobody", 3]),
        "licensed": st.sampled_from([True, False, "false", ""]),
        "licence": TEXT,
        "degree": st.sampled_from(["master", "old", "x"]),
        "area": st.sampled_from(["440106", "4419", "4401", "x"]),
        "skills": st.lists(st.sampled_from(["tax", "audit", "law", "x"]), max_size=3),
        "photo": st.sampled_from([None, PHOTO, "a1"]),
        "awards": st.lists(
            st.fixed_dictionaries({"_id": st.sampled_from(["r1", "r2", "x9"])}, optional={"name": TEXT, "level": TEXT}),
            max_size=3,
            unique_by=lambda row: row["_id"],
        ),
    },
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, step=st.sampled_from(["about", "work", "more"]))
def test_remembered_pages_equal_pages_drawn_anew(draw: Draw, answers: dict[str, Any], step: str) -> None:
    assert draw(step, answers) == draw(step, answers, renderers=ANEW)


TEMPLATES = {
    "writes it": "[{{ field.value }}]",
    "compares it": "[{% if field.value == '甲' %}first{% else %}{{ field.value }}{% endif %}]",
    "measures it": "[{{ field.value | length }}]",
    "asks whether it is there": "[{{ field.value or 'nothing' }}]",
    "changes it": "[{{ field.value | upper }}{{ field.value[0] }}]",
    "searches it": "[{% if 'a' in field.value %}a{% endif %}]",
    "formats it": "[{{ '%s!' | format(field.value) }}]",
    "joins it": "[{{ 'x' ~ field.value }}]",
    "reads its text": "[{{ field.text }}]",
    "reads its text's length": "[{{ field.text | length }}]",
    "loops over it": "[{% for c in field.value %}{{ c }}.{% endfor %}]",
    "reads what is selected": "[{{ field.selected | join(',') }}]",
    "replaces it": "[{{ field.value | replace('a', 'b') }}]",
    "never shows it": "[]",
    "shows it as it is": "[{{ field.value | string | e }}]",
}


@pytest.mark.parametrize("does", TEMPLATES)
def test_a_template_may_do_what_it_likes_with_a_value(draw: Draw, tmp_path: Path, does: str) -> None:
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "textarea.html").write_text(TEMPLATES[does])
    theme = Theme(tmp_path, fallback=DEFAULT_THEME)
    kept = RENDERERS.extended({"html": HtmlRenderer(theme)})
    anew = RENDERERS.extended({"html": HtmlRenderer(theme, remember=False)})
    for typed in ("甲", "abc", "<&>", "a longer text", "甲"):
        answers = {"story": typed}
        assert draw("about", answers, renderers=kept) == draw("about", answers, renderers=anew)


def test_numbers_are_cut_too(draw: Draw, tmp_path: Path) -> None:
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "input.html").write_text("[{{ field.name }} {{ field.value }}{{ field.value is number }}]")
    own = RENDERERS.extended({"html": HtmlRenderer(Theme(tmp_path, fallback=DEFAULT_THEME))})
    for age in (30, 31, 30):
        assert f"[age {age}True]" in draw("about", {"age": age}, renderers=own)
    assert "[age xFalse]" in draw("about", {"age": "x"}, renderers=own)
