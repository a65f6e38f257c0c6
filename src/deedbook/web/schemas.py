"""What the bodies of requests and replies have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    AnyUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    UrlConstraints,
    model_validator,
)

from deedbook.database.base import shown
from deedbook.engine.entry import column_text

_ADDRESS_LIMIT: Final = 2048
MAX_DEPTH: Final = 64
MAX_VALUES: Final = 10_000


class Body(BaseModel):
    """The body of a request. Unknown fields are ignored, text is made storable."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, value: object) -> object:
        refuse_unwieldy(value)
        return storable(value)


def refuse_unwieldy(value: object) -> None:
    """Raise `ValueError` for JSON that is nested deeper or has more values than any body needs."""
    level, values = [value], 0
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        values += len(level)
        if values > MAX_VALUES:
            raise ValueError(f"has more than {MAX_VALUES} values")
        if not level:
            return
    raise ValueError(f"is nested deeper than {MAX_DEPTH} levels")


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


def none_if_blank(value: object) -> object:
    """Take a text of nothing but spaces as none."""
    return None if isinstance(value, str) and not value.strip() else value


OptionalText = Annotated[str | None, BeforeValidator(none_if_blank)]
OptionalId = Annotated[
    Annotated[str, StringConstraints(min_length=15, max_length=15)] | None,
    BeforeValidator(none_if_blank),
]


def _fits(address: AnyUrl) -> AnyUrl:
    if len(str(address)) > _ADDRESS_LIMIT:
        raise ValueError(f"has more than {_ADDRESS_LIMIT} characters")
    return address


# A page that a browser may be sent to, or take a picture from: no script hides in it.
WebAddress = Annotated[
    AnyUrl, UrlConstraints(allowed_schemes=["http", "https"]), AfterValidator(_fits)
]
