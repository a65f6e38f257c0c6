"""Routes of billing."""

from __future__ import annotations

from deedbook.web.routing import slice_router

router = slice_router("/v1/instances/{instance_id}", tag="Billing")
