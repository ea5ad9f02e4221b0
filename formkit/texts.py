"""A text in the languages its author gave."""

from collections.abc import Iterable, Iterator, Mapping

DEFAULT_LANGUAGE = "zh"
LANGUAGES = ("zh", "en")


class Text(Mapping[str, str]):
    """An immutable mapping of language to text that always answers: the language asked for, else zh, else any."""

    __slots__ = ("_by_language",)

    def __init__(self, by_language: Mapping[str, str] | str) -> None:
        self._by_language = {DEFAULT_LANGUAGE: by_language} if isinstance(by_language, str) else dict(by_language)

    def in_(self, language: str) -> str:
        """The text in `language`, else in the default language, else in the first that is there, else empty."""
        texts = self._by_language
        found = texts.get(language)
        if found is None:
            found = texts.get(DEFAULT_LANGUAGE)
        return found if found is not None else next(iter(texts.values()), "")

    def __getitem__(self, language: str) -> str:
        return self._by_language[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language)

    def __len__(self) -> int:
        return len(self._by_language)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._by_language.items())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._by_language == other._by_language

    def __repr__(self) -> str:
        return f"Text({self._by_language!r})"


def best_language(offered: Iterable[str], accept_language: str) -> str:
    """The offered language an `Accept-Language` header prefers, else the first offered.

    >>> best_language(("zh", "en"), "en-GB,en;q=0.9,zh;q=0.5")
    'en'
    """
    offers = tuple(offered)
    wanted = []
    for position, part in enumerate(accept_language.split(",")[:20]):
        tag, _, weight = part.partition(";q=")
        try:
            wanted.append((-float(weight or 1), position, tag.strip().lower().split("-")[0]))
        except ValueError:
            continue
    for _, _, primary in sorted(wanted):
        if primary in offers:
            return primary
    return offers[0] if offers else DEFAULT_LANGUAGE
