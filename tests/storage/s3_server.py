"""A real S3-compatible store for the tests, SeaweedFS, over HTTP on loopback, in a folder of its own."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event
from types import TracebackType

import obstore
from obstore.store import S3Store

BUCKET = "formkit"
KEY, SECRET = "tests", "a secret of the tests"
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
_PORTS = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc")
_PORTS += ("filer.port", "filer.port.grpc", "s3.port", "s3.port.grpc")
_OPTIONS = {
    "ip": "127.0.0.1",
    "ip.bind": "127.0.0.1",
    "s3": "true",
    "s3.autoCreateBucket": "false",
    "s3.iam": "false",
    "s3.port.iceberg": "0",
    "s3.port.lance": "0",
    "master.electionTimeout": "1s",
    "master.heartbeatInterval": "100ms",
    "master.telemetry": "false",
    "master.volumePreallocate": "false",
    "master.volumeSizeLimitMB": "64",
    "volume.max": "4",
    "volume.minFreeSpacePercent": "0",
    "volume.preStopSeconds": "0",
}


class S3Server:
    """Started by `with`; can be killed and started again in between."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._folder = Path(tempfile.mkdtemp(prefix="formkit-s3-"))
        self._ports = dict(zip(_PORTS, _free_ports(len(_PORTS)), strict=True))
        self._process: subprocess.Popen[bytes] | None = None
        self._names = count(1)
        self.endpoint = f"http://127.0.0.1:{self._ports['s3.port']}"
        self._sign_of_life = f"{self.endpoint}/healthz"

    def __enter__(self) -> "S3Server":
        identity = {"name": KEY, "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
        (self._folder / "identities.json").write_text(json.dumps({"identities": [identity]}))
        try:
            self.start()
            self._make_bucket()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def new_place(self) -> str:
        """The URL of an empty place in the bucket."""
        return f"s3://{BUCKET}/tests/{next(self._names)}?endpoint={self.endpoint}&region=us-east-1"

    def start(self) -> None:
        """Begin to serve; returns when it does."""
        options = {**_OPTIONS, **self._ports, "dir": self._folder, "s3.config": self._folder / "identities.json"}
        command = [self._program, "server", *(f"-{name}={value}" for name, value in options.items())]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log)
        while not self._answers():
            if self._process.poll() is not None:
                raise RuntimeError((self._folder / "log").read_text()[-2000:])
            Event().wait(0.05)

    def kill(self) -> None:
        """End, without a farewell."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self._sign_of_life, timeout=5):  # noqa: S310 - on loopback
                return True
        except OSError:
            return False

    def _make_bucket(self) -> None:
        everywhere = S3Store(
            BUCKET,
            endpoint=self.endpoint,
            region="us-east-1",
            access_key_id=KEY,
            secret_access_key=SECRET,
            client_options={"allow_http": True},
        )
        signed = obstore.sign(everywhere, "PUT", "", timedelta(minutes=1))
        with urllib.request.urlopen(urllib.request.Request(signed, method="PUT"), timeout=30):  # noqa: S310
            obstore.put(everywhere, "ready", b"yes")
        # Started again, it answers some time before it finds what it holds.
        self._sign_of_life = obstore.sign(everywhere, "GET", "ready", timedelta(days=1))


def program() -> str | None:
    """SeaweedFS's program: of the wheel, beside this Python, or on the path."""
    beside = Path(sys.executable).with_name("weed")
    return str(beside) if beside.exists() else shutil.which("weed")


def _free_ports(number: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
