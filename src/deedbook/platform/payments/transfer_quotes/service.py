"""Rules about transfer quotes."""

from __future__ import annotations

from deedbook.platform.payments.transfer_quotes.models import TransferQuote  # noqa: F401
