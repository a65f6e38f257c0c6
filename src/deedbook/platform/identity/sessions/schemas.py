"""Signing in, on the wire."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, EmailStr, model_validator

from deedbook.platform.identity.passkeys.schemas import Assertion
from deedbook.web.schemas import Body, Moment


class SignInCodeIn(Body):
    """Where to send a code."""

    email: EmailStr


class SessionIn(Body):
    """A code with its address, the token of a sign-in link, or the answer of a passkey."""

    email: EmailStr | None = None
    code: str | None = None
    link_token: str | None = None
    passkey: Assertion | None = None

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        ways = (self.email and self.code, self.link_token, self.passkey)
        if sum(map(bool, ways)) != 1:
            raise ValueError("give email and code, or link_token, or passkey")
        return self


class OpenSessionOut(BaseModel):
    """One of one's own open sessions; `device` is `user_agent` as people would say it."""

    id: str
    current: bool
    auth_method: str
    device: str | None
    user_agent: str | None
    ip_address: str | None
    country: str | None
    created_at: Moment
    last_used_at: Moment
    expires_at: Moment


class SessionOut(BaseModel):
    """Who is signed in now; the token is in the cookie."""

    user_id: str
