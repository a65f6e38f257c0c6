"""Routes of offramp wallets."""

from __future__ import annotations

from deedbook.platform.payments.offramp_wallets import service  # noqa: F401
from deedbook.web.routing import slice_router

router = slice_router("/v1/instances/{instance_id}", tag="Offramp wallets")
