"""Routes of payouts."""

from __future__ import annotations

from deedbook.platform.payments.payouts import service  # noqa: F401
from deedbook.web.routing import slice_router

router = slice_router("/v1/instances/{instance_id}", tag="Payouts")
