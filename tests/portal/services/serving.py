"""Serves an app on loopback in a thread; and a raw server that answers whatever bytes it is told to."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import uvicorn

from examples.portal.services.connection import Connection
from examples.portal.services.national import TransferOut

SECRETS = {place: f"secret of {place} for the tests only".ljust(40, ".").encode() for place in ("43", "44", "440300")}
NUMBER = "44010619880808908X"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """The address of an app. The socket listens before the server runs: no waiting."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def answering(*answers: bytes | Callable[[socket.socket], None]) -> Iterator[tuple[str, list[bytes]]]:
    """A server's address and the requests it got: one answer a connection, the last for all further."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_answer_all, args=(listening, answers, got))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", got
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _answer_all(listening: socket.socket, answers: Any, got: list[bytes]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(5)
            got.append(_request(connection))
            answer = answers[min(len(got), len(answers)) - 1]
            if callable(answer):
                answer(connection)
            else:
                connection.sendall(answer)


def _request(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        request += connection.recv(65536)
    head, _, body = request.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def http(status: str, body: bytes, *headers: str) -> bytes:
    """An answer as bytes; the connection closes after it."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def connection_to(address: str, place: str = "44", **options: Any) -> Connection:
    """A place's connection."""
    return Connection("test", address, **{"place": place, "secret": SECRETS.get(place)} | options)


def transfer(**changes: Any) -> TransferOut:
    """An approved transfer from Guangdong to Changsha."""
    told = {
        "id": "t1",
        "number": NUMBER,
        "name": "张三",
        "document_type": "resident_id",
        "destination": "430100",
        "state": "approved",
        "label": "审核通过",
        "receivable": True,
        "at": NOW,
    }
    return TransferOut(**told | changes)
