"""Small pairs of forms, one for each kind of change: what stood there, what stands there now, what that is."""

FIELDS = """
form: small
title: {zh: 小表, en: Small form}
edition: 2023-05-26
time_zone: Asia/Shanghai
drafts: {when_published: keep}
facts:
  open: {type: yes_no, label: {zh: 培训未完成, en: Training is open}}
choices:
  status: {working: {zh: 在岗, en: Working}, student: {zh: 在校生, en: Student}, left: {zh: 离岗, en: Left}}
  city: {gz: {label: 广州, children: {th: 天河}}, sz: {label: 珠海, children: {xz: 香洲}}}
steps:
  work:
    title: {zh: 工作, en: Work}
    fields:
      status: {type: choice, label: {zh: 在岗状态, en: Status}, choices: status, required: true}
      place: {type: choice, label: {zh: 地区, en: Place}, choices: city}
      age: {type: integer, label: {zh: 年龄, en: Age}, min: 16}
      pledge: {type: consent, label: {zh: 承诺, en: Pledge}, statement: 内容真实}
      name: {type: text, label: {zh: 姓名, en: Name}, required: true, locked: after_submission}
      pay: {type: integer, label: {zh: 年薪, en: Pay}}
  school:
    title: {zh: 学校, en: School}
    sections:
      card_part:
        title: {zh: 证件, en: Card}
        fields:
          card: {type: text, label: {zh: 学生证, en: Student card}, visible_when: {status: student}}
      rest:
        fields:
          photo: {type: image, label: {zh: 照片, en: Photo}, max_size: 2 MB}
          remark: {type: text, label: {zh: 备注, en: Remark}}
    checks:
      - {rule: age < 100, message: 年龄不对}
workflow:
  start: filed
  states:
    filed: {label: {zh: 已归档, en: Filed}}
    moved: {label: {zh: 已调出, en: Moved}, final: true}
    held: {label: {zh: 暂停, en: Held}}
  transitions:
    move: {from: filed, to: moved, by: system, label: {zh: 调出, en: Move}, after: 2 working_days}
    hold: {from: filed, to: held, by: applicant, label: {zh: 暂停办理, en: Hold}}
    resume: {from: held, to: filed, by: applicant, label: {zh: 恢复, en: Resume}}
""".lstrip()

SAFE, ASKS, BREAKS = "safe", "asks_again", "breaking"
STUDENT = "（在岗状态为在校生时）"
REMARK = "          remark: {type: text, label: {zh: 备注, en: Remark}}\n"

