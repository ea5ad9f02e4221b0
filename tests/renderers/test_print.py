"""The whole form on paper."""

from tests.renderers.conftest import FAULTY, Draw


def test_every_step_is_printed_whichever_was_asked_for(draw: Draw) -> None:
    page = draw("about", FAULTY, renderer="print")
    for words in ("个人信息", "工作信息", "学校名称", "奖励 1", "先进", "头像.jpg", "打印日期：2024-06-01"):
        assert words in page
    assert "<form" not in page
    assert "奖励 2" not in page, "a blank row is no answer"
