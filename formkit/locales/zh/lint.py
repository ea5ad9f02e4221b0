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
    # --- 步骤的先后（formkit/lint/later_steps.py）---
    "reads-later-step": "{name}在“{here}”，规则却要看后面“{later}”里的{read}：填到这里时，那里还是空白。",
    "reads-later-step.hint": "请把{read}移到这一步或者前面，或者把这条规则移到“{later}”或者更后面。",
    # --- 各种语言的文字（formkit/lint/translations.py）---
    "missing-translation": "{value}没有写{language}，而表单的标题写了{language}。",
    "missing-translation.hint": "请补上 {code}: …；不需要{language}的，请从标题里删掉。",
    "one_text": "“{value}”",
    "one_of_many": "“{value}”等 {count} 个选项",
    "language.zh": "中文",
    "language.en": "英文",
    # --- 日期和年份（formkit/lint/days.py）---
    "implausible-year": "{value} 年不合常理：这里通常在 {earliest} 年至 {latest} 年之间。",
    "implausible-year.hint": "请核对是不是写错了一个数字。",
    "before-edition": "{value} 早于这一版的生效日期 {edition}：还没有生效就已经过期，不起作用。",
    "before-edition.hint": "请改成 {edition} 以后的日期；不需要期限的，请删掉这一行。",
    # --- 名称（formkit/lint/names.py）---
    "same-label": "选项“{first}”和“{value}”的名称都是“{label}”，填表的人分不清。",
    "same-label.hint": "请把两个选项的名称写得不一样；其中一个已经停用的，请写上 until。",
    "renamed-from-present": "“{name}”写着由“{value}”改名而来，但“{value}”现在是“{by}”的：旧数据不知道归谁。",
    "renamed-from-present.hint": "请核对 renamed_from；没有改过名的，请删掉。",
    # --- 提交以后的办理（formkit/lint/ways.py）---
    "never-ends": "到了“{name}”这个状态，不管怎么办理都不会结束。",
    "never-ends.hint": "请加一条通向结束状态（final: true）的办理，或者在可以重新申请的状态写 reapply: true。",
    "left-at-once": "{name}由系统马上办理，没有期限也没有条件：前一个状态一刻也停不住，没有人看得到。",
    "left-at-once.hint": "请写上期限（after）或者条件（when）；由人办理的，请改 by。",
    "never-taken": "{name}永远轮不到：写在上面的{first}没有条件，总是先办理。",
    "never-taken.hint": "请把{name}移到{first}上面，或者给{first}写上条件（when）。",
    # --- 工作日历（formkit/lint/calendar_years.py）---
    "missing-calendar-year": "日历里没有 {value} 年，而《{form}》的{name}按工作日计算期限：这一年的期限算不出来。",
    "missing-calendar-year.hint": "请按国务院办公厅的放假通知补上 {value} 年。",
    # --- 有意为之的（formkit/lint/allowances.py）---
    "unused-allowance": "这里允许“{value}”，但没有发现这样的问题。",
    "unused-allowance.hint": "请删掉这条注释；问题在别的行的，请把注释移到那一行的上面。",
    "allowance-without-reason": "这里允许“{value}”，但没有写理由。",
    "allowance-without-reason.hint": "请在“{value}”后面写上理由，让以后的人知道为什么。",
    "unknown-allowance": "没有叫“{value}”的检查规则，这条注释不起作用。",
    "unknown-allowance.hint": "请照抄 formkit check 列出的代码，有：{known}。",
    "unknown-allowance.near": "没有叫“{value}”的检查规则，这条注释不起作用。",
    "unknown-allowance.near.hint": "是不是“{near}”？",
    # --- 条件（formkit/lint/always.py）---
    "never-shown": "{name}永远不会显示：不管怎么填，它的显示条件都不成立。",
    "never-shown.hint": "请检查条件里的名称和值是不是写对了；确实不再需要的，请删除。",
    "never-holds": "{name}的{about}永远不成立：不管怎么填都一样，它不起作用。",
    "never-holds.hint": "请检查条件里的名称和值是不是写对了；确实不再需要的，请删除。",
    "always-holds": "{name}的{about}总是成立：不管怎么填都一样，写与不写没有区别。",
    "always-holds.hint": "请检查条件里的名称和值是不是写对了；本来就总是这样的，请删除条件。",
    # --- 检查（formkit/lint/failing.py）---
    "check-never-fails": "{name}的这条检查永远不会提示：不管怎么填，都不会违反它的规则。",
    "check-never-fails.hint": "请检查规则里的名称和值是不是写对了；确实用不着的，请删除。",
    "check-always-fails": "{name}的这条检查总是不通过：不管怎么填，规则都不成立。",
    "check-always-fails.hint": "请检查规则里的名称和值是不是写对了；本来就不准填报的，请把规则写成 no。",
    "checks-contradict": "{when}这条检查和第 {other} 行的检查互相矛盾：怎么填都不能同时通过。",
    "checks-contradict.hint": "请改其中一条的规则，或者用 when 写明各自什么时候检查。",
    # --- 填不了的（formkit/lint/filling.py）---
    "nobody-can-fill": "{when}{name}必须填写，可是怎么填都通不过它自己的检查。",
    "nobody-can-fill.hint": "请改检查的规则，或者改类型的限制；不该问的时候，请用 visible_when 不显示。",
    "limits-exclude-all": "{name}在这一版开始使用的那一天（{day}）什么都不能填：限制把所有的值都排除了。",
    "limits-exclude-all.hint": "请检查 min、max，以及选项的 since、until。",
    # --- 空白（formkit/lint/blanks.py）---
    "not-when-blank": "{name}的{about}写的是“不是”，而没有填写的既不算“是”，也不算“不是”，所以条件不成立。{example}",
    "not-when-blank.hint": "没填也要成立的，请加“or 字段 is blank”；没填不成立的，请加“字段 is not blank and”。",
    # --- 选项（formkit/lint/offered.py）---
    "choice-never-offered": "选项“{choice}”哪一天都不能选：它从 {since} 起才有，到 {until} 就停用了。",
    "choice-never-offered.hint": "请检查它和上级选项的 since、until。",
    "retired-choice-named": "这里用到了选项“{choice}”，它在 {until} 已经停用，以后没有人会再选它。",
    "retired-choice-named.hint": "请改用现在的选项；只为以前的记录保留的，可以不改。",
    # --- 不能断定的（formkit check --thorough）---
    "undecided": "这里没有发现问题，但不能断定：{why}。",
    "undecided.hint": "请自己再看一遍，或者为它写一个测试案例。",
    "undecided.tries": "可能的填法太多，没有全部试完",
    "undecided.values": "规则里有计算，没有办法试遍所有的值",
}
