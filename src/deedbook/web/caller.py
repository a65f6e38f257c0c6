"""Who is calling: a person in a session, or an API key; and what either is in an instance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from sqlalchemy.orm import Session

from deedbook.engine import API_KEY, USER, Action, Actor, DeedbookError, Maker, Metadata
from deedbook.web.roles import Role


class Unauthorized(DeedbookError):
    """Sign in first, or send a valid API key as a Bearer token."""

    code = "AUTH_UNAUTHORIZED"
    status = 401
    is_denial = False

    def __init__(self, *, revoked: KeyCaller | None = None) -> None:
        super().__init__()
        # A key that was once good: the caller learns no more than others, its instance's log does.
        self.refused_key = revoked


class Forbidden(DeedbookError):
    """You may not do this here."""

    code = "AUTH_FORBIDDEN"
    status = 403
    is_denial = True


class IpBlocked(DeedbookError):
    """This API key may not be used from this address."""

    code = "AUTH_IP_BLOCKED"
    status = 403
    # As with a revoked key, it is the key that is refused, whatever it was used for.
    is_denial = False

    def __init__(self, key: KeyCaller) -> None:
        super().__init__()
        self.refused_key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class UserCaller:
    """A person, by the session that was opened for them."""

    user_id: str
    name: str | None
    email: str
    image_url: str | None
    session_id: str
    session_hash: str
    auth_method: str
    opened_at: datetime
    last_used_at: datetime | None
    has_passkey: bool

    @property
    def id(self) -> str:
        """The id of the person."""
        return self.user_id

    def actor(self, role: str) -> Actor:
        """Give the actor of an entry, with the role that the person has now."""
        return Actor(
            type=USER,
            id=self.user_id,
            name=self.name,
            email=self.email,
            image_url=self.image_url,
            role=role,
            auth_method=self.auth_method,
            session_id=self.session_hash,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCaller:
    """An API key of one instance; `role` is its ceiling: its maker's role when it was made."""

    key_id: str
    name: str
    prefix: str
    created_by: Maker | None
    instance_id: str
    role: Role
    reads_log: bool
    last_used_at: datetime | None

    @property
    def id(self) -> str:
        """The id of the key."""
        return self.key_id

    def actor(self, role: str) -> Actor:
        """Give the actor of an entry."""
        return Actor(
            type=API_KEY,
            id=self.key_id,
            name=self.name,
            key_prefix=self.prefix,
            created_by=self.created_by,
            role=role,
            auth_method="api_key",
        )


Caller: TypeAlias = UserCaller | KeyCaller


@dataclass(frozen=True, slots=True)
class Standing:
    """What a caller is in an instance. After an instance is deleted only its log is left to read."""

    role: Role
    instance_deleted: bool
    passkey_required: bool


class Identity(Protocol):
    """What the kit asks of the platform about callers; each answer is one indexed look-up."""

    @property
    def key_refused(self) -> Action[Metadata]:
        """What a key that is revoked, or blocked by its address, tried."""

    def caller_of(self, session: Session, token: str, ip_address: str | None) -> Caller:
        """Give the caller behind a token. Raises `Unauthorized` or `IpBlocked`."""

    def standing(self, session: Session, caller: UserCaller, instance_id: str) -> Standing | None:
        """Give what a person is in an instance, or None for neither."""

    def used(self, session: Session, caller: Caller) -> None:
        """Note that a session or key was used just now."""
