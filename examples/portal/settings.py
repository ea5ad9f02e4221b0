"""How the portal is run: one object, read from the environment, which refuses to be weak outside development."""

import os
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, model_validator

from formkit.errors import FormkitError

FORMS = Path(__file__).parent.parent.parent / "forms"
_SHORTEST_SECRET = 32
_CLIENT_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}").fullmatch


class SettingsInvalid(FormkitError):  # noqa: N818 - read as a sentence: except SettingsInvalid
    """The portal does not start like this; says which variable, why, and what to do."""


def _pairs(text: object) -> object:
    """`name:secret` parted by commas, as the environment has them."""
    if not isinstance(text, str):
        return text
    return dict(pair.strip().partition(":")[::2] for pair in text.split(",") if pair.strip())


class Settings(BaseModel):
    """Everything that differs from one running portal to another; each from the variable named beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    data: Path
    """The folder of what no other variable puts elsewhere."""
    development: bool = Field(True, alias="PORTAL_DEVELOPMENT")
    """Invented people, stand-ins, messages on a page."""
    place: str = Field("44", alias="PORTAL_PLACE", pattern="^[0-9]{2,6}$")
    """The code of the province (or of Shenzhen) whose portal it is, as the national platform knows it."""
    forms: Path = Field(FORMS, alias="PORTAL_FORMS")
    """The folder of the forms of this place."""
    database: str = Field("", alias="DATABASE_URL")
    """`postgresql://…`, or an SQLite file."""
    attachments: str = Field("", alias="PORTAL_ATTACHMENTS")
    """A folder, or `s3://…`."""
    secret: SecretStr = Field(SecretStr(""), alias="PORTAL_SECRET")
    keys: SecretStr = Field(SecretStr(""), alias="FORMKIT_KEYS")
    origin: str = Field("", alias="PORTAL_ORIGIN")
    """The address people see, such as `https://kj.example.gov.cn`: needed behind a proxy that changes the Host."""
    national_url: str = Field("", alias="PORTAL_NATIONAL_URL")
    national_secret: SecretStr = Field(SecretStr(""), alias="PORTAL_NATIONAL_SECRET")
    education_url: str = Field("", alias="PORTAL_EDUCATION_URL")
    education_secret: SecretStr = Field(SecretStr(""), alias="PORTAL_EDUCATION_SECRET")
    sms_url: str = Field("", alias="PORTAL_SMS_URL")
    sms_secret: SecretStr = Field(SecretStr(""), alias="PORTAL_SMS_SECRET")
    exam_clients: Annotated[dict[str, SecretStr], BeforeValidator(_pairs)] = Field({}, alias="PORTAL_EXAM_CLIENTS")
    """`name:secret`, parted by commas: who may ask at the exam interface."""
    workers: int = Field(1, alias="PORTAL_WORKERS", ge=1, le=64)
    log: Literal["", "text", "json"] = Field("", alias="PORTAL_LOG")
    """`text` for people, `json` for programs; empty: text in development, JSON outside it."""
    review_seconds: float = Field(20.0, alias="PORTAL_REVIEW_SECONDS", gt=0)
    """How often each process looks for what is due."""

    @classmethod
    def of(cls, data: Path, environment: Mapping[str, str] = os.environ) -> "Settings":
        """As the environment says; raises `SettingsInvalid`, which never says a secret."""
        known = {str(field.alias) for field in cls.model_fields.values() if field.alias}
        given: dict[str, Any] = {name: environment[name] for name in known if environment.get(name, "").strip()}
        try:
            return cls(data=data, **given)
        except ValidationError as error:
            told = "; ".join(f"{one['loc'][0] if one['loc'] else 'settings'}: {one['msg']}" for one in error.errors())
            raise SettingsInvalid(f"the portal does not start: {told}") from None

    @model_validator(mode="after")
    def _not_weak(self) -> "Settings":
        if self.secret.get_secret_value() or not self.development:
            self.secret_bytes()
        for service in ("national", "education", "sms"):
            if getattr(self, f"{service}_url"):
                name = f"{service}_secret"
                _strong(str(type(self).model_fields[name].alias), getattr(self, name))
        for name, client in self.exam_clients.items():
            if not _CLIENT_NAME(name):
                raise ValueError("PORTAL_EXAM_CLIENTS: a name has up to 32 letters, digits, - and _")
            _strong(f"PORTAL_EXAM_CLIENTS ({name})", client)
        if not self.development:
            self._ready_for_people()
        return self

    @property
    def log_format(self) -> str:
        """How its log is written."""
        return self.log or ("text" if self.development else "json")

    def secret_bytes(self) -> bytes:
        """The portal's secret; raises `ValueError` if it is weak."""
        try:
            secret = urlsafe_b64decode(self.secret.get_secret_value())
        except ValueError:
            raise ValueError("PORTAL_SECRET is URL-safe Base64") from None
        if len(secret) < _SHORTEST_SECRET or len(set(secret)) < _SHORTEST_SECRET // 4:
            raise ValueError(f"PORTAL_SECRET needs {_SHORTEST_SECRET} random bytes: make them with {_MAKE}")
        return secret

    def _ready_for_people(self) -> None:
        needed = ("keys", "national_url", "education_url", "sms_url", "origin")
        for name in needed:
            value = getattr(self, name)
            if not (value.get_secret_value() if isinstance(value, SecretStr) else value):
                raise ValueError(f"outside development {type(self).model_fields[name].alias} must be set")
        if not self.origin.startswith("https://"):
            raise ValueError("PORTAL_ORIGIN begins with https://")


_MAKE = "python -c 'import secrets; print(secrets.token_urlsafe(32))'"


def _strong(name: str, secret: SecretStr) -> None:
    text = secret.get_secret_value()
    if len(text) < _SHORTEST_SECRET or len(set(text)) < _SHORTEST_SECRET // 4:
        raise ValueError(f"{name} needs at least {_SHORTEST_SECRET} random characters: make them with {_MAKE}")
