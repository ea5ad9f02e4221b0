"""The front door: everything it promises is there, and opening it costs next to nothing."""

import subprocess
import sys

import formkit


def test_everything_promised_is_there() -> None:
    for name in formkit.__all__:
        assert getattr(formkit, name) is not None
    assert sorted(formkit._ROOM_OF) == sorted(formkit.__all__)


def test_what_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(formkit, "nothing_of_the_kind")


def test_validating_loads_no_templates() -> None:
    program = "import sys, formkit; formkit.validate; print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
