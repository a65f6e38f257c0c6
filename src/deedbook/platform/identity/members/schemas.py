"""Team members on the wire."""

from __future__ import annotations

from pydantic import BaseModel

from deedbook.web.roles import Role
from deedbook.web.schemas import Body, Moment


class MemberOut(BaseModel):
    """A person and their role in the instance."""

    id: str
    email: str
    first_name: str
    middle_name: str | None
    last_name: str
    image_url: str
    created_at: Moment
    has_passkey: bool
    role: Role


class UpdateMemberIn(Body):
    """A member's new role."""

    user_role: Role
