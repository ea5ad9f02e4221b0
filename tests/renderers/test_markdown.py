"""Markdown of a form file: formatted, and never more than that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.renderers.markdown import markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**请**如实填写", "<p><strong>请</strong>如实填写</p>"),
        ("第一行\n第二行", "<p>第一行<br>\n第二行</p>"),
        ("# 标题", "<h3>标题</h3>"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("<b>粗</b>", "<p>&lt;b&gt;粗&lt;/b&gt;</p>"),
        ("{{ 7 * 7 }}", "<p>{{ 7 * 7 }}</p>"),
        ("![x](http://a.cn/b.png)", '<p>!<a href="http://a.cn/b.png" rel="noopener noreferrer">x</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ],
)
def test_markdown(text: str, html: str) -> None:
    assert markdown(text) == html


@given(st.text(st.sampled_from("<>&\"'/ijaspt:=()[]!*#`\n "), max_size=60))
def test_no_text_becomes_a_script(text: str) -> None:
    html = markdown(text)
    for word in ("<script", "<img", "<i>", "javascript:", " on"):
        assert word not in html.lower() or word in text.lower()
    assert "<script" not in html
