"""Team members on the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from deedbook.platform.identity.users.schemas import ShownName, ShownPicture
from deedbook.web.roles import Role
from deedbook.web.schemas import Body, Moment


class MemberOut(BaseModel):
    """A person and their role in the instance."""

    id: str
    email: str
    first_name: ShownName
    middle_name: str | None
    last_name: ShownName
    image_url: ShownPicture
    created_at: Moment
    has_passkey: bool
    role: Role


# What becomes of the API keys that a member made, when the member is demoted or removed.
KeysOfMember = Literal["keep", "revoke"]


class UpdateMemberIn(Body):
    """A member's new role."""

    user_role: Role
