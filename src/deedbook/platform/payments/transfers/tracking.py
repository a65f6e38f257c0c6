"""How far a transfer is, step by step, as its `tracking_` objects on the wire say."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from deedbook.database.base import shown
from deedbook.platform.outside.outside import Outcome
from deedbook.platform.payments.transfers.models import Transfer

_ON_THE_WAY: Final = {
    "step": "processing",
    "transaction_hash": None,
    "gas_fee": None,
    "completed_at": None,
    "error_message": None,
}
# In the simulated world no address is suspicious, and gas costs nothing.
_NO_RISK: Final = 0
_NO_GAS: Final = "0"


def begin(transfer: Transfer) -> None:
    """Set out: the address is looked at first."""
    transfer.status = "processing"
    transfer.tracking_transaction_monitoring = {
        "step": "processing",
        "blockchain_screening": None,
        "risk_score": None,
        "completed_at": None,
    }
    transfer.tracking_paymaster = dict(_ON_THE_WAY)
    transfer.tracking_bridge_swap = dict(_ON_THE_WAY)
    transfer.tracking_complete = dict(_ON_THE_WAY)


def end(
    transfer: Transfer, outcome: Outcome, moment: datetime, *, transaction_hash: str | None
) -> None:
    """Note how it ended: the tokens arrived, or else they are in the wallet still."""
    moved = outcome is Outcome.COMPLETED
    error = None if moved else "the transfer did not go through; the tokens stay in the wallet"
    done: dict[str, Any] = {
        "step": "completed",
        "transaction_hash": transaction_hash,
        "gas_fee": _NO_GAS,
        "completed_at": shown(moment),
        "error_message": None,
    }
    transfer.status = outcome.value
    transfer.tracking_transaction_monitoring = {
        "step": "completed",
        "blockchain_screening": _NO_RISK,
        "risk_score": _NO_RISK,
        "completed_at": shown(moment),
    }
    transfer.tracking_paymaster = {**done, "transaction_hash": None}
    transfer.tracking_bridge_swap = {**done, "error_message": error}
    transfer.tracking_complete = {**done, "error_message": error}
