"""API keys on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from deedbook.engine.origin import parse_network
from deedbook.web.roles import Role
from deedbook.web.schemas import Body, Moment


def _network(text: str) -> str:
    try:
        parse_network(text)
    except ValueError:
        raise ValueError("is neither an IP address nor a CIDR block") from None
    return text


Network = Annotated[str, StringConstraints(max_length=64), AfterValidator(_network)]


class CreateApiKeyIn(Body):
    """A new key. `ip_whitelist` holds addresses and CIDR blocks; an empty one allows every address."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    permission: Literal["full_access"] = "full_access"
    ip_whitelist: list[Network] | None = Field(None, max_length=100)


class CreateApiKeyOut(BaseModel):
    """The only time that a token is shown."""

    id: str
    token: str


class ApiKeyPublic(BaseModel):
    """A key; of its token only the beginning is known. `role` is the most that it may do."""

    id: str
    name: str
    permission: str
    token: str
    ip_whitelist: list[str]
    last_used_at: Moment | None
    instance_id: str
    created_at: Moment
    updated_at: Moment
    role: Role
    reads_log: bool
