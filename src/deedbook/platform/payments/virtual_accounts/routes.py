"""Routes of virtual accounts."""

from __future__ import annotations

from deedbook.platform.payments.virtual_accounts import service  # noqa: F401 (brings the table in)
from deedbook.web.routing import slice_router

router = slice_router("/v1/instances/{instance_id}", tag="Virtual accounts")
