"""An editor: starts the server and speaks the protocol with it over its standard streams."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).parents[2]


class Editor:
    """A client of one server process; what the server sends unasked waits in `said`."""

    def __init__(self, folder: Path, locale: str | None = "en", *words: str) -> None:
        command = [sys.executable, "-m", "formkit.cli", "lsp", "--stdio", *words]
        self.folder, self.said, self._asked = folder, list[Any](), 0
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder, env={"PYTHONPATH": str(ROOT)}
        )
        told = {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}, "locale": locale}
        self.server = self.ask("initialize", {name: value for name, value in told.items() if name != "locale" or value})
        self.tell("initialized", {})

    def __enter__(self) -> "Editor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.ask("shutdown", None)
            self.tell("exit", None)
            assert self.process.wait(20) == 0
        self.process.kill()
        self.process.communicate()

    def ask(self, method: str, params: Any) -> Any:
        """The answer to a request."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            heard = self._heard()
            if heard.get("id") == self._asked and "method" not in heard:
                assert "error" not in heard, heard
                return heard["result"]
            self.said.append(heard)

    def tell(self, method: str, params: Any) -> None:
        """A notification."""
        self._send({"method": method, "params": params})

    def told(self, name: str) -> list[Any]:
        """The next diagnostics of a file."""
        while True:
            heard = self.said.pop(0) if self.said else self._heard()
            if heard.get("method") == "textDocument/publishDiagnostics" and heard["params"]["uri"] == self.uri(name):
                return list(heard["params"]["diagnostics"])

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> list[Any]:
        """Opens a file with a text that may not be saved; the diagnostics."""
        document = {"uri": self.uri(name), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return self.told(name)

    def change(self, name: str, text: str, version: int = 2) -> None:
        document = {"uri": self.uri(name), "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def close(self, name: str) -> None:
        """Closes a file, of which nothing is said any more."""
        self.tell("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})
        while self.told(name):
            pass
        self.said.clear()

    def at(self, what: str, name: str, text: str, mark: str, after: int = 0) -> Any:
        """What a request says of the place where a mark stands in a text, in the units of the protocol."""
        offset = text.index(mark) + after
        line = text.count("\n", 0, offset)
        before = text[text.rfind("\n", 0, offset) + 1 : offset]
        position = {"line": line, "character": len(before.encode("utf-16-le")) // 2}
        return self.ask(f"textDocument/{what}", {"textDocument": {"uri": self.uri(name)}, "position": position})

    def proposals(self, name: str, text: str, mark: str, after: int = 0) -> list[str]:
        return [item["label"] for item in self.at("completion", name, text, mark, after)["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _heard(self) -> Any:
        stream = self.process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server has ended"
        return json.loads(stream.read(length))
