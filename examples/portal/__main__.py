"""`python -m examples.portal --port 8000 --data data`: serves the portal."""

import argparse
from pathlib import Path

import uvicorn

from examples.portal.app import portal_app


def main() -> None:
    """Reads the options and serves until stopped."""
    parser = argparse.ArgumentParser(prog="python -m examples.portal", description="The demonstration portal.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen at")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the folder in which everything is kept")
    options = parser.parse_args()
    app = portal_app(options.data)
    print(f"广东省会计信息服务平台（演示） → http://{options.host}:{options.port}/", flush=True)
    print(f"Data in {options.data}/ · stop with Ctrl-C", flush=True)
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning")


if __name__ == "__main__":
    main()
