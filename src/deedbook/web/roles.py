"""Who may do what: one truth table. What it does not list is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Final


class Role(StrEnum):
    """A member's role in an instance; there is exactly one owner."""

    OWNER = "owner"
    ADMIN = "admin"
    FINANCE = "finance"
    CHECKER = "checker"
    OPERATIONS = "operations"
    DEVELOPER = "developer"
    VIEWER = "viewer"


class Area(Enum):
    """What roles are given access to."""

    CUSTOMERS = "customers, bank accounts, wallets of all kinds, virtual accounts, limit increases"
    PAYMENTS = "quotes, payins, payouts, transfers"
    DOCUMENTS = "payout documents, answers to requests for information, uploads"
    FEES = "partner fees, billing"
    INTEGRATION = "API keys, webhook endpoints, blockchain operations"
    TEAM = "team members, invites"
    SETTINGS = "instance settings, onboarding"
    OWNERSHIP = "ownership transfer, instance delete, who remembers the audit log"
    AUDIT_LOGS = "audit logs"


class Access(Enum):
    """To read, or to write as well."""

    READ = "R"
    WRITE = "W"


_COLUMNS: Final = tuple(Role)
# One letter a role, in the order of `Role`: W may write and read, R may read, - may neither.
_TABLE: Final[Mapping[Area, str]] = {
    Area.CUSTOMERS: "WWRRWRR",
    Area.PAYMENTS: "WWWRW-R",
    Area.DOCUMENTS: "WWWWW-R",
    Area.FEES: "WWWR--R",
    Area.INTEGRATION: "WW---WR",
    Area.TEAM: "WWRRRRR",
    Area.SETTINGS: "WWRRRRR",
    Area.OWNERSHIP: "W------",
    Area.AUDIT_LOGS: "RR-----",
}


def may(role: Role, area: Area, access: Access) -> bool:
    """Tell whether a role has this access to an area."""
    letter = _TABLE[area][_COLUMNS.index(role)]
    return letter in (Access.WRITE.value, access.value)
