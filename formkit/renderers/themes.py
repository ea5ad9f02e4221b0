"""A theme: a folder of templates, and the theme it falls back on."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, Template, TemplateNotFound

DEFAULT_FOLDER = Path(__file__).parent / "themes" / "default"


@dataclass(frozen=True)
class Theme:
    """Templates by name: those in `folder`, else those of `fallback`.

    A folder holding only `widgets/text.html` changes how text fields look and nothing else. Styles and scripts are in
    its `static/`. Templates are read once; make a new theme to see edits.
    """

    folder: Path
    fallback: "Theme | None" = None
    _widgets: dict[str, Template] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def loaders(self) -> list[BaseLoader]:
        """Where its templates are looked for, in order."""
        return [FileSystemLoader(self.folder), *(self.fallback.loaders if self.fallback else ())]

    @cached_property
    def environment(self) -> Environment:
        """The Jinja2 environment: everything escaped, an unknown name is an error."""
        return Environment(
            loader=ChoiceLoader(self.loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )

    def widget(self, name: str) -> Template:
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

    def has(self, name: str) -> bool:
        """Whether there is a template of that name."""
        try:
            self.environment.get_template(name)
        except TemplateNotFound:
            return False
        return True


DEFAULT_THEME = Theme(DEFAULT_FOLDER)
