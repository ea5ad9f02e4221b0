"""A theme: a folder of templates, and the theme it falls back on."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported at first use: importing formkit must not pay for pages nobody draws
    from jinja2 import Environment, Template

DEFAULT_FOLDER = Path(__file__).parent / "themes" / "default"


@dataclass(frozen=True)
class Theme:
    """Templates by name: those in `folder`, else those of `fallback`.

    A folder holding only `widgets/text.html` changes how text fields look and nothing else. Styles and scripts are in
    its `static/`. Templates are read once; make a new theme to see edits.
    """

    folder: Path
    fallback: "Theme | None" = None
    _widgets: "dict[str, Template]" = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def folders(self) -> list[Path]:
        """Where its templates are looked for, in order."""
        return [self.folder, *(self.fallback.folders if self.fallback else ())]

    @cached_property
    def environment(self) -> "Environment":
        """The Jinja2 environment: everything escaped, an unknown name is an error."""
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        return Environment(
            loader=FileSystemLoader(self.folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )

    def widget(self, name: str) -> "Template":
        """The template that draws a widget; `widgets/{name}.html`."""
        found = self._widgets.get(name)
        if found is None:
            found = self._widgets[name] = self.environment.get_template(f"widgets/{name}.html")
        return found

    def static_file(self, name: str) -> Path | None:
        """The path of a static file of this theme or of one it falls back on."""
        folder = (self.folder / "static").resolve()
        path = (folder / name).resolve()
        if path.is_relative_to(folder) and path.is_file():
            return path
        return self.fallback.static_file(name) if self.fallback else None


DEFAULT_THEME = Theme(DEFAULT_FOLDER)
