import stat
import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from formkit.storage.__main__ import main
from formkit.storage.keys import (
    Keys,
    KeysInvalid,
    keys_from_environment,
    keys_from_file,
    keys_kept_in,
    new_keys,
    read_keys,
)


def same(one: Keys, other: Keys) -> bool:
    return one.text() == other.text()


def test_keys_come_from_their_text_a_file_or_the_environment(tmp_path: Path) -> None:
    keys = new_keys().rotated()
    keys.write(tmp_path / "keys")
    commas = keys.text().replace("\n", ",").rstrip(",")
    found = [read_keys(keys.text()), keys_from_file(tmp_path / "keys"), keys_from_environment({"FORMKIT_KEYS": commas})]
    assert all(same(keys, one) and one.current == keys.current for one in found)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Base64|letters|random"),
        ("k1", "random bytes"),
        ("k1:????", "random bytes|Base64"),
        ("k1:YWJj", "not 32 random bytes"),
        (f"k1:{urlsafe_b64encode(b'0' * 32).decode()}", "not 32 random bytes"),
        ("K 1:" + urlsafe_b64encode(bytes(range(32))).decode(), "letters|random"),
        ("\n".join(["k1:" + urlsafe_b64encode(bytes(range(32))).decode()] * 2), "twice"),
    ],
)
def test_weak_or_damaged_keys_are_refused(text: str, why: str) -> None:
    with pytest.raises(KeysInvalid, match=why):
        read_keys(text)


def test_a_missing_variable_is_told_with_the_mend() -> None:
    with pytest.raises(KeysInvalid, match=r"FORMKIT_KEYS is not set: .*new-key"):
        keys_from_environment({})


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    new_keys().write(tmp_path / "keys")
    (tmp_path / "keys").chmod(0o640)
    with pytest.raises(KeysInvalid, match="chmod 600"):
        keys_from_file(tmp_path / "keys")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeysInvalid, match="keys cannot be read"):
        keys_from_file(tmp_path / "keys")


def test_only_the_owner_may_read_the_file_and_nothing_else_is_left(tmp_path: Path) -> None:
    keys_kept_in(tmp_path / "keys")
    assert [file.name for file in tmp_path.iterdir()] == ["keys"]
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600


def test_processes_that_start_at_once_agree_on_a_key(tmp_path: Path) -> None:
    program = "import sys; from formkit.storage import keys_kept_in; sys.stdin.readline(); "
    program += "print(keys_kept_in(sys.argv[1]).current)"
    command = [sys.executable, "-c", program, str(tmp_path / "keys")]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    found = {process.communicate("go\n", timeout=60)[0] for process in processes}
    assert found == {f"{keys_from_file(tmp_path / 'keys').current}\n"}


def test_nothing_prints_a_secret() -> None:
    keys = new_keys()
    secret = keys.text().partition(":")[2].strip()
    assert keys.current in repr(keys) and secret not in repr(keys) and secret not in str(vars(keys)["current"])


def test_the_command_makes_a_file_and_then_adds_a_key_before_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new-key", str(tmp_path / "keys")]) == 0
    first = keys_from_file(tmp_path / "keys")
    assert main(["new-key", str(tmp_path / "keys")]) == 0
    both = keys_from_file(tmp_path / "keys")
    assert both.ids[1:] == first.ids
    assert first.text().partition(":")[2].strip() not in capsys.readouterr().out
