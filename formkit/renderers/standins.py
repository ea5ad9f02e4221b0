"""What stands in for a person's answers while a template is drawn to be kept: it can be written out, and nothing else.

A template that asks more of an answer than that (compares it, measures it, loops over it) is noticed: `Touched` is
raised. It is no `Exception`, so that nothing on the way takes it for a common fault and answers it.
"""

from typing import Any, NoReturn

from markupsafe import escape


class Touched(BaseException):
    """A verdict, not a fault: a template did more with an answer than write it out."""


def _touched(*_: object, **__: object) -> NoReturn:
    raise Touched


_GUARDED = (  # noqa: SIM905 - thirty words read better unquoted
    "__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __str__ __repr__ __format__ __add__ __radd__ __sub__ "
    "__rsub__ __mul__ __rmul__ __mod__ __rmod__ __floordiv__ __rfloordiv__ __truediv__ __rtruediv__ __int__ __float__ "
    "__index__ __abs__ __neg__ __contains__ __getitem__ __iter__ __len__ __reversed__ __or__ __ror__"
).split()


def _guarded(base: type) -> type:
    names: dict[str, object] = dict.fromkeys(_GUARDED, _touched)
    for name in dir(base):
        if not name.startswith("__"):
            names[name] = _touched
    return type(f"_Guarded{base.__name__.title()}", (base,), names)


class MarkedText(_guarded(str)):  # type: ignore[misc]
    """A text that can only be written out."""

    def __html__(self) -> str:
        return str(escape("".join(str.__iter__(self))))


class MarkedName(MarkedText):
    """A name or id around a mark: it is there, whatever the mark stands for."""

    def __bool__(self) -> bool:
        return True


class MarkedNumber(_guarded(int)):  # type: ignore[misc]
    """A number that can only be written out, as the mark it stands for."""

    def __new__(cls, mark: str) -> "MarkedNumber":
        made = int.__new__(cls, 0)
        made.mark = mark
        return made

    def __html__(self) -> str:
        return str(self.mark)


class Sealed(_guarded(object)):  # type: ignore[misc]
    """A field inside another one, of which a template may ask nothing but to draw it: then it is its mark."""

    def __init__(self, mark: str) -> None:
        self.mark = MarkedText(mark)

    def __getattr__(self, name: str) -> NoReturn:
        raise Touched


class _SealedTuple(_guarded(tuple)):  # type: ignore[misc]
    __html__ = _touched


class _SealedList(_guarded(list)):  # type: ignore[misc]
    __html__ = _touched


class _SealedDict(_guarded(dict)):  # type: ignore[misc]
    __html__ = _touched


# not empty, for whoever reads them past their methods, as a JSON encoder does
SEALED_TUPLE: Any = _SealedTuple((Sealed(""),))
SEALED_VALUES: dict[type, Any] = {
    list: _SealedList([Sealed("")]),
    dict: _SealedDict({"": Sealed("")}),
    type(None): None,
}

__all__ = ["SEALED_TUPLE", "SEALED_VALUES", "MarkedName", "MarkedNumber", "MarkedText", "Sealed", "Touched"]
