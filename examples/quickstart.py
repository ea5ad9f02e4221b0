"""Load a form, validate answers, render a page: formkit in ten lines. Run it: `python examples/quickstart.py`."""

from pathlib import Path

import formkit
from formkit.locales import issue_sentence

form = formkit.load(Path(__file__).with_name("quickstart.yaml"))

answers = {"name": "张三", "email": "zhang.san@example.com", "way": "on_site", "guests": "7"}
result = formkit.validate(form, answers, today="2026-11-23")
for issue in result.issues:
    print(issue.path, issue_sentence(issue, "en"))

page = formkit.render(form, "attendance", answers, issues=result.issues, today="2026-11-23", language="en")
print(len(page), "characters of HTML; to be stored:", result.values)
