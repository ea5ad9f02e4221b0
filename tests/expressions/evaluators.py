"""The three evaluators behind one door, so that tests can hold them equal: interpreter, compiled, browser."""

import functools
import http.server
import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from formkit.expressions import BUILT_IN, UNKNOWN, Context, Rule
from formkit.expressions.browser import browser_context, evaluator_module, functions_module
from formkit.expressions.interpret import Reading, interpret

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
_PAGE = '<!doctype html><meta charset="utf-8"><title>rules</title><script type="module" src="/page.js"></script>'
_SCRIPT = """
import { evaluate } from "/rules.js";
import { functions } from "/functions.js";
const said = (answer) => (answer === undefined ? "unknown" : { answer });
// In a task of the page's own: what the test harness evaluates itself is not under the policy.
window.sayAll = async (cases) => {
  await new Promise((resolve) => setTimeout(resolve));
  return JSON.stringify(cases.map(([ir, ...rest]) => said(evaluate(ir, ...rest, functions))));
};
try {
  window.evalSaid = new Function("return 'allowed'")();
} catch (error) {
  window.evalSaid = error.name;
}
window.callAll = (calls) => calls.map(([name, args]) => functions[name](...args));
document.title = "ready";
"""


def interpreted(rule: Rule, values: Any, row: Any, context: Context) -> Any:
    """What the reference interpreter says: true, false, a value, None or UNKNOWN."""
    return interpret(rule.tree, Reading(values, row, context, BUILT_IN))


def compiled(rule: Rule, values: Any, row: Any, context: Context) -> Any:
    """What the compiled rule says: a condition's UNKNOWN is where it is neither true nor false."""
    if not rule.tree.is_condition:
        return rule.value(values, row, context)
    true, false = rule.is_true(values, row, context), rule.is_false(values, row, context)
    assert isinstance(true, bool), rule.text
    assert isinstance(false, bool), rule.text
    assert not (true and false), rule.text
    return True if true else False if false else UNKNOWN


def in_browser(page: Page, cases: Iterable[tuple[Rule, Any, Any, Context]]) -> list[Any]:
    """What rules.js says to each case, in a page under a strict content security policy."""
    sent = [[rule.to_browser(), values, row, browser_context(context)] for rule, values, row, context in cases]
    answers = page.evaluate("cases => sayAll(JSON.parse(cases))", json.dumps(sent))
    return [UNKNOWN if said == "unknown" else said["answer"] for said in json.loads(answers)]


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        files = {
            "/": ("text/html", _PAGE),
            "/page.js": ("text/javascript", _SCRIPT),
            "/rules.js": ("text/javascript", evaluator_module()),
            "/functions.js": ("text/javascript", functions_module(BUILT_IN.values())),
        }
        if self.path not in files:
            self.send_error(404)
            return
        kind, text = files[self.path]
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Nothing is logged."""


@contextmanager
def _served() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def rules_page(browser: Browser) -> Iterator[Page]:
    """A page in real Chromium that has loaded rules.js."""
    with _served() as address:
        page = browser.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: refused.append(str(error)))
        page.goto(address)
        page.wait_for_function("document.title === 'ready'")
        yield page
        assert [text for text in refused if "favicon" not in text and "404" not in text] == []
        page.close()
