"""Rules about blockchain operations."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.orm import Session

from deedbook.engine import Ref
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments.blockchain_operations import audit
from deedbook.platform.payments.blockchain_operations.amounts import amount_of, shown
from deedbook.platform.payments.blockchain_operations.schemas import DelegationIn
from deedbook.platform.payments.chains import (
    DEVELOPMENT_TOKEN,
    InvalidAddress,
    NetworkNotSupported,
    family_of,
    require_address,
    require_token,
)
from deedbook.platform.payments.customers.rules import MissingFields
from deedbook.platform.payments.payout_quotes.service import open_quote
from deedbook.platform.payments.quotes import QuoteNotFound
from deedbook.recording import UnitOfWork


class UnknownQuote(QuoteNotFound):
    """quote_id: this instance has no such quote."""

    # Where a delegation is prepared, the wire contract has 404.
    status = 404


class QuoteElsewhere(NetworkNotSupported):
    """quote_id: this quote is for another network than Solana."""


class InvalidOwner(InvalidAddress):
    """owner_address: is no address on Solana."""


class InvalidToken(InvalidAddress):
    """token_address: is no address on Solana."""


class Delegation(NamedTuple):
    """How much of what is delegated: `token` is a token's name, or its address on the chain."""

    token: str
    amount: Decimal


def create_trustline(work: UnitOfWork, outside: Outside, address: str) -> str:
    """Give the transaction with which an address of Stellar opens itself to the instance's token."""
    instance = work.session.get_one(Instance, work.instance_id)
    network = "stellar" if instance.is_production else "stellar_testnet"
    require_address(network, address)
    transaction = outside.unsigned_transaction(network)
    token = "USDC" if instance.is_production else DEVELOPMENT_TOKEN
    metadata = audit.TrustlineMetadata(network=network, token=token)
    work.record(audit.TRUSTLINE_CREATED, None, metadata, entity_id=address)
    return transaction


def mint(work: UnitOfWork, outside: Outside, network: str, address: str, amount: str) -> str:
    """Give an address units of the development token, and give the transaction's hash."""
    instance = work.session.get_one(Instance, work.instance_id)
    require_token(instance, DEVELOPMENT_TOKEN)
    require_address(network, address)
    units = amount_of(amount, family_of(network))
    transaction = outside.mint(work, instance.id, network=network, address=address, amount=units)
    metadata = audit.MintMetadata(
        network=network,
        token=DEVELOPMENT_TOKEN,
        amount=shown(units),
        transaction_hash=transaction,
    )
    work.record(audit.USDB_MINTED, None, metadata, entity_id=address)
    return transaction


def prepare_delegation(work: UnitOfWork, outside: Outside, body: DelegationIn) -> str:
    """Give the transaction with which an owner lets an amount be taken, for a quote or by itself."""
    instance = work.session.get_one(Instance, work.instance_id)
    network = "solana" if instance.is_production else "solana_devnet"
    _require(InvalidOwner, network, body.owner_address)
    if body.quote_id is not None:
        delegation = _for_quote(work.session, instance.id, network, body.quote_id)
        refs = [Ref("quote", body.quote_id)]
    else:
        delegation, refs = _by_itself(network, body), []
    transaction = outside.unsigned_transaction(network)
    metadata = audit.DelegationMetadata(
        network=network,
        token=delegation.token,
        amount=shown(delegation.amount),
        owner_address=body.owner_address,
    )
    entity_id = body.quote_id or body.owner_address
    work.record(audit.DELEGATION_PREPARED, None, metadata, entity_id=entity_id, refs=refs)
    return transaction


def _for_quote(session: Session, instance_id: str, network: str, quote_id: str) -> Delegation:
    try:
        quote = open_quote(session, instance_id, quote_id)
    except QuoteNotFound:
        raise UnknownQuote from None
    if quote.network != network:
        raise QuoteElsewhere
    # Quotes are in cents of a token.
    return Delegation(quote.token, Decimal(quote.sender_amount).scaleb(-2))


def _by_itself(network: str, body: DelegationIn) -> Delegation:
    token, amount = body.token_address, body.amount
    if token is None or amount is None:
        # What a quote would say as well.
        given = {"token_address": token, "amount": amount}
        raise MissingFields([name for name, value in given.items() if value is None])
    _require(InvalidToken, network, token)
    return Delegation(token, amount_of(amount, family_of(network)))


def _require(error: type[InvalidAddress], network: str, address: str) -> None:
    """Refuse what cannot be an address, by the name of its own field."""
    try:
        require_address(network, address)
    except InvalidAddress:
        raise error from None
