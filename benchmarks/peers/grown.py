"""The generated forms as pydantic models: what growth costs a library whose work is done in Rust."""

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints, create_model

from benchmarks import checks

_KINDS: Sequence[Any] = (
    Annotated[str, BeforeValidator(checks.clean), StringConstraints(max_length=50)],
    Annotated[int, Field(ge=0, le=99)],
    Literal["small", "medium", "large"],
    Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")],
    Annotated[str, AfterValidator(checks.email)],
    bool,
    Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}$")],
    Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]{2}$")],
    Annotated[str, StringConstraints(pattern=r"^1[3-9][0-9]{9}$")],
)


@cache
def model(size: int) -> type[BaseModel]:
    """A model of so many fields of the kinds the generated forms have; it knows no rules."""
    fields: dict[str, Any] = {f"field{number}": (_KINDS[number % 10 % 9], ...) for number in range(size)}
    return create_model(f"Grown{size}", **fields)
