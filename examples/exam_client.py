"""An exam system that asks a portal: whose file there is, and whether what a candidate claims matches it.

EXAM_CLIENT=exam EXAM_SECRET=… python examples/exam_client.py https://kj.example.gov.cn < question.json
"""

import hmac
import json
import os
import secrets
import sys
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import httpx

PATH = "/exam/v1/checks"
SCHEME = "Formkit-HMAC-SHA256"


class Refused(Exception):  # noqa: N818 - read as a sentence: except Refused
    """No answer: `code` is a word, `items` is what is wrong with single claims, `wait` the seconds to wait."""

    def __init__(self, answer: httpx.Response) -> None:
        told = answer.json()
        self.status, self.code, self.items = answer.status_code, str(told["code"]), told.get("items", {})
        self.wait = int(answer.headers.get("retry-after", 0))
        super().__init__(f"{answer.status_code} {told['code']}: {told['message']}")


class ExamClient:
    """A client of the portal that `http` leads to; name and secret are those of its PORTAL_EXAM_CLIENTS."""

    def __init__(self, http: httpx.Client, name: str, secret: str) -> None:
        self._http, self._name, self._secret = http, name, secret.encode()

    def check(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """The status of the file and a verdict on each claim; asked anew after a lost reply, it does no harm."""
        body = json.dumps(question, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Authorization": self._signature(body)}
        answer = self._http.post(PATH, content=body, headers=headers)
        if answer.status_code != httpx.codes.OK:
            raise Refused(answer)
        found: dict[str, Any] = answer.json()
        return found

    def _signature(self, body: bytes) -> str:
        at, nonce = str(int(time.time())), secrets.token_urlsafe(24)
        lines = (SCHEME, self._name, at, nonce, "POST", PATH, sha256(body).hexdigest())
        signature = hmac.new(self._secret, "\n".join(lines).encode(), sha256).hexdigest()
        return f"{SCHEME} place={self._name}, at={at}, nonce={nonce}, signature={signature}"


def main() -> None:
    """Sends the question that comes in, and writes the answer; no number stands on a command line."""
    with httpx.Client(base_url=sys.argv[1], timeout=10) as http:
        client = ExamClient(http, os.environ["EXAM_CLIENT"], os.environ["EXAM_SECRET"])
        try:
            print(json.dumps(client.check(json.load(sys.stdin)), ensure_ascii=False, indent=2))
        except (Refused, httpx.TransportError) as why:
            sys.exit(str(why))


if __name__ == "__main__":
    main()
