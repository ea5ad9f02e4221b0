"""How a command is read: its language, help, and what is wrong with it."""

import subprocess
import sys
from pathlib import Path

import pytest

from formkit.cli.arguments import VERBS, language_of
from formkit.locales import sentences
from tests.cli.conftest import IN_CHINESE, Command


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": "eng"}, "zh"),
        ({"LC_ALL": "", "LANG": "en"}, "en"),
    ],
)
def test_the_language_is_the_systems_else_chinese(environ: dict[str, str], language: str) -> None:
    assert language_of(environ) == language


def test_the_language_asked_for_comes_first(formkit: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "leave.yaml").write_text(IN_CHINESE, encoding="utf-8")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert formkit("check", "leave.yaml").out == "No problems found.\n"
    assert formkit("check", "leave.yaml", "--lang", "zh").out == "没有发现问题。\n"
    assert formkit("--lang=zh", "check", "leave.yaml").out == "没有发现问题。\n"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_verb_has_help(formkit: Command, verb: str, language: str) -> None:
    ran = formkit(verb, "--help", "--lang", language)
    assert ran.status == 0
    about = sentences("cli", language)[f"{verb}.about"]
    assert "".join(about.split()) in "".join(ran.out.split())


def test_help_names_the_verbs_and_the_exit_codes(formkit: Command) -> None:
    told = formkit("--help").out
    assert all(verb in told for verb in VERBS)
    assert "退出码" in told and "show this help" not in told and "usage:" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("validate", "leave.yaml"), "缺少参数：--answers"),
        (("check", "leave.yaml", "--fast"), "不认识的参数：--fast"),
        (("check", "leave.yaml", "--format", "xml"), "--format 不能是"),
        (("check", "leave.yaml", "--lang"), "--lang 后面缺少内容"),
        (("chekc",), "VERB 不能是"),
    ],
)
def test_a_wrong_command_is_told_in_the_readers_language(formkit: Command, words: tuple[str, ...], told: str) -> None:
    ran = formkit(*words)
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err


def test_no_command_at_all_shows_the_help(formkit: Command) -> None:
    ran = formkit()
    assert (ran.status, ran.out) == (2, "")
    assert "formkit" in ran.err and "validate" in ran.err


def test_both_languages_say_the_same_things() -> None:
    assert sentences("cli", "zh").keys() == sentences("cli", "en").keys()


def test_a_verb_imports_nothing_of_the_others() -> None:
    """Nor does checking a form start a web server's libraries."""
    program = "import sys; from formkit.cli import main; main(['check', '--help']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "formkit.cli.check" in loaded
    assert not {"formkit.cli.preview", "formkit.cli.new", "starlette", "uvicorn", "pytest"} & set(loaded)
