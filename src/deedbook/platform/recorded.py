"""Where each action is recorded: by which routes, which say so themselves, and by what else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.routers import ROUTERS
from deedbook.web.routing import SliceRoute

# What the command line records, and what the system does by itself.
_ELSEWHERE: Final[Mapping[str, tuple[str, ...]]] = {
    "audit_log.seeded": ("deedbook seed", "deedbook serve --demo"),
    "audit_log.key_rotated": ("deedbook rotate-key",),
    "audit_log.exported": ("deedbook export",),
    "instance.created": ("deedbook instance create",),
    "api_key.created": ("deedbook api-key create",),
    "api_key.refused": ("any route, for a key that is revoked or blocked by its address",),
    "billing.invoice_issued": ("deedbook billing close-period",),
    "customer.rfi_opened": ("deedbook simulate request-information",),
    "instance.rfi_opened": ("deedbook simulate request-information",),
    "payin.created": ("the system, for a deposit into a virtual account",),
    "payout.created": ("the system, for a deposit at an off-ramp wallet",),
}


def recorded_where() -> Mapping[str, tuple[str, ...]]:
    """Give for every action of the catalogue the routes, as `METHOD /path`, and else what records it."""
    found: dict[str, list[str]] = {name: [] for name in CATALOGUE.actions}
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, SliceRoute):
                for action in route.declaration.records:
                    found[action.name] += [
                        f"{each} {route.path}" for each in sorted(route.methods or ())
                    ]
    return {name: (*found[name], *_ELSEWHERE.get(name, ())) for name in found}
