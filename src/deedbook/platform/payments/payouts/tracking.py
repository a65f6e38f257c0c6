"""How far a payout is, step by step, as its `tracking_` objects on the wire say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from deedbook.database.base import shown
from deedbook.platform.outside.outside import Outcome
from deedbook.platform.payments.payouts.models import Payout

WAITING: Final = "waiting_documents"
REVIEWING: Final = "compliance_reviewing"


class Way(NamedTuple):
    """Who moves the money of a rail in the simulated world, and how long that takes."""

    provider: str
    arrives_in: str


_WAYS: Final[Mapping[str, Way]] = {
    "ach": Way("JPMorgan Chase", "2_business_days"),
    "wire": Way("JPMorgan Chase", "1_business_day"),
    "rtp": Way("JPMorgan Chase", "5_min"),
    "international_swift": Way("JPMorgan Chase", "5_business_days"),
    "pix": Way("Stark Bank", "5_min"),
    "pix_safe": Way("Stark Bank", "5_min"),
    "ted": Way("Stark Bank", "30_min"),
    "spei_bitso": Way("Bitso", "5_min"),
    "transfers_bitso": Way("Bitso", "5_min"),
    "ach_cop_bitso": Way("Bitso", "1_business_day"),
    "sepa": Way("Citi", "1_business_day"),
}
# Where the details of an account have what a payment is addressed with, whatever the rail.
_RECIPIENT: Final[Mapping[str, tuple[str, ...]]] = {
    "recipient_tax_id": ("pix_safe_cpf_cnpj", "ted_cpf_cnpj", "ach_cop_document_id"),
    "recipient_bank_code": (
        "routing_number",
        "pix_safe_bank_code",
        "ted_bank_code",
        "ach_cop_bank_code",
        "spei_institution_code",
        "swift_code_bic",
        "sepa_beneficiary_bic",
    ),
    "recipient_branch_code": ("pix_safe_branch_code", "ted_branch_code"),
    "recipient_account_number": (
        "account_number",
        "spei_clabe",
        "transfers_account",
        "ach_cop_bank_account",
        "swift_account_number_iban",
        "sepa_iban",
        "pix_key",
    ),
    "recipient_account_type": ("account_type",),
}


def begin(
    payout: Payout, *, recipient: str | None, transaction_hash: str, waits_for_documents: bool
) -> None:
    """Set out: the tokens are on their way; the rest waits for documents where they are needed."""
    step = "on_hold" if waits_for_documents else "processing"
    payout.status = step
    payout.tracking_transaction = {
        "step": "processing",
        "status": None,
        "transaction_hash": transaction_hash,
        "completed_at": None,
    }
    payout.tracking_payment = {
        "step": step,
        "provider_name": _WAYS[payout.rail].provider,
        "provider_status": None,
        "estimated_time_of_arrival": _WAYS[payout.rail].arrives_in,
        "completed_at": None,
        "recipient_name": recipient,
        **{name: _first(payout.bank_details, places) for name, places in _RECIPIENT.items()},
    }
    payout.tracking_liquidity = {"step": step, "provider_status": None, "completed_at": None}
    payout.tracking_complete = {"step": step, "status": None, "completed_at": None}
    payout.tracking_documents = _documents("on_hold", WAITING) if waits_for_documents else None


def review(payout: Payout) -> None:
    """Note that the documents are here."""
    payout.tracking_documents = _documents("pending_review", REVIEWING)


def reviewed(payout: Payout, outcome: Outcome, moment: datetime) -> None:
    """Go on after documents that were approved, and wait for others after any that were not."""
    if outcome is not Outcome.APPROVED:
        payout.tracking_documents = _documents("on_hold", WAITING)
        return
    payout.status = "processing"
    payout.tracking_documents = _documents("completed", None, completed_at=shown(moment))
    payout.tracking_payment = {**payout.tracking_payment, "step": "processing"}
    payout.tracking_liquidity = {**(payout.tracking_liquidity or {}), "step": "processing"}
    payout.tracking_complete = {**payout.tracking_complete, "step": "processing"}


def end(payout: Payout, outcome: Outcome, moment: datetime, *, refund_hash: str | None) -> None:
    """Note how the payment ended: paid, failed at the bank, or come back and given back as tokens."""
    done = {"step": "completed", "completed_at": shown(moment)}
    status, error = {
        Outcome.COMPLETED: ("sent", None),
        Outcome.FAILED: ("failed", "the bank refused the payment"),
        Outcome.REFUNDED: ("returned", "the bank returned the payment"),
    }[outcome]
    payout.status = outcome.value
    payout.tracking_transaction = {**payout.tracking_transaction, **done, "status": "found"}
    payout.tracking_liquidity = {
        **(payout.tracking_liquidity or {}),
        **done,
        "provider_status": "withdrawn",
    }
    payout.tracking_payment = {
        **payout.tracking_payment,
        **done,
        "provider_status": status,
        "provider_error_reason": error,
    }
    payout.tracking_complete = {
        **done,
        "status": {Outcome.COMPLETED: "paid", Outcome.REFUNDED: "tokens_refunded"}.get(outcome),
        "refund_reason": error if outcome is Outcome.REFUNDED else None,
        "transaction_hash": refund_hash,
    }


def _first(details: Mapping[str, Any], places: Iterable[str]) -> str | None:
    return next((found for each in places if (found := details.get(each))), None)


def _documents(step: str, status: str | None, completed_at: str | None = None) -> dict[str, Any]:
    reviewed_by = None if completed_at is None else "compliance"
    return {
        "step": step,
        "status": status,
        "reviewed_by": reviewed_by,
        "completed_at": completed_at,
    }
