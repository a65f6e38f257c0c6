"""Routes of requests for information."""

from __future__ import annotations

from deedbook.platform.payments.requests_for_information import service  # noqa: F401 (brings the table in)
from deedbook.web.routing import slice_router

router = slice_router("/v1/instances/{instance_id}", tag="Requests for information")
