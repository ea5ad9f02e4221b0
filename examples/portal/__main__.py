"""`python -m examples.portal --port 8000 --data data`: serves the portal."""

import argparse
import logging
from pathlib import Path

import uvicorn

from examples.portal.app import portal_app
from examples.portal.people import DEMO_PASSWORD, demo_people
from examples.portal.settings import Settings


def main() -> None:
    """Reads the options and serves until stopped."""
    parser = argparse.ArgumentParser(prog="python -m examples.portal", description="The demonstration portal.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen at")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the folder in which everything is kept")
    options = parser.parse_args()
    settings = Settings.of(options.data)
    app = portal_app(settings)
    address = f"http://{options.host}:{options.port}"
    print(f"广东省会计信息服务平台（演示） → {address}/", flush=True)
    if settings.development:
        print_people(address)
        logging.basicConfig(format="%(message)s")
        logging.getLogger("examples.portal.sms").setLevel(logging.INFO)
    print(f"Data in {options.data}/ · stop with Ctrl-C", flush=True)
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning")


def print_people(address: str) -> None:
    """Whom one may sign in as: invented people with invented numbers."""
    print(f"登录 Sign in: {address}/login · 密码 password: {DEMO_PASSWORD}")
    for person in demo_people().values():
        print(f"  {person.facts['id_number']}  {person.name.in_('zh')}  {person.about.in_('zh')}")
    print(f"短信 SMS: {address}/development/messages", flush=True)


if __name__ == "__main__":
    main()
