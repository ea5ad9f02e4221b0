"""编辑器里显示的中文句子：代码 → 模板。"""

SENTENCES: dict[str, str] = {
    "type": "类型：{type}",
    "choices": "选项：",
    "more": "- 另有 {count} 个",
    "declared": "写在 {place}",
    "or": "或",
}
