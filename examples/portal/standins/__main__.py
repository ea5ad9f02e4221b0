"""`python -m examples.portal.standins --port 8200 --data folder`: serves the stand-ins."""

import argparse
import logging
import socket
from pathlib import Path

import uvicorn

from examples.portal.standins.app import standins_app


def main() -> None:
    """Reads the options and serves until stopped."""
    parser = argparse.ArgumentParser(prog="python -m examples.portal.standins", description="Stand-in services.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    parser.add_argument("--port", type=int, default=8200, help="the port to listen at; 0 for any that is free")
    parser.add_argument("--data", type=Path, default=Path("standins-data"), help="the folder everything is kept in")
    options = parser.parse_args()
    logging.basicConfig(format="%(message)s")
    app = standins_app(options.data)
    with socket.create_server((options.host, options.port)) as listening:
        address = f"http://{options.host}:{listening.getsockname()[1]}"
        print(f"全国平台、继续教育（演示替身） stand-ins → {address}", flush=True)
        print(f"Secrets of the places in {options.data}/places.json · stop with Ctrl-C", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off")).run(sockets=[listening])


if __name__ == "__main__":
    main()
