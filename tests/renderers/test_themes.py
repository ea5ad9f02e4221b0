"""A theme is a folder over another."""

from pathlib import Path

from formkit.renderers import DEFAULT_THEME, Theme


def test_static_files_come_from_the_theme_then_from_what_it_falls_back_on(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "own.css").write_text("x")
    theme = Theme(tmp_path, fallback=DEFAULT_THEME)
    assert theme.static_file("own.css") == (tmp_path / "static" / "own.css").resolve()
    assert theme.static_file("formkit.css") == DEFAULT_THEME.static_file("formkit.css")
    assert theme.static_file("nothing.css") is None


def test_nothing_outside_the_static_folder_is_served(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    assert Theme(tmp_path).static_file("../secret.txt") is None
    assert Theme(tmp_path).static_file(str(tmp_path / "secret.txt")) is None
    assert DEFAULT_THEME.static_file("../base.html") is None
