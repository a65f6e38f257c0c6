"""What the bodies of requests and replies have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, model_validator

from deedbook.database.base import shown
from deedbook.engine.entry import column_text


class Body(BaseModel):
    """The body of a request. Unknown fields are ignored, text is made storable."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, value: object) -> object:
        return storable(value)


class Success(BaseModel):
    """It is done."""

    success: bool = True


def storable(value: object) -> object:
    """Give JSON whose texts both databases can keep: NUL and lone surrogates become U+FFFD."""
    if isinstance(value, str):
        return column_text(value)
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {key: storable(item) for key, item in value.items()}
    return value


# A moment on the wire: RFC 3339 in UTC with milliseconds.
Moment = Annotated[datetime, PlainSerializer(shown, return_type=str)]


def _none_if_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


OptionalText = Annotated[str | None, BeforeValidator(_none_if_blank)]
