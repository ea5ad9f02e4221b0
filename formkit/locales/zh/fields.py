"""字段类型自己的中文词句：代码 → 模板。"""

SENTENCES: dict[str, str] = {
    "date.hint": "例如 2024-09-01。",
    "month.hint": "例如 2024-09。",
    "year.hint": "四位数字，例如 2024。",
    "date.format": "{year}年{month}月{day}日",
    "month.format": "{year}年{month}月",
    "year.format": "{year}年",
    "money.suffix": "元",
    "consent.given": "已确认",
    "choices.between": "、",
    "rows.format": "共 {count} 行",
    "group.format": "已填写 {count} 项",
    "file.unnamed": "已上传的文件",
    "file.hint": "可上传 {formats} 文件，每个不超过 {size}。",
    "file.hint.several": "最多 {max} 个。",
    "image.hint.pixels": "宽至少 {width}、高至少 {height} 像素。",
    "image.hint.portrait": "须为竖版。",
    **{f"month.{number}": str(number) for number in range(1, 13)},
}
