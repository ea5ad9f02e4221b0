"""`formkit preview`: the forms of a folder in a browser on this machine, afresh at every change of a file."""

import socket
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from formkit.cli.console import Console
from formkit.cli.loading import read_marked, read_object, require_there
from formkit.cli.usage import UsageError

HOST = "127.0.0.1"
_LAST_PORT = 65535


def add_arguments(parser: ArgumentParser, words: Callable[[str], str]) -> None:
    """What `preview` takes."""
    parser.add_argument("path", metavar="PATH", help=words("argument.path"))
    parser.add_argument("--port", metavar="PORT", type=int, default=8000, help=words("argument.port"))
    parser.add_argument("--facts", metavar="FILE", help=words("argument.preview_facts"))
    parser.add_argument("--answers", metavar="FILE", help=words("argument.preview_answers"))
    parser.add_argument("--record", metavar="FILE", help=words("argument.preview_record"))
    parser.add_argument("--against", metavar="PATH", help=words("argument.against"))


def run(options: Namespace, console: Console) -> int:
    """Serves until it is interrupted."""
    require_there(options.path)
    if options.against is not None:
        require_there(options.against)
    facts, answers = read_marked(options.facts), read_object(options.answers) or {}
    record = read_object(options.record)
    try:
        import uvicorn

        from formkit.cli.preview_app import preview_app
    except ImportError:
        raise UsageError("no_web") from None
    app = preview_app(
        Path(options.path),
        language=console.language,
        facts=facts,
        answers=answers,
        record=record,
        against=Path(options.against) if options.against else None,
    )
    with _listening(options.port) as door:
        console.say("preview.running", url=f"http://{HOST}:{door.getsockname()[1]}/")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        try:
            server.run(sockets=[door])
        except KeyboardInterrupt:
            # Ctrl+C is how a preview ends.
            return 0
    return 0


def _listening(port: int) -> socket.socket:
    if not 0 <= port <= _LAST_PORT:
        raise UsageError("port_taken", port=port)
    try:
        return socket.create_server((HOST, port))
    except OSError:
        raise UsageError("port_taken", port=port) from None
