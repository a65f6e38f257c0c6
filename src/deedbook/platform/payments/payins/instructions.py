"""What the payer is shown: where to send the money, by payment method."""

from __future__ import annotations

from typing import Any, Final

from deedbook.database.ids import new_id, random_text
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.payin_quotes.models import PayinQuote
from deedbook.platform.payments.payins.schemas import BankDetailsOut
from deedbook.platform.payments.virtual_accounts.models import VirtualAccount
from deedbook.platform.payments.virtual_accounts.schemas import UsAccountOut

# Methods whose money comes to one account for all: the memo tells whose it is.
_BY_MEMO: Final = frozenset({"ach", "wire", "rtp", "ted"})
_MEMO_CHARACTERS: Final = 16
_SHARED: Final = {"routing_number": "021000021", "account_number": "000123456789"}
# The platform's own account. Its routing number is a published example, its number nobody's.
_SHARED_ACCOUNT: Final = BankDetailsOut.model_validate(
    {
        **_SHARED,
        **dict.fromkeys(("ach", "wire", "rtp"), _SHARED),
        "account_type": "Business checking",
        "beneficiary": {
            "name": "Deedbook Payments",
            "address_line_1": "1 Main Street",
            "address_line_2": "Wilmington, DE 19801",
        },
        "receiving_bank": {
            "name": "Example Bank",
            "address_line_1": "2 Vault Avenue",
            "address_line_2": "New York, NY 10001",
        },
        "swift_bic_code": None,
        "swift_account_number": None,
        "swift_receiving_bank": None,
    }
)


def instructions(
    outside: Outside, quote: PayinQuote, customer: Customer, account: VirtualAccount | None
) -> dict[str, Any]:
    """Give the columns of a payin that say how to pay, those of its tracking included."""
    method = quote.payment_method
    by_memo = method in _BY_MEMO and account is None
    return {
        "memo_code": random_text(_MEMO_CHARACTERS).upper() if by_memo else None,
        "pix_code": outside.payment_code("pix") if method == "pix" else None,
        "clabe": outside.payment_code("spei") if method == "spei" else None,
        "bank_details": bank_details(account),
        "tracking_transaction": {
            "step": "processing",
            "pse_instruction": _pse(outside, quote, customer) if method == "pse" else None,
            "transfers_instruction": _transfers(outside, quote) if method == "transfers" else None,
        },
    }


def bank_details(account: VirtualAccount | None) -> dict[str, Any]:
    """Give the account that takes dollars: the customer's own, or the one for all."""
    if account is None:
        return _SHARED_ACCOUNT.model_dump()
    own = UsAccountOut.of(account).model_dump()
    for bank in (own["receiving_bank"], own["swift_receiving_bank"]):
        if bank is not None:
            bank["address_line_2"] = bank["address_line_2"] or ""
    return BankDetailsOut.model_validate({**own, **own["ach"]}).model_dump()


def _pse(outside: Outside, quote: PayinQuote, customer: Customer) -> dict[str, Any]:
    """Say who pays; what nobody said of the payer is the customer's."""
    rules = quote.payer_rules or {}
    usual = "NIT" if customer.type == "business" else "CC"
    allowed = rules.get("pse_allowed_tax_ids") or [None]
    return {
        "payment_link": outside.payment_code("pse"),
        "fid": new_id("ps"),
        "full_name": rules.get("pse_full_name") or customer.name,
        "tax_id": rules.get("pse_document_number") or allowed[0],
        "document_type": rules.get("pse_document_type") or usual,
        "phone": rules.get("pse_phone") or customer.phone_number or "",
        "email": rules.get("pse_email") or customer.email,
        "bank_code": rules.get("pse_bank_code"),
    }


def _transfers(outside: Outside, quote: PayinQuote) -> dict[str, Any]:
    tax_id = (quote.payer_rules or {}).get("transfers_allowed_tax_id")
    return {"account": outside.payment_code("transfers"), "type": "CVU", "tax_id": tax_id}
