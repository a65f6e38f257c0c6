"""Who may do what, typed out a second time: a change of the table has to be meant twice."""

from __future__ import annotations

from itertools import product

from deedbook.web.roles import Access, Area, Role, may

ROLES = ("owner", "admin", "finance", "checker", "operations", "developer", "viewer")
# W writes and reads, R reads, - neither.
EXPECTED = {
    "customers, bank accounts, wallets of all kinds, virtual accounts, limit increases": (
        *("W", "W", "R", "R", "W", "R", "R"),
    ),
    "quotes, payins, payouts, transfers": ("W", "W", "W", "R", "W", "-", "R"),
    "payout documents, answers to requests for information, uploads": (
        *("W", "W", "W", "W", "W", "-", "R"),
    ),
    "partner fees, billing": ("W", "W", "W", "R", "-", "-", "R"),
    "API keys, webhook endpoints, blockchain operations": ("W", "W", "-", "-", "-", "W", "R"),
    "team members, invites": ("W", "W", "R", "R", "R", "R", "R"),
    "instance settings, onboarding": ("W", "W", "R", "R", "R", "R", "R"),
    "ownership transfer, instance delete, who remembers the audit log": (
        "W",
        "-",
        "-",
        "-",
        "-",
        "-",
        "-",
    ),
    "audit logs": ("R", "R", "-", "-", "-", "-", "-"),
}


def test_each_cell_of_the_roles_table() -> None:
    expected = {
        (area, role, access): letter == "W" or (letter == "R" and access == "R")
        for area, letters in EXPECTED.items()
        for role, letter in zip(ROLES, letters, strict=True)
        for access in ("R", "W")
    }
    actual = {
        (area.value, role.value, access.value): may(role, area, access)
        for area, role, access in product(Area, Role, Access)
    }
    assert actual == expected
