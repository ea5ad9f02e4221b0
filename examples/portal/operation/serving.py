"""Serving: everything is made ready once, then one or several processes share a socket until they are told to stop."""

import os
import signal
import socket
import sys
import threading
from pathlib import Path

import uvicorn
from uvicorn.supervisors import Multiprocess

from examples.portal.app import open_office
from examples.portal.demo import STAFF, seed_demo
from examples.portal.operation import logs
from examples.portal.operation.factory import DATA
from examples.portal.people import DEMO_PASSWORD, demo_people
from examples.portal.settings import Settings
from examples.portal.standins.app import standins_app
from examples.portal.standins.places import places_in

STOPPING_SECONDS = 30
"""How long requests that are running may take to end."""
_FACTORY = "examples.portal.operation.factory:app"


def serve(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serves until SIGTERM or Ctrl-C; what runs then is answered. Port 0 is any that is free."""
    signal.signal(signal.SIGTERM, _stop)
    logs.begin(settings.log_format)
    if settings.development and not settings.national_url:
        settings = _with_standins(settings)
    make_ready(settings)
    os.environ[DATA] = str(settings.data)
    config = uvicorn.Config(
        _FACTORY,
        factory=True,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOPPING_SECONDS,
    )
    with socket.create_server((host, port), backlog=config.backlog) as listening:
        _greet(settings, f"http://{host}:{listening.getsockname()[1]}")
        if workers > 1:
            _Workers(config, [listening]).run()
        else:
            uvicorn.Server(config).run([listening])


class _Workers(Multiprocess):
    """Processes that share the socket; who comes while they stop is refused at once instead of waiting for nobody."""

    def terminate_all(self) -> None:
        """The last holder of the socket but the processes lets go of it, then they are told to stop."""
        for listening in self.sockets:
            listening.close()
        super().terminate_all()


def _with_standins(settings: Settings) -> Settings:
    """The demonstration's own national platform and continuing education, over HTTP as the real ones would be."""
    folder = settings.data / "standins"
    app = standins_app(folder)
    secret = places_in(folder)[settings.place].decode()
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="stand-ins", daemon=True).start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    for name in ("NATIONAL", "EDUCATION"):
        os.environ[f"PORTAL_{name}_URL"], os.environ[f"PORTAL_{name}_SECRET"] = address, secret
    return Settings.of(settings.data)


def make_ready(settings: Settings) -> None:
    """The database, its tables and the demonstration's people, before several processes look for them."""
    office = open_office(settings)
    try:
        if settings.development:
            seed_demo(office, office.clock())
    finally:
        office.close()


def print_people(address: str) -> None:
    """Whom one may sign in as: invented people with invented numbers."""
    print(f"登录 Sign in: {address}/login · 密码 password: {DEMO_PASSWORD}")
    for person in demo_people().values():
        print(f"  {person.facts['id_number']}  {person.name.in_('zh')}  {person.about.in_('zh')}")
    names = " · ".join(name for name, _, _ in STAFF)
    print(f"财政部门 staff: {address}/staff/login · {names} · 同一密码 same password")
    print(f"短信 SMS: {address}/development/messages", flush=True)


def _greet(settings: Settings, address: str) -> None:
    kind = "（演示）" if settings.development else ""
    print(f"广东省会计信息服务平台{kind} → {address}/", flush=True)
    if settings.development:
        print_people(address)
    print(f"Data in {Path(settings.data)}/ · stop with Ctrl-C", flush=True)


def _stop(*_: object) -> None:
    """Where uvicorn has answered the signal it raises it again; a stop that was asked for is no failure."""
    sys.exit(0)
