"""What programs send to the exam interface and get from it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from examples.portal.exam.claims import Verdict
from examples.portal.exam.files import Status


class Question(BaseModel):
    """Whom a question is about, and what that person claims."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    number: str = Field(min_length=1, max_length=64, description="The number of the identity document.")
    name: Any = Field(description="The name on it.")
    document_type: Any = Field(None, description="What document it is.")
    items: dict[str, Any] = Field(
        default_factory=dict,
        max_length=200,
        description="What is claimed: the path of a field of the form → its value.",
    )


class Answer(BaseModel):
    """How the file stands, and a verdict on each claim. Nothing that is in the file."""

    status: Status
    at: datetime | None = Field(None, description="When the file was last changed, or since when it stands like this.")
    edition: str | None = Field(None, description="The edition of the form that the file was last filled in with.")
    items: dict[str, Verdict] | None = Field(
        None,
        description="A verdict on each claim, also on the name and the document type; left out where nobody is known.",
    )


class Problem(BaseModel):
    """Why there is no answer."""

    code: str = Field(description="A word for programs.")
    message: str = Field(description="A sentence in the language that Accept-Language asks for.")
    items: dict[str, str] | None = Field(None, description="What is wrong with single claims.")
