"""People on the wire."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from deedbook.web.schemas import Body, WebAddress, none_if_blank

Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
# What stands for a name that was not given yet: the wire wants a character, and a dash claims nothing.
NOT_GIVEN: Final = "-"
# The empty resource of RFC 2397: an address, as the wire wants one, of no picture.
NO_PICTURE: Final = "data:,"
ShownName = Annotated[str, BeforeValidator(lambda name: name or NOT_GIVEN), Field(min_length=1)]
ShownPicture = Annotated[str, BeforeValidator(lambda url: url or NO_PICTURE)]


class WhoamiOut(BaseModel):
    """The person who is signed in.

    A name that was not given yet is `-`, a picture `data:,`; in entries of the log either is null.
    """

    id: str
    email: str
    first_name: ShownName
    middle_name: str | None
    last_name: ShownName
    has_passkey: bool
    image_url: ShownPicture


class PersonalIn(Body):
    """A person's own name."""

    first_name: Name
    last_name: Name
    middle_name: Annotated[Name | None, BeforeValidator(none_if_blank)] = None


class AvatarIn(Body):
    """A person's own picture."""

    image_url: WebAddress