# (what stood there, what stands there now, code, severity, the Chinese sentence)
PAIRS = (
    (
        "form: small",
        "form: other",
        "form-renamed",
        BREAKS,
        "表单的名称代码从“small”改为“other”，已有的记录不属于新的表单",
    ),
    ("2023-05-26", "2022-01-01", "edition-backwards", BREAKS, "新文件的版本 2022-01-01 早于旧文件的版本 2023-05-26"),
    (
        "Asia/Shanghai",
        "Asia/Tokyo",
        "time-zone-changed",
        ASKS,
        "时区从 Asia/Shanghai 改为 Asia/Tokyo，“今天”按新的时区算",
    ),
    (
        "when_published: keep",
        "when_published: restart",
        "drafts-changed",
        SAFE,
        "发布新版本时，未提交的草稿的处理从“按原来的版本填完”改为“重新开始”",
    ),
    (
        "title: {zh: 小表, en: Small form}",
        "title: {zh: 小表}",
        "languages-changed",
        SAFE,
        "表单的语言从 zh, en 改为 zh",
    ),
    (
        "facts:\n",
        "facts:\n  known: {type: yes_no, label: 已知}\n",
        "fact-added",
        BREAKS,
        "新增平台事实“已知”，平台必须能提供",
    ),
    (
        "facts:\n  open: {type: yes_no, label: {zh: 培训未完成, en: Training is open}}\n",
        "",
        "fact-removed",
        SAFE,
        "不再使用平台事实“培训未完成”",
    ),
    (
        "open: {type: yes_no",
        "open: {type: text",
        "fact-changed",
        BREAKS,
        "平台事实“培训未完成”的类型变了，平台要按新的类型提供",
    ),
    (
        "steps:\n",
        "steps:\n  first:\n    title: 须知\n    fields:\n      tip: {type: note, label: 提示, text: 请看}\n",
        "step-added",
        SAFE,
        "新增步骤“须知”",
    ),
    ("  school:\n", "  study:\n", "step-removed", SAFE, "取消步骤“学校”"),
    ("      rest:\n", "      others:\n", "section-removed", SAFE, "取消栏目“rest”"),
    ("      rest:\n", "      others:\n", "section-added", SAFE, "新增栏目“others”"),
    (REMARK, REMARK + "          more: {type: text, label: 其他}\n", "field-added", SAFE, "新增“其他”（选填）"),
    (
        REMARK,
        REMARK + "          more: {type: text, label: 其他, visible_when: {status: student}, required: true}\n",
        "field-added",
        ASKS,
        f"新增“其他”（必填）{STUDENT}",
    ),
    (REMARK, "", "field-removed", BREAKS, "取消“备注”，以后不再填写，已填的内容不再使用"),
    (
        "remark: {type: text",
        "remarks: {renamed_from: remark, type: text",
        "field-renamed",
        SAFE,
        "备注：代码从 remark 改为 remarks，已填的内容照用",
    ),
    (
        ("      pay: ", REMARK),
        ("      remark: {type: text, label: {zh: 备注, en: Remark}}\n      pay: ", ""),
        "field-moved",
        SAFE,
        "备注：从步骤“学校”移到步骤“工作”",
    ),
    ("pay: {type: integer", "pay: {type: text", "type-changed", BREAKS, "年薪：从整数改为一行文字，已填的内容不能照用"),
    ("max_size: 2 MB", "max_size: 500 KB", "limit-tightened", ASKS, "照片：文件最大从 2 MB 收紧为 500 KB"),
    ("min: 16", "min: 14", "limit-loosened", SAFE, "年龄：最小值从 16 放宽为 14"),
    (
        "remark: {type: text",
        "remark: {pattern: '[a-z]+', type: text",
        "format-changed",
        ASKS,
        "备注：书写格式从 不限 改为 [a-z]+",
    ),
    (
        "choices: status",
        "display: select, choices: status",
        "look-changed",
        SAFE,
        "在岗状态：选项的样式从 默认 改为 select，只影响显示",
    ),
    ("zh: 备注", "zh: 附言", "text-changed", SAFE, "附言：名称从“备注”改为“附言”"),
    ("zh: 备注, en: Remark}", "zh: 备注, en: Remark}, hint: 可不填", "text-added", SAFE, "备注：新增提示“可不填”"),
    (
        "  school:\n    title: {zh: 学校, en: School}\n",
        "  school:\n    title: {zh: 学校, en: Schools}\n",
        "text-changed",
        SAFE,
        "步骤“学校”：标题从“School”改为“Schools”",
    ),
    (
        "内容真实",
        "内容真实完整",
        "statement-changed",
        ASKS,
        "承诺：声明的文字从“内容真实”改为“内容真实完整”，以前的声明不包括新的文字",
    ),
    (
        "{status: student}}",
        "{status: student}, required: true}",
        "became-required",
        ASKS,
        f"学生证：从选填改为必填{STUDENT}",
    ),
    (
        "choices: status, required: true",
        "choices: status",
        "became-optional",
        SAFE,
        "在岗状态：从必填改为选填",
    ),
    (
        "{status: student}}",
        "{status: [student, left]}}",
        "condition-changed",
        ASKS,
        "学生证：显示的条件从“在岗状态为在校生”改为“在岗状态为在校生或离岗”",
    ),
    (
        "zh: 年薪, en: Pay}",
        "zh: 年薪, en: Pay}, locked_when: facts.open",
        "lock-added",
        ASKS,
        "年薪：改为锁定，不能修改（培训未完成为是时）",
    ),
    (", locked: after_submission", "", "lock-removed", SAFE, "姓名：取消锁定，可以修改（原来：提交以后）"),
    (
        "locked: after_submission",
        "locked_when: facts.open",
        "lock-changed",
        ASKS,
        "姓名：锁定的条件从“提交以后”改为“培训未完成为是”",
    ),
    (
        "zh: 年薪, en: Pay}",
        "zh: 年薪, en: Pay}, value: age * 2",
        "calculation-changed",
        ASKS,
        "年薪：改为自动计算：age * 2",
    ),
    (
        "message: 年龄不对}\n",
        "message: 年龄不对}\n      - {rule: pay > 0, message: 年薪不对}\n",
        "check-added",
        ASKS,
        "步骤“学校”：新增检查“年薪不对”",
    ),
    (
        "    checks:\n      - {rule: age < 100, message: 年龄不对}\n",
        "",
        "check-removed",
        SAFE,
        "步骤“学校”：取消检查“年龄不对”",
    ),
    (
        "age < 100",
        "age < 90",
        "check-changed",
        ASKS,
        "步骤“学校”：检查“年龄不对”的要求从“年龄小于100”改为“年龄小于90”",
    ),
    (
        "status: {working:",
        "status: {retired: {label: 退休, since: 2024-01-01}, working:",
        "choice-added",
        SAFE,
        "在岗状态：新增选项“退休”（从 2024-01-01 起可选）",
    ),
    (
        "working: {zh: 在岗, en: Working}",
        "at_work: {renamed_from: working, label: {zh: 在岗, en: Working}}",
        "choice-renamed",
        SAFE,
        "在岗状态：选项“在岗”的代码从 working 改为 at_work，已选的照用",
    ),
    (
        "left: {zh: 离岗, en: Left}",
        "left: {until: 2024-09-25, label: {zh: 离岗, en: Left}}",
        "choice-retired",
        ASKS,
        "在岗状态：选项“离岗”不再一直可选（到 2024-09-25 为止可选），已存档的照留",
    ),
    (
        ("  status: {working", ", left: {zh: 离岗, en: Left}}"),
        ("  status: {left: {zh: 离岗, en: Left}, working", "}"),
        "order-changed",
        SAFE,
        "在岗状态：选项的先后次序有变化",
    ),
    (
        ("      pay: {type: integer, label: {zh: 年薪, en: Pay}}\n", "      age: "),
        ("", "      pay: {type: integer, label: {zh: 年薪, en: Pay}}\n      age: "),
        "order-changed",
        SAFE,
        "步骤“工作”：各项内容的先后次序有变化",
    ),
    (", left: {zh: 离岗, en: Left}", "", "choice-removed", BREAKS, "在岗状态：删除选项“离岗”，已选它的内容不再有效"),
    (
        "{th: 天河}}, sz: {label: 珠海, children: {xz: 香洲}}",
        "{th: 天河, xz: 香洲}}, sz: {label: 珠海, children: {dm: 斗门}}",
        "choice-moved",
        ASKS,
        "地区：选项“广州 香洲”换了上级",
    ),
    (
        ("    held: {", "    hold: {"),
        (
            "    closed: {label: 已注销, final: true}\n    held: {",
            "    close: {from: held, to: closed, by: applicant, label: 注销}\n    hold: {",
        ),
        "state-added",
        SAFE,
        "新增状态“已注销”",
    ),
    (
        "en: Moved}, final: true",
        "en: Moved}, final: true, reapply: true",
        "state-changed",
        SAFE,
        "状态“已调出”：是否为最终状态、能否修改或者重新申请有变化",
    ),
    ("start: filed", "start: held", "start-changed", SAFE, "提交后的第一个状态从“已归档”改为“暂停”"),
    (
        "start: filed",
        "start: filed\n  after_change: held",
        "after-change-changed",
        SAFE,
        "本人变更后进入的状态从“（不能变更，重新提交）”改为“暂停”",
    ),
    (
        "    resume: {",
        "    drop: {from: held, to: moved, by: applicant, label: 撤销}\n    resume: {",
        "transition-added",
        SAFE,
        "新增流转“撤销”",
    ),
    (
        "    resume: {from: held, to: filed, by: applicant, label: {zh: 恢复, en: Resume}}\n",
        "    leave: {from: held, to: moved, by: applicant, label: 离开}\n",
        "transition-removed",
        BREAKS,
        "取消流转“恢复”，原来由它办理的要另作安排",
    ),
    (
        "to: held, by: applicant",
        "to: held, by: office",
        "transition-changed",
        ASKS,
        "流转“暂停办理”：从“已归档 → 暂停，由本人办理”改为“已归档 → 暂停，由office办理”",
    ),
    ("after: 2 working", "after: 5 working", "delay-changed", SAFE, "流转“调出”：期限从“2 个工作日”改为“5 个工作日”"),
)

# Pairs read backwards: (code forwards, code backwards, severity, the Chinese sentence).
BACKWARDS = (
    ("text-added", "text-removed", SAFE, "备注：取消提示“可不填”"),
    ("choice-retired", "choice-restored", SAFE, "在岗状态：选项“离岗”可选的日期放宽（任何一天可选）"),
    ("state-added", "state-removed", BREAKS, "取消状态“已注销”，正处在这个状态的记录要先安排去处"),
)
