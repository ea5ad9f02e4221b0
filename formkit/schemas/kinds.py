"""What the parts of a form are made of, as far as a variant may change them without stating them whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Kind:
    """One kind of part. Keys that stand in neither `keys` nor `ids` are stated whole.

    `needs` is a key that every one of its kind has: what has it is new. `keys` are mappings of keys, `ids` mappings of
    parts by their ids, each with the name of its kind; `ids` of no kind are single values. One that is `placed` stands
    in an order, and a new one may say where.
    """

    needs: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    ids: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    placed: bool = False
    always: tuple[str, ...] = ()
    """Keys that no form can do without."""


KINDS: Mapping[str, Kind] = {
    "form": Kind(
        keys={"drafts": "words", "submission": "words", "workflow": "workflow"},
        ids={"facts": "fact", "choices": "list", "steps": "step", "changes": ""},
        always=("form", "extends", "title", "edition", "steps"),
    ),
    "words": Kind(),
    "fact": Kind("type", always=("label",)),
    "list": Kind(ids={"choices": "choice"}),
    "choice": Kind("label", ids={"children": "choice"}, placed=True),
    "step": Kind("title", ids={"fields": "field", "sections": "section"}, placed=True),
    "section": Kind("fields", ids={"fields": "field"}, placed=True),
    "field": Kind("type", ids={"fields": "field", "messages": ""}, placed=True),
    "check": Kind("rule", always=("message", "id")),
    "workflow": Kind(ids={"states": "state", "transitions": "transition", "while": ""}, always=("start", "states")),
    "state": Kind("label"),
    "transition": Kind("to", always=("from", "by")),
}
