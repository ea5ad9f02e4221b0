"""中文：整张表哪里不合理（formkit/lint/）。"""

SENTENCES: dict[str, str] = {
    "unused-fact": "事实“{value}”（{label}）没有任何条件用到。",
    "unused-fact.hint": "不需要就删掉这一行；需要就在条件里写 facts.{value}。",
    "unused-choices": "选项表“{value}”没有任何字段用到。",
    "unused-choices.hint": "不需要就删掉；需要就在字段里写 choices: {value}。",
    # --- 句子里用的词（formkit/lint/look.py）---
    "whole_form": "整份表单",
    "about.visible": "显示条件",
    "about.required": "必填条件",
    "about.locked": "锁定条件",
    "about.value": "自动计算的条件",
    "about.hint": "提示的条件",
    "about.check": "检查的前提",
    "about.transition": "办理条件",
    "example": "例如：{told}。",
    "when": "当{told}时，",
    "join": "，",
    "part.is": "{name}是{shown}",
    "part.blank": "{name}没有填写",
    "part.unknown": "{name}查不到",
    # --- 条件（formkit/lint/always.py）---
    "never-shown": "{name}永远不会显示：不管怎么填，它的显示条件都不成立。",
    "never-shown.hint": "请检查条件里的名称和值是不是写对了；确实不再需要的，请删除。",
    "never-holds": "{name}的{about}永远不成立：不管怎么填都一样，它不起作用。",
    "never-holds.hint": "请检查条件里的名称和值是不是写对了；确实不再需要的，请删除。",
    "always-holds": "{name}的{about}总是成立：不管怎么填都一样，写与不写没有区别。",
    "always-holds.hint": "请检查条件里的名称和值是不是写对了；本来就总是这样的，请删除条件。",
    # --- 不能断定的（formkit check --thorough）---
    "undecided": "这里没有发现问题，但不能断定：{why}。",
    "undecided.hint": "请自己再看一遍，或者为它写一个测试案例。",
    "undecided.tries": "可能的填法太多，没有全部试完",
    "undecided.values": "规则里有计算，没有办法试遍所有的值",
}
