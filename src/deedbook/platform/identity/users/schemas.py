"""People on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, StringConstraints

from deedbook.web.schemas import Body, WebAddress, none_if_blank

Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class WhoamiOut(BaseModel):
    """The person who is signed in. Names are empty until they are given."""

    id: str
    email: str
    first_name: str
    middle_name: str | None
    last_name: str
    has_passkey: bool
    image_url: str


class PersonalIn(Body):
    """A person's own name."""

    first_name: Name
    last_name: Name
    middle_name: Annotated[Name | None, BeforeValidator(none_if_blank)] = None


class AvatarIn(Body):
    """A person's own picture."""

    image_url: WebAddress
