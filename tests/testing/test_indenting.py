"""Pages as people and diffs read them."""

from formkit.testing.indenting import indented


def test_a_tag_a_line() -> None:
    assert indented("<!doctype html><ul><li class=a>  甲\n乙 </li><li><br>&amp;&#60;x</li></ul>") == (
        "<!doctype html>\n<ul>\n  <li class=a>\n    甲 乙\n  </li>\n  <li>\n    <br>\n    &amp;&#60;x\n  </li>\n</ul>\n"
    )


def test_what_is_written_as_it_is_stays_so() -> None:
    assert indented("<div><textarea>a\n  b</textarea><pre> x</pre></div>") == (
        "<div>\n  <textarea>\na\n  b\n  </textarea>\n  <pre>\n x\n  </pre>\n</div>\n"
    )


def test_markup_that_is_not_closed() -> None:
    assert indented("<p>a<b>c</p>d<img\n alt=x/><!--e-->") == (
        "<p>\n  a\n  <b>\n    c\n</p>\nd\n<img alt=x/>\n<!--e-->\n"
    )


def test_pages_that_differ_do_so_when_indented() -> None:
    page = '<p id="a">甲</p><input name="x" value="1">'
    for other in (page.replace("甲", "乙"), page.replace('"1"', '"2"'), page.replace(' id="a"', ""), page + "<hr>"):
        assert indented(page) != indented(other)
