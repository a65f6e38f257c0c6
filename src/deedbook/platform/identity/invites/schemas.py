"""Invites on the wire."""

from __future__ import annotations

from pydantic import BaseModel, EmailStr

from deedbook.web.roles import Role
from deedbook.web.schemas import Body, Success


class InviteIn(Body):
    """Whom to invite, as what."""

    email: EmailStr
    user_role: Role


class InviteCreatedOut(Success):
    """The invite is made."""

    id: str


class InviteOut(BaseModel):
    """An open invite; `expires_at` is Unix time in milliseconds."""

    id: str
    email: str
    user_role: Role
    inviter_name: str
    expires_at: int
