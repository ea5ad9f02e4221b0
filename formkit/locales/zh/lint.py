"""中文：整张表哪里不合理（formkit/lint/）。"""

SENTENCES: dict[str, str] = {
    "unused-fact": "事实“{value}”（{label}）没有任何条件用到。",
    "unused-fact.hint": "不需要就删掉这一行；需要就在条件里写 facts.{value}。",
    "unused-choices": "选项表“{value}”没有任何字段用到。",
    "unused-choices.hint": "不需要就删掉；需要就在字段里写 choices: {value}。",
}
