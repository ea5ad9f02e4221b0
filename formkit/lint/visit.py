"""The form that the examples of several rules begin with."""

VISIT = """\
form: visit
title: {zh: 参观登记, en: Visit}
edition: 2025-01-01
choices:
  visitor: {adult: {zh: 成人, en: Adult}, child: {zh: 儿童, en: Child}}
steps:
  one:
    title: {zh: 登记, en: Registration}
    fields:
      visitor: {type: choice, choices: visitor, label: {zh: 参观人, en: Visitor}, required: true}
      age: {type: integer, min: 0, max: 120, label: {zh: 年龄, en: Age}, required: true}
"""
