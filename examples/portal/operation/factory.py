"""The application that uvicorn makes in each of its processes, from the environment alone."""

import os
from pathlib import Path

from starlette.applications import Starlette

from examples.portal.app import portal_app
from examples.portal.operation import logs
from examples.portal.settings import Settings

DATA = "PORTAL_DATA"
"""The variable that names the folder of what no other variable puts elsewhere."""


def app() -> Starlette:
    """`uvicorn --factory examples.portal.operation.factory:app`."""
    settings = Settings.of(Path(os.environ.get(DATA, "data")))
    logs.begin(settings.log_format)
    return portal_app(settings)
