"""Who calls: people by their sessions and programs by their keys, in teams with one of each role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from deedbook.engine import API_KEY, USER, Actor
from deedbook.web.roles import Role


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who sends a request, with the token that says so and what an entry has to say of them."""

    actor: Actor
    token: str

    @property
    def id(self) -> str:
        assert self.actor.id is not None
        return self.actor.id

    @property
    def email(self) -> str:
        assert self.actor.email is not None
        return self.actor.email

    @property
    def is_key(self) -> bool:
        return self.actor.type is API_KEY

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def person(*, id: str, name: str, email: str, image_url: str, token: str) -> Caller:  # noqa: A002
    """Give a caller by session; the role is filled in by whoever records."""
    actor = Actor(
        type=USER,
        id=id,
        name=name,
        email=email,
        image_url=image_url,
        role="none",
        auth_method="code_session",
    )
    return Caller(actor=actor, token=token)


@dataclass(frozen=True, kw_only=True)
class Team:
    """An instance with a member of every role, and a key made by each of them."""

    instance_id: str
    members: Mapping[Role, Caller]
    keys: Mapping[Role, Caller] = field(default_factory=dict)

    @property
    def owner(self) -> Caller:
        return self.members[Role.OWNER]

    @property
    def admin(self) -> Caller:
        return self.members[Role.ADMIN]

    @property
    def owner_key(self) -> Caller:
        return self.keys[Role.OWNER]

    def callers(self) -> dict[str, tuple[Role, Caller]]:
        """Everyone, by a name for messages."""
        return {
            **{f"{role}": (role, caller) for role, caller in self.members.items()},
            **{f"key of {role}": (role, caller) for role, caller in self.keys.items()},
        }
