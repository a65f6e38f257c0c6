"""Look-ups in reference data."""

from __future__ import annotations

from typing import Final

from deedbook.platform.payments.reference.banks import BANKS, Bank

_WITHOUT_BRANCH: Final = 8


def banks_of(bic: str) -> list[Bank]:
    """Give the banks that a BIC of 8 or 11 characters stands for; none where it is not known."""
    whole_bank = len(bic) == _WITHOUT_BRANCH
    return [
        bank for bank in BANKS if bic == (bank.bic[:_WITHOUT_BRANCH] if whole_bank else bank.bic)
    ]
