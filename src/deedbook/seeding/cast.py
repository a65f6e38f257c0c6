"""Who acts in a seeded log, and from where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from deedbook.engine import API_KEY, USER, Actor, Maker
from deedbook.seeding.chance import Chance
from deedbook.web.roles import Access, Area, Role, may

_PEOPLE: Final = 50
_KEYS: Final = 5
_ROLES: Final = (
    *(Role.OPERATIONS,) * 5,
    *(Role.FINANCE,) * 3,
    *(Role.ADMIN,) * 2,
    *(Role.DEVELOPER, Role.VIEWER, Role.CHECKER),
)
_PLACES: Final = (
    *(("200.160.0.8", "BR"), ("8.8.8.8", "US"), ("2001:4860:4860::8888", "US")),
    *(("193.0.6.139", "NL"), ("202.12.27.33", "JP"), ("41.0.0.1", "ZA"), ("41.82.0.1", "SN")),
)
CHROME: Final = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Safari/537.36"
)
FIREFOX: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.5 Mobile/15E148 Safari/604.1"
)
_BROWSERS: Final = (CHROME, FIREFOX, SAFARI)
_PROGRAMS: Final = ("acme-python/3.0.0", "curl/8.5.0")
# To which area of the roles a feature belongs.
_AREAS: Final[Mapping[str, Area]] = {
    **dict.fromkeys(
        (
            *("customer", "bank_account", "blockchain_wallet", "offramp_wallet", "virtual_account"),
            *("wallet", "customer_limit_increase"),
        ),
        Area.CUSTOMERS,
    ),
    **dict.fromkeys(("payin", "payout", "transfer"), Area.PAYMENTS),
    **dict.fromkeys(("partner_fee", "billing"), Area.FEES),
    **dict.fromkeys(("api_key", "webhook_endpoint", "blockchain_operation"), Area.INTEGRATION),
    **dict.fromkeys(("team_member", "invite"), Area.TEAM),
    **dict.fromkeys(("onboarding", "instance"), Area.SETTINGS),
}


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody or a key, and from where they act."""

    actor: Actor
    ip_address: str
    country: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Who may do what of a feature, and who is refused it."""

    allowed: Mapping[str, Sequence[Player]]
    refused: Mapping[str, Sequence[Player]]


def cast_of(chance: Chance) -> Cast:
    """Give some people and keys, by what the roles let them do."""
    people = [_person(chance, number) for number in range(_PEOPLE)]
    admins = [each.actor for each in people if each.actor.role == Role.ADMIN]
    keys = [_key(chance, number, chance.one_of(admins)) for number in range(_KEYS)]
    # Half of what is done is done by keys.
    players = [*people, *(key for key in keys for _ in range(_PEOPLE // _KEYS))]
    return Cast(
        {
            name: [each for each in players if _may(each, name, area)]
            for name, area in _AREAS.items()
        },
        {
            name: [each for each in people if not _may(each, name, area)]
            for name, area in _AREAS.items()
        },
    )


def _may(player: Player, feature: str, area: Area) -> bool:
    is_person = player.actor.type is USER
    # Only people make keys, and join or leave a team.
    if not is_person and feature in ("api_key", "invite", "team_member"):
        return False
    return may(Role(player.actor.role), area, Access.WRITE)


def _person(chance: Chance, number: int) -> Player:
    name = chance.name()
    role = Role.OWNER if number == 0 else Role.ADMIN if number == 1 else chance.one_of(_ROLES)
    actor = Actor(
        type=USER,
        id=chance.id("us"),
        name=name,
        email=f"{name.split()[0].lower()}.{number}@example.com",
        role=role,
        auth_method=chance.one_of(("code_session", "passkey_session")),
    )
    return Player(actor, *chance.one_of(_PLACES), chance.one_of(_BROWSERS))


def _key(chance: Chance, number: int, maker: Actor) -> Player:
    actor = Actor(
        type=API_KEY,
        id=chance.id("ap"),
        name=("Backend", "Mobile app", "Back office", "Reports", "Staging")[number],
        key_prefix=f"dk_test_{chance.id('')[1:5]}",
        created_by=Maker(maker.id or "", maker.name),
        role=Role.ADMIN,
        auth_method="api_key",
    )
    return Player(actor, *chance.one_of(_PLACES), chance.one_of(_PROGRAMS))
