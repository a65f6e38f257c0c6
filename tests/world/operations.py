"""The tables that the contract of all slices is tested by: what is recorded, and what is read.

A new slice adds a module to `rows`, with a row for each route that records and for each that reads,
and is then held to the roles, the entries and the refusals like every other.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Final

from world import rows
from world.operation import Operation, Read


def _slices() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(rows.__path__):
        yield import_module(f"{rows.__name__}.{found.name}")


OPERATIONS: Final[tuple[Operation, ...]] = tuple(
    row for each in _slices() for row in getattr(each, "OPERATIONS", ())
)
READS: Final[tuple[Read, ...]] = tuple(
    row for each in _slices() for row in getattr(each, "READS", ())
)

# Actions of the catalogue that no route records, and who does.
NOT_BY_A_ROUTE: Final[Mapping[str, str]] = {
    "api_key.refused": "any route, when a key is revoked or blocked by its address",
    "audit_log.seeded": "the command `deedbook seed`",
    "customer.rfi_opened": "compliance, which is outside",
    "instance.rfi_opened": "compliance, which is outside",
    "billing.invoice_issued": "the command `deedbook billing close-period`",
    "audit_log.entries_expired": "the job that applies retention",
    "audit_log.key_rotated": "the command `deedbook rotate-key`",
}
