"""Rules about transfers."""

from __future__ import annotations

from deedbook.platform.payments.transfers.models import Transfer  # noqa: F401
