"""Who is in the demo, and from where they act. Nobody is real; the addresses are public servers'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from deedbook.seeding.cast import CHROME, FIREFOX, SAFARI
from deedbook.web.roles import Role


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and the program that requests come from there with."""

    ip_address: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the team, with the role that they join in; or somebody who is invited."""

    email: str
    first_name: str
    last_name: str
    role: Role
    place: Place
    has_passkey: bool = False


# The visitor signs in as Ana: nothing may ask for a passkey that the visitor does not hold.
ANA: Final = Person("ana@demo.example", "Ana", "Souza", Role.OWNER, Place("200.160.0.8", CHROME))
BEN: Final = Person(
    "ben@demo.example", "Ben", "Carter", Role.ADMIN, Place("8.8.8.8", FIREFOX), has_passkey=True
)
CHI: Final = Person(
    "chi@demo.example", "Chi", "Nguyen", Role.DEVELOPER, Place("203.113.131.1", CHROME)
)
DANA: Final = Person("dana@demo.example", "Dana", "Levi", Role.VIEWER, Place("193.0.6.139", SAFARI))
EMRE: Final = Person("emre@demo.example", "Emre", "Kaya", Role.VIEWER, Place("85.111.0.1", FIREFOX))
FATOU: Final = Person(
    "fatou@demo.example",
    "Fatou",
    "Diop",
    Role.FINANCE,
    Place("41.82.0.1", CHROME),
    has_passkey=True,
)
TEAM: Final = (ANA, BEN, CHI, DANA, EMRE, FATOU)

BACKEND: Final = Place("2600:1f18::1", "acme-python/3.0.0")
BACKEND_NETWORK: Final = "2600:1f18::/32"
REPORTING: Final = Place("3.120.0.1", "acme-reports/1.4 python-httpx/0.27")
ELSEWHERE: Final = Place("202.12.27.33", "curl/8.5.0")
