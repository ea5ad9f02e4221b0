"""The ten lines of the README."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "quickstart.py"


def test_it_runs_and_says_what_is_wrong() -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLE)],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    first, last = ran.stdout.splitlines()
    assert first.startswith("guests ") and "5" in first
    assert "'name': '张三'" in last and "guests" not in last


def test_it_stays_about_ten_lines() -> None:
    code = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(code) <= 12


def test_its_form_is_what_the_command_line_writes() -> None:
    template = (ROOT / "formkit" / "cli" / "new_form.yaml").read_text(encoding="utf-8")
    written = EXAMPLE.with_suffix(".yaml").read_text(encoding="utf-8")
    assert written == template.replace("NAME", "quickstart")
