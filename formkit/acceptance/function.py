"""A Python function in the making: its lines, and the things that it finds under names."""

from collections.abc import Callable
from typing import Any


class FunctionText:
    """Lines of one function; no word of a form's author may get into them but as repr() of a str."""

    def __init__(self, head: str, things: dict[str, Any]) -> None:
        self.lines, self.depth, self.things = [head], 1, things

    def made(self, name: str) -> Any:
        """The function, compiled."""
        exec(compile("\n".join(self.lines), f"<{name}>", "exec"), self.things)  # noqa: S102 - its own words only
        return self.things[name]

    def thing(self, thing: object, word: str) -> str:
        """The name under which the function finds a thing."""
        name = f"{word}_{len(self.things)}"
        self.things[name] = thing
        return name

    def write(self, *lines: str) -> None:
        """Adds lines as deep as the block is in which it is written."""
        self.lines += ["    " * self.depth + line for line in lines]

    def block(self, head: str, write: Callable[[], object]) -> None:
        """Adds what `write` writes under a head such as `if …`; as it stands, if the head is empty."""
        if not head:
            write()
            return
        self.write(f"{head}:")
        self.depth += 1
        write()
        self.depth -= 1
