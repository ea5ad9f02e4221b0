"""Remembered fields are the same bytes as fields drawn anew, whatever the template and the value."""

import gc
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.renderers import DEFAULT_THEME, RENDERERS, HtmlRenderer, Theme, render
from tests.forms import form_of
from tests.renderers.conftest import PHOTO, Draw

DAY = "2026-11-23"
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
    "asks what it is": "[{{ field.value is sequence }}]",
    "keeps it, and makes it large": "[{% set kept %}{{ field.value }}{% endset %}{{ kept | upper }}]",
    "keeps it, and makes it small": "[{% set kept %}{{ field.value }}{% endset %}{{ kept | lower }}]",
    "keeps it, and measures it": "[{% set kept %}{{ field.value }}{% endset %}{{ kept | length }}]",
    "makes JSON of what is selected": "[{{ field.selected | tojson }}]",
}


@pytest.mark.parametrize("does", TEMPLATES)
def test_a_template_may_do_what_it_likes_with_a_value(draw: Draw, tmp_path: Path, does: str) -> None:
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "textarea.html").write_text(TEMPLATES[does])
    theme = Theme(tmp_path, fallback=DEFAULT_THEME)
    kept = RENDERERS.extended({"html": HtmlRenderer(theme)})
    anew = RENDERERS.extended({"html": HtmlRenderer(theme, remember=False)})
    for typed in ("甲", "abC", "<&>", "a longer text", "甲"):
        answers = {"story": typed}
        assert draw("about", answers, renderers=kept) == draw("about", answers, renderers=anew)


def test_numbers_are_cut_too(draw: Draw, tmp_path: Path) -> None:
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "input.html").write_text("[{{ field.name }} {{ field.value }}{{ field.value is number }}]")
    own = RENDERERS.extended({"html": HtmlRenderer(Theme(tmp_path, fallback=DEFAULT_THEME))})
    for age in (30, 31, 30):
        assert f"[age {age}True]" in draw("about", {"age": age}, renderers=own)
    assert "[age xFalse]" in draw("about", {"age": "x"}, renderers=own)


HOLDING = {
    "draws them": "[{% for one in row.fields %}{{ draw(one) }}{% endfor %}]",
    "draws the last one only": "[{% if row.fields %}{{ draw(row.fields[-1]) }}{% endif %}]",
    "draws them twice": "[{% for one in row.fields + row.fields %}{{ draw(one) }}{% endfor %}]",
    "counts them": "[{{ row.fields | length }} of {{ field.rows | length }}]",
    "writes their names": "[{% for one in row.fields %}{{ one.name }}{% endfor %}]",
    "writes their values": "[{% for one in row.fields %}{{ one.value }}{% endfor %}]",
    "measures what is drawn": "[{% for one in row.fields %}{{ draw(one) | length }}{% endfor %}]",
    "keeps what is drawn": "[{% for one in row.fields %}{% set kept = draw(one) %}{{ kept }}{% endfor %}]",
    "changes what is drawn": "[{% for one in row.fields %}{{ (draw(one) ~ '!') | upper }}{% endfor %}]",
    "looks for one": "[{% for one in row.fields if one.name == 'awards.r1.name' %}{{ one.value }}{% endfor %}]",
    "compares them": "[{% for one in row.fields %}{{ one == row.fields[0] }}{% endfor %}]",
    "writes the id": "[{{ row.id }} {{ row.name }} {{ row.html_id }} {{ row.title }}]",
    "compares the id": "[{% if row.id == 'r1' %}first{% endif %}]",
    "measures the id": "[{{ row.id | length }} {{ (row.html_id ~ '') | length }}]",
    "asks whether the id is there": "[{{ row.id or 'nothing' }}]",
    "keeps the id, and makes it large": "[{% set kept %}{{ row.id }}{% endset %}{{ kept | upper }}]",
    "reads the values of all": "[{{ field.value }}]",
    "measures the values of all": "[{{ 0 if field.value is none else field.value | length }}]",
    "asks what the values are": "[{{ field.value is sequence }}{{ field.value is mapping }}{{ field.value is none }}]",
    "makes JSON of the values": "[{{ field.value | tojson }}]",
    "reverses the values": "[{{ 0 if field.value is none else field.value | reverse | list | length }}]",
    "reads the text": "[{{ field.text }}]",
    "shows the errors": "[{{ row.errors | join }}]",
}
ROWS: list[list[dict[str, Any]]] = [
    [],
    [{"_id": "r1", "name": "甲"}],
    [{"_id": "r1", "name": "<乙>", "level": "x"}],
    [{"_id": "r1"}, {"_id": "n4f1", "name": "aZ"}],
    [{"_id": "name", "name": "甲"}, {"_id": "r1", "name": "甲"}],
    [{"_id": "n5kz09", "name": "甲"}],
]


