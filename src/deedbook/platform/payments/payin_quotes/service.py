"""Rules about payin quotes."""

from __future__ import annotations

from dataclasses import asdict, replace
from fractions import Fraction
from typing import Any, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments import pricing
from deedbook.platform.payments.blockchain_wallets.models import BlockchainWallet
from deedbook.platform.payments.blockchain_wallets.service import blockchain_wallet_of
from deedbook.platform.payments.chains import Token, only_token, require_token
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.platform.payments.limits import require_amount
from deedbook.platform.payments.partner_fees.service import chosen_fee
from deedbook.platform.payments.payin_quotes import methods, otc
from deedbook.platform.payments.payin_quotes.models import PayinQuote
from deedbook.platform.payments.quotes import QUOTE_LIFE, QuoteNotFound, require_open, sweep
from deedbook.platform.payments.virtual_accounts.models import VirtualAccount
from deedbook.platform.payments.virtual_accounts.service import virtual_accounts
from deedbook.platform.payments.wallets.models import Wallet
from deedbook.platform.payments.wallets.service import wallet_of
from deedbook.recording import UnitOfWork


class OneWallet(DeedbookError):
    """blockchain_wallet_id, wallet_id: exactly one of them has to be given."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


class NotForTokens(DeedbookError):
    """from, to: a payin exchanges a currency for a token."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


def open_quote(
    session: Session, instance_id: str, quote_id: str, *, lock: bool = False
) -> PayinQuote:
    """Give a quote that can still be used. Raises when it is not there, was used or has expired.

    With `lock`, whoever else wants to use it waits, and finds it used.
    """
    rows = select(PayinQuote).where(
        PayinQuote.instance_id == instance_id, PayinQuote.id == quote_id
    )
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise QuoteNotFound
    require_open(found)
    return found


def destination_of(
    session: Session, instance_id: str, *, blockchain_wallet_id: str | None, wallet_id: str | None
) -> BlockchainWallet | Wallet:
    """Give the wallet that tokens arrive in. Raises when it is not there, or none or two are named."""
    if blockchain_wallet_id is not None and wallet_id is None:
        return blockchain_wallet_of(session, instance_id, blockchain_wallet_id)
    if wallet_id is not None and blockchain_wallet_id is None:
        return wallet_of(session, instance_id, wallet_id)
    raise OneWallet


def account_for(session: Session, customer: Customer, method: str) -> VirtualAccount | None:
    """Give the virtual account that money of this method is paid into: the customer's first one.

    Raises `MethodNotSupported` where there is no other way.
    """
    if method not in methods.INTO_VIRTUAL_ACCOUNTS:
        return None
    rows = virtual_accounts(customer.instance_id, customer_id=customer.id)
    approved = [account for account in session.scalars(rows) if account.is_approved]
    if not approved and method == "international_swift":
        raise methods.MethodNotSupported
    return approved[-1] if approved else None


def create_quote(work: UnitOfWork, outside: Outside, fields: dict[str, Any]) -> PayinQuote:
    """Quote a payin to a wallet of an approved customer."""
    instance = work.session.get_one(Instance, work.instance_id)
    method, token = fields["payment_method"], fields["token"] or only_token(instance)
    require_token(instance, token)
    destination = destination_of(
        work.session,
        instance.id,
        blockchain_wallet_id=fields["blockchain_wallet_id"],
        wallet_id=fields["wallet_id"],
    )
    customer = approved_customer(work.session, instance.id, destination.customer_id)
    account_for(work.session, customer, method)
    methods.require_tax_id(method, fields["payer_rules"])
    partner_fee = chosen_fee(work.session, instance.id, fields["partner_fee_id"])
    fees = pricing.payin_fees(partner_fee, production=instance.is_production)
    price, quotation = _priced(outside, fields, token, fees)
    require_amount(customer, price.receiver_amount)
    sweep(work, PayinQuote)
    return work.add(
        PayinQuote(
            instance_id=instance.id,
            customer_id=customer.id,
            blockchain_wallet_id=fields["blockchain_wallet_id"],
            wallet_id=fields["wallet_id"],
            partner_fee_id=partner_fee and partner_fee.id,
            payment_method=method,
            currency=methods.CURRENCIES[method],
            token=token,
            request_amount=fields["request_amount"],
            commercial_quotation=quotation.commercial,
            blindpay_quotation=quotation.ours,
            payer_rules=fields["payer_rules"],
            is_otc=fields["is_otc"],
            expires_at=now() + (otc.OTC_LIFE if fields["is_otc"] else QUOTE_LIFE),
            **asdict(price),
        )
    )


def exchange_rate(
    outside: Outside, *, source: str, target: str, amount: int, currency_type: pricing.CurrencyType
) -> tuple[pricing.Quotation, int]:
    """Give today's quotation of a token, and the other side of an amount before fees."""
    tokens = get_args(Token)
    if source in tokens or target not in tokens:
        raise NotForTokens
    if currency_type == "sender":
        methods.require_payable(source, amount)
    quotation = pricing.payin_quotation(outside.rate(target, source))
    result = pricing.exchanged(amount, currency_type, Fraction(100, quotation.ours))
    if currency_type == "receiver":
        result = methods.payable(source, result)
    return quotation, result


def _priced(
    outside: Outside, fields: dict[str, Any], token: str, fees: pricing.Fees
) -> tuple[pricing.Price, pricing.Quotation]:
    asked = pricing.Asked(fields["request_amount"], fields["currency_type"], fields["cover_fees"])
    currency = methods.CURRENCIES[fields["payment_method"]]
    if asked.currency_type == "sender":
        methods.require_payable(currency, asked.amount)
    quotation = pricing.payin_quotation(outside.rate(token, currency))
    if fields["is_otc"]:
        otc.require_supported(
            currency=currency,
            token=token,
            currency_type=asked.currency_type,
            cover_fees=asked.cover_fees,
        )
        # The rate of the market; what it costs is in the fees alone.
        quotation = replace(quotation, ours=quotation.commercial)
    price = pricing.payin_price(asked, quotation, fees)
    if fields["is_otc"]:
        otc.require_minimum(price, quotation)
    sender_amount = methods.payable(currency, price.sender_amount)
    return replace(price, sender_amount=sender_amount), quotation
