"""Gets a machine ready for the tests: Chromium with Chinese fonts, and strace, by apt where they are missing."""

import os
import shutil
import subprocess
import sys

PACKAGES = ("chromium", "fonts-noto-cjk", "strace")


def main() -> int:
    """Installs what is missing; says what to do where it cannot."""
    if browser() is not None and shutil.which("strace"):
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES)
    if browser() is None:
        print(
            "no Chromium found: install it (Debian: apt-get install chromium fonts-noto-cjk; elsewhere:\n"
            ".venv/bin/playwright install chromium), or name one in CHROMIUM; browser tests are skipped without it",
            file=sys.stderr,
        )
        return 1 if os.environ.get("CI") else 0
    return 0


def browser() -> str | None:
    """The Chromium to test with: $CHROMIUM, else one on the path."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _run(*command: str) -> None:
    subprocess.run(
        command, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, stdout=subprocess.DEVNULL
    )


if __name__ == "__main__":
    raise SystemExit(main())
