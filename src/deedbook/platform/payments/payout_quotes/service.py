"""Rules about payout quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments import pricing
from deedbook.platform.payments.bank_accounts.models import BankAccount
from deedbook.platform.payments.bank_accounts.service import BankAccountNotFound, bank_account_of
from deedbook.platform.payments.chains import (
    InvalidAddress,
    only_token,
    require_address,
    require_network,
    require_token,
)
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.platform.payments.limits import require_amount
from deedbook.platform.payments.partner_fees.service import chosen_fee
from deedbook.platform.payments.payout_quotes.models import PayoutQuote
from deedbook.platform.payments.quotes import QUOTE_LIFE, QuoteNotFound, require_open, sweep
from deedbook.recording import UnitOfWork

# What a bank account of each rail is paid in.
CURRENCIES: Final[Mapping[str, str]] = {
    "ach": "USD",
    "wire": "USD",
    "rtp": "USD",
    "international_swift": "USD",
    "pix": "BRL",
    "pix_safe": "BRL",
    "ted": "BRL",
    "spei_bitso": "MXN",
    "ach_cop_bitso": "COP",
    "transfers_bitso": "ARS",
    "sepa": "EUR",
}


class UnknownBankAccount(DeedbookError):
    """bank_account_id: this instance has no such bank account."""

    code = "BANK_ACCOUNTS_NOT_FOUND"
    status = 404


class BankAccountNotApproved(DeedbookError):
    """bank_account_id: this bank account is not approved."""

    code = "BANK_ACCOUNTS_NOT_APPROVED"
    status = 403


class InvalidRefundAddress(InvalidAddress):
    """refund_wallet_address: is no address on this network."""


def open_quote(
    session: Session, instance_id: str, quote_id: str, *, lock: bool = False
) -> PayoutQuote:
    """Give a quote that can still be used. Raises when it is not there, was used or has expired.

    With `lock`, whoever else wants to use it waits, and finds it used.
    """
    rows = select(PayoutQuote).where(
        PayoutQuote.instance_id == instance_id, PayoutQuote.id == quote_id
    )
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise QuoteNotFound
    require_open(found)
    return found


def payable_account(session: Session, instance_id: str, bank_account_id: str) -> BankAccount:
    """Give a bank account that may be paid out to. Raises when it is not there or not approved."""
    account = bank_account_of(session, instance_id, None, bank_account_id)
    if not account.is_approved:
        raise BankAccountNotApproved
    return account


def create_quote(work: UnitOfWork, outside: Outside, fields: dict[str, Any]) -> PayoutQuote:
    """Quote a payout to an approved bank account of an approved customer."""
    instance = work.session.get_one(Instance, work.instance_id)
    network, token = fields["network"], fields["token"] or only_token(instance)
    require_network(instance, network)
    require_token(instance, token)
    if fields["refund_wallet_address"] is not None:
        _require_refund_address(network, fields["refund_wallet_address"])
    account = _named_account(work.session, instance.id, fields["bank_account_id"])
    customer = approved_customer(work.session, instance.id, account.customer_id)
    partner_fee = chosen_fee(work.session, instance.id, fields["partner_fee_id"])
    quotation = pricing.payout_quotation(outside.rate(token, CURRENCIES[account.type]))
    price = pricing.payout_price(
        pricing.Asked(fields["request_amount"], fields["currency_type"], fields["cover_fees"]),
        quotation,
        pricing.payout_fees(partner_fee, production=instance.is_production),
    )
    require_amount(customer, price.sender_amount)
    sweep(work, PayoutQuote)
    return work.add(
        PayoutQuote(
            instance_id=instance.id,
            customer_id=customer.id,
            bank_account_id=account.id,
            partner_fee_id=partner_fee and partner_fee.id,
            network=network,
            token=token,
            currency=CURRENCIES[account.type],
            request_amount=fields["request_amount"],
            commercial_quotation=quotation.commercial,
            blindpay_quotation=quotation.ours,
            description=fields["description"],
            refund_wallet_address=fields["refund_wallet_address"],
            expires_at=now() + QUOTE_LIFE,
            **asdict(price),
        )
    )


def exchange_rate(
    outside: Outside, *, token: str, currency: str, amount: int, currency_type: pricing.CurrencyType
) -> tuple[pricing.Quotation, int]:
    """Give today's quotation of a token, and the other side of an amount before fees."""
    quotation = pricing.payout_quotation(outside.rate(token, currency))
    return quotation, pricing.exchanged(amount, currency_type, Fraction(quotation.ours, 100))


def _named_account(session: Session, instance_id: str, bank_account_id: str) -> BankAccount:
    try:
        return payable_account(session, instance_id, bank_account_id)
    except BankAccountNotFound:
        raise UnknownBankAccount from None


def _require_refund_address(network: str, address: str) -> None:
    try:
        require_address(network, address)
    except InvalidAddress:
        raise InvalidRefundAddress from None
