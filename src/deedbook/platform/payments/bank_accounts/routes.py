"""Routes of bank accounts."""

from __future__ import annotations

from deedbook.platform.payments.bank_accounts import service  # noqa: F401
from deedbook.web.routing import slice_router

router = slice_router("/v1/instances/{instance_id}", tag="Bank accounts")
