"""What an author most likely meant by a word that the form language does not have."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from unicodedata import normalize

# What people write → the words of the language it may stand for; the first that is possible counts.
_MEANT: dict[str, tuple[str, ...]] = {
    # keys
    "表单": ("form",),
    "版本": ("edition",),
    "依据": ("basis",),
    "步骤": ("steps",),
    "字段": ("fields",),
    "流程": ("workflow",),
    "类型": ("type",),
    "名称": ("label", "title"),
    "标签": ("label", "title"),
    "标题": ("title", "label"),
    "name": ("label", "title"),
    "提示": ("hint", "note"),
    "说明": ("note", "hint", "text"),
    "help": ("hint", "note"),
    "description": ("hint", "note"),
    "必填": ("required",),
    "是否必填": ("required",),
    "必须": ("required",),
    "锁定": ("locked",),
    "锁定原因": ("lock_reason",),
    "选项": ("choices",),
    "options": ("choices",),
    "检查": ("checks",),
    "规则": ("rule", "checks"),
    "提示语": ("message", "hint"),
    "格式": ("formats", "pattern"),
    "regex": ("pattern",),
    "大小": ("max_size",),
    "最大长度": ("max_length",),
    "最长": ("max_length",),
    "最小长度": ("min_length",),
    "最短": ("min_length",),
    "最大值": ("max",),
    "最小值": ("min",),
    "开始": ("start", "since"),
    "开始日期": ("since",),
    "截止": ("until",),
    "截止日期": ("until",),
    # field types
    "文本": ("text",),
    "文字": ("text",),
    "string": ("text",),
    "长文本": ("long_text",),
    "多行文本": ("long_text",),
    "textarea": ("long_text",),
    "整数": ("integer",),
    "数字": ("integer",),
    "number": ("integer",),
    "小数": ("decimal",),
    "金额": ("money",),
    "是否": ("yes_no",),
    "bool": ("yes_no",),
    "boolean": ("yes_no",),
    "承诺": ("consent",),
    "同意": ("consent",),
    "单选": ("choice", "radio"),
    "选择": ("choice",),
    "dropdown": ("choice", "select"),
    "多选": ("choices",),
    "checkbox": ("choices",),
    "日期": ("date",),
    "年月": ("month",),
    "月份": ("month",),
    "年份": ("year",),
    "年度": ("year",),
    "邮箱": ("email",),
    "电子邮箱": ("email",),
    "手机": ("mobile",),
    "手机号": ("mobile",),
    "手机号码": ("mobile",),
    "phone": ("mobile",),
    "密码": ("password",),
    "身份证": ("resident_id",),
    "身份证号": ("resident_id",),
    "身份证号码": ("resident_id",),
    "证件号码": ("identity_document",),
    "图片": ("image",),
    "照片": ("image",),
    "picture": ("image",),
    "photo": ("image",),
    "文件": ("file",),
    "附件": ("file",),
    "attachment": ("file",),
    "分组": ("group",),
    "表格": ("rows",),
    "多行": ("rows",),
    "table": ("rows",),
    # words that are values
    "提醒": ("warning",),
    "警告": ("warning",),
    "错误": ("error",),
    "升级": ("upgrade",),
    "保留": ("keep",),
    "重新开始": ("restart",),
    "重填": ("restart",),
    "只读": ("read_only",),
    "开放": ("open",),
    "可以办理": ("open",),
    "总是": ("always",),
    "永远": ("always",),
    "提交后": ("after_submission",),
    "提交以后": ("after_submission",),
    "下拉": ("select",),
    "搜索": ("search",),
    "级联": ("cascade",),
    "tree": ("cascade",),
    "jpg": ("jpeg",),
    "今天": ("today",),
    "系统": ("system",),
    "申请人": ("applicant",),
    # languages
    "中文": ("zh",),
    "cn": ("zh",),
    "zh-cn": ("zh",),
    "zh_cn": ("zh",),
    "chinese": ("zh",),
    "英文": ("en",),
    "英语": ("en",),
    "english": ("en",),
    "en-us": ("en",),
    # yes and no
    "是": ("true",),
    "对": ("true",),
    "必填的": ("true",),
    "否": ("false",),
    "不是": ("false",),
    "非必填": ("false",),
    "选填": ("false",),
}
_DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D?")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(k|m|g|千|兆)?(?:b|字节)?")
_DELAY = re.compile(r"(\d{1,4})\s*个?\s*(工作日|working[ _-]?days?|work[ _-]?days?|天|日|days?)(?:后|内|以后)?")
_UNITS = {"k": "KB", "千": "KB", "m": "MB", "兆": "MB"}


def meant(written: str, known: Iterable[str]) -> str:
    """The known word that `written` most likely stands for; empty where none does."""
    names, word = list(known), plain(written)
    by_small = {name.lower(): name for name in names}
    for candidate in (word, *_MEANT.get(word, ()), re.sub(r"[\s-]+", "_", word)):
        if candidate in by_small:
            return by_small[candidate]
    near = get_close_matches(word, by_small, n=1, cutoff=0.6)
    return by_small[near[0]] if near else ""


def plain(written: str) -> str:
    """The text in half-width small letters."""
    return normalize("NFKC", written).strip().lower()


def meant_day(written: str) -> str | None:
    """The day somebody wrote in another way; empty if the calendar has no such day, None if it looks like none."""
    found = _DAY.fullmatch(plain(written))
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return ""


def meant_size(written: str) -> str:
    """The size in our way of writing; megabytes where the unit is missing."""
    found = _SIZE.fullmatch(plain(written))
    unit = _UNITS.get(found[2] or "m") if found else None
    return f"{found[1]} {unit}" if found and unit else ""


def meant_delay(written: str) -> str:
    """The delay in our way of writing."""
    found = _DELAY.fullmatch(plain(written))
    if found is None:
        return ""
    number = int(found[1])
    unit = "working_day" if found[2].startswith(("工", "work")) else "day"
    return f"{number} {unit}{'' if number == 1 else 's'}"


def meant_number(written: str) -> str:
    """The whole number that stands in a text beside a unit, or in full-width digits."""
    found = re.fullmatch(r"(\d{1,9})\s*\D{0,4}", plain(written))
    return str(int(found[1])) if found else ""


def meant_id(written: str, pattern: str) -> str:
    """An id that is legal and like `written`."""
    word = re.sub(r"[\s.-]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", written.strip()))
    word = plain(word)
    return word if re.match(pattern, word) else ""
