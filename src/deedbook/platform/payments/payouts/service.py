"""Rules about payouts."""

from __future__ import annotations

from deedbook.platform.payments.payouts.models import Payout  # noqa: F401
