"""Rules about transfer quotes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments.chains import (
    DEVELOPMENT_TOKEN,
    InvalidAddress,
    NetworkNotSupported,
    TokenNotSupported,
    require_address,
    require_network,
    require_token,
)
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.platform.payments.partner_fees.service import fee_of
from deedbook.platform.payments.quotes import QuoteNotFound, require_open, sweep
from deedbook.platform.payments.transfer_quotes.models import TransferQuote
from deedbook.platform.payments.wallets.models import Wallet
from deedbook.platform.payments.wallets.service import WalletNotFound, wallet_of
from deedbook.recording import UnitOfWork

# What chains ask for a transaction changes from minute to minute.
TRANSFER_QUOTE_LIFE: Final = timedelta(minutes=1)
# Between these chains USDC can be burnt on one and minted on the other; no other token can.
_BRIDGED_TOKEN: Final = "USDC"  # noqa: S105 (a currency, no credential)
_BRIDGED: Final = frozenset({"ethereum", "base", "arbitrum", "polygon", "solana"})


class UnknownWallet(WalletNotFound):
    """wallet_id: this instance has no such wallet."""

    # The wire contract has 400 here, not 404.
    status = 400


class OtherToken(TokenNotSupported):
    """customer_token: has to be the token that is sent; nothing is exchanged on the way."""


class OtherNetwork(NetworkNotSupported):
    """customer_network: has to be the wallet's, but for USDC between chains that are bridged."""


class InvalidRecipient(InvalidAddress):
    """customer_wallet_address: is no address on customer_network."""


class InsufficientBalance(DeedbookError):
    """wallet_id: this wallet does not hold enough of the token."""

    code = "PAYOUTS_INSUFFICIENT_BALANCE"
    status = 400
    machine_message = "not_enough_balance"


def open_quote(session: Session, instance_id: str, quote_id: str) -> TransferQuote:
    """Give a quote that can still be used, and hold it: whoever else wants it finds it used.

    Raises when it is not there, was used or has expired.
    """
    rows = select(TransferQuote).where(
        TransferQuote.instance_id == instance_id, TransferQuote.id == quote_id
    )
    found = session.scalar(rows.with_for_update())
    if found is None:
        raise QuoteNotFound
    require_open(found)
    return found


def require_balance(outside: Outside, wallet: Wallet, token: str, cents: int) -> None:
    """Refuse more than a wallet holds."""
    held = outside.balances(wallet.network, wallet.address).get(token, 0)
    if held * 100 < cents:
        raise InsufficientBalance


def create_quote(work: UnitOfWork, outside: Outside, fields: dict[str, Any]) -> TransferQuote:
    """Quote a transfer out of a wallet; what arrives is what is sent, whatever it is called."""
    instance = work.session.get_one(Instance, work.instance_id)
    try:
        wallet = wallet_of(work.session, instance.id, fields["wallet_id"])
    except WalletNotFound:
        raise UnknownWallet from None
    approved_customer(work.session, instance.id, wallet.customer_id)
    token = fields["sender_token"] or DEVELOPMENT_TOKEN
    require_token(instance, token)
    if fields["customer_token"] not in (None, token):
        raise OtherToken
    network = fields["customer_network"] or wallet.network
    require_network(instance, network)
    _require_way(wallet.network, network, token)
    _require_recipient(network, fields["customer_wallet_address"])
    if fields["partner_fee_id"] is not None:
        fee_of(work.session, instance.id, fields["partner_fee_id"])
    require_balance(outside, wallet, token, fields["request_amount"])
    sweep(work, TransferQuote)
    return work.add(
        TransferQuote(
            instance_id=instance.id,
            wallet_id=wallet.id,
            partner_fee_id=fields["partner_fee_id"],
            amount=fields["request_amount"],
            token=token,
            customer_network=network,
            customer_wallet_address=fields["customer_wallet_address"],
            expires_at=now() + TRANSFER_QUOTE_LIFE,
        )
    )


def _require_way(source: str, target: str, token: str) -> None:
    bridged = token == _BRIDGED_TOKEN and {source, target} <= _BRIDGED
    if source != target and not bridged:
        raise OtherNetwork


def _require_recipient(network: str, address: str) -> None:
    try:
        require_address(network, address)
    except InvalidAddress:
        raise InvalidRecipient from None