@pytest.mark.parametrize("does", HOLDING)
def test_a_template_may_do_what_it_likes_with_what_is_inside(draw: Draw, tmp_path: Path, does: str) -> None:
    (tmp_path / "row.html").write_text(HOLDING[does])
    theme = Theme(tmp_path, fallback=DEFAULT_THEME)
    kept = RENDERERS.extended({"html": HtmlRenderer(theme)})
    anew = RENDERERS.extended({"html": HtmlRenderer(theme, remember=False)})
    for rows in [*ROWS, *reversed(ROWS)]:
        answers = {"awards": rows}
        assert draw("more", answers, renderers=kept) == draw("more", answers, renderers=anew)


@pytest.mark.parametrize(
    "does",
    [
        "[{{ field.value | tojson }}]",
        "[{{ field.value is mapping }}{{ field.value is none }}]",
        "[{% for inner in field.fields %}{{ draw(inner) }}{{ inner.value }}{% endfor %}]",
        "[{{ field.fields | map(attribute='value') | join(',') }}]",
        "[{{ field.text }}]",
    ],
)
def test_a_template_may_do_what_it_likes_with_a_group(draw: Draw, tmp_path: Path, does: str) -> None:
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "group.html").write_text(does)
    theme = Theme(tmp_path, fallback=DEFAULT_THEME)
    kept = RENDERERS.extended({"html": HtmlRenderer(theme)})
    anew = RENDERERS.extended({"html": HtmlRenderer(theme, remember=False)})
    for inside in ({}, {"school": "甲"}, {"school": "<乙>", "level": "master"}, {"school": "甲"}):
        answers = {"full_time": inside}
        assert draw("more", answers, renderers=kept) == draw("more", answers, renderers=anew)


@pytest.mark.parametrize(
    "does",
    [
        "[{{ field.name }}]",
        "[{{ field.name == 'awards.r1.name' }}]",
        "[{{ field.id | length }}]",
        "[{{ field.id[-9:] }}]",
    ],
)
def test_a_template_may_do_what_it_likes_with_a_name_in_a_row(draw: Draw, tmp_path: Path, does: str) -> None:
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "input.html").write_text(does)
    theme = Theme(tmp_path, fallback=DEFAULT_THEME)
    kept = RENDERERS.extended({"html": HtmlRenderer(theme)})
    anew = RENDERERS.extended({"html": HtmlRenderer(theme, remember=False)})
    for rows in ROWS:
        assert draw("more", {"awards": rows}, renderers=kept) == draw("more", {"awards": rows}, renderers=anew)


def test_a_blank_row_whose_hint_follows_from_answers_is_drawn_anew() -> None:
    form = form_of(
        """
        a: {type: yes_no, label: 甲}
        r: {type: rows, label: 行, fields: {x: {type: text, label: 子, hint: [{when: a, text: 提示}]}}}
        """
    )
    for answer in (True, False, True):
        kept, anew = (render(form, "one", {"a": answer}, today=DAY, renderers=each) for each in (RENDERERS, ANEW))
        assert kept == anew


def test_rows_are_drawn_once_for_all_their_ids(draw: Draw, tmp_path: Path) -> None:
    (tmp_path / "row.html").write_text("{{ row.title | noted }}{% for one in row.fields %}{{ draw(one) }}{% endfor %}")
    theme, drawn = Theme(tmp_path, fallback=DEFAULT_THEME), []
    theme.environment.filters["noted"] = lambda title: drawn.append(title) or title  # type: ignore[func-returns-value]
    renderers, drawn_by_now = RENDERERS.extended({"html": HtmlRenderer(theme)}), 0
    for row_id, name in (("r1", "甲"), ("n4f1", "乙"), ("n5kz09", "丙")):
        page = draw("more", {"awards": [{"_id": row_id, "name": name}]}, renderers=renderers)
        assert f'name="awards.{row_id}.name" value="{name}"' in page
        drawn_by_now = drawn_by_now or len(drawn)
    assert len(drawn) == drawn_by_now


def test_what_is_kept_of_a_form_is_forgotten_with_it() -> None:
    form = form_of("r: {type: rows, label: 行, required: true, fields: {x: {type: text, label: 子}}}")
    render(form, "one", {"r": [{"_id": "r1", "x": "甲"}]}, today=DAY)
    known = ref(form)
    del form
    gc.collect()
    assert known() is None
