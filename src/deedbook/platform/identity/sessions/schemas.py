"""Signing in, on the wire."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, EmailStr, model_validator

from deedbook.web.schemas import Body


class SignInCodeIn(Body):
    """Where to send a code."""

    email: EmailStr


class SessionIn(Body):
    """A code with its address, or the token of a sign-in link."""

    email: EmailStr | None = None
    code: str | None = None
    link_token: str | None = None

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if bool(self.link_token) == bool(self.email and self.code):
            raise ValueError("give either email and code, or link_token")
        return self


class SessionOut(BaseModel):
    """Who is signed in now; the token is in the cookie."""

    user_id: str
