"""Rules about blockchain wallets."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from deedbook.engine import Action, DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments.belongings import belongings
from deedbook.platform.payments.blockchain_wallets import audit
from deedbook.platform.payments.blockchain_wallets.models import BlockchainWallet
from deedbook.platform.payments.blockchain_wallets.schemas import (
    BlockchainWalletIn,
    BlockchainWalletOut,
)
from deedbook.platform.payments.chains import family_of, require_address, require_network
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.rules import MissingFields
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.recording import UnitOfWork

# It says nothing of who signs: the address that signed is all that is taken from a signature.
SIGN_MESSAGE: Final = "I hold the key of this address and add it as a wallet. Signing moves no funds and costs nothing."


class WalletNotFound(DeedbookError):
    """There is no such blockchain wallet."""

    code = "WALLETS_NOT_FOUND"
    status = 404


class NoWalletHere(WalletNotFound):
    """This customer has no such blockchain wallet."""

    # Where one is read, the wire contract has 400.
    status = 400


class WalletAttached(DeedbookError):
    """A virtual account pays into this wallet: give the account another wallet first."""

    code = "WALLETS_ATTACHED_TO_VIRTUAL_ACCOUNT"
    status = 400


class SignatureInvalid(DeedbookError):
    """signature_tx_hash: is no signature of the message."""

    # The wire contract has this code, which is named after webhooks, and 400.
    code = "WEBHOOKS_SIGNATURE_INVALID"
    status = 400


class SignatureNotSupported(DeedbookError):
    """is_account_abstraction: must be true on this network, and address be given."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


class WalletKnown(DeedbookError):
    """address: this customer has a wallet with this address on this network."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


def blockchain_wallets(
    instance_id: str, *, wallet_id: str | None = None, customer_id: str | None = None
) -> Select[BlockchainWallet]:
    """Give the query for blockchain wallets of an instance that match, newest first."""
    rows = select(BlockchainWallet).where(BlockchainWallet.instance_id == instance_id)
    if wallet_id is not None:
        rows = rows.where(BlockchainWallet.id == wallet_id)
    if customer_id is not None:
        rows = rows.where(BlockchainWallet.customer_id == customer_id)
    return rows.order_by(BlockchainWallet.created_at.desc(), BlockchainWallet.id.desc())


def blockchain_wallet_of(
    session: Session,
    instance_id: str,
    wallet_id: str,
    *,
    customer_id: str | None = None,
    lock: bool = False,
) -> BlockchainWallet:
    """Give one blockchain wallet of an instance, or of one of its customers.

    Raises `WalletNotFound`.
    """
    rows = blockchain_wallets(instance_id, wallet_id=wallet_id, customer_id=customer_id)
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise WalletNotFound
    return found


def read_blockchain_wallet(
    session: Session, instance_id: str, customer_id: str, wallet_id: str
) -> BlockchainWallet:
    """Give one blockchain wallet of a customer to whoever reads it. Raises `NoWalletHere`."""
    try:
        return blockchain_wallet_of(session, instance_id, wallet_id, customer_id=customer_id)
    except WalletNotFound:
        raise NoWalletHere from None


def create_blockchain_wallet(
    work: UnitOfWork, outside: Outside, customer_id: str, body: BlockchainWalletIn
) -> BlockchainWallet:
    """Add a wallet of an approved customer, whose address is given or recovered from a signature."""
    instance = work.session.get_one(Instance, work.instance_id)
    # Locked, so that the same address is not added twice at once.
    customer = approved_customer(work.session, instance.id, customer_id, lock=True)
    require_network(instance, body.network)
    signature = None if body.is_account_abstraction else body.signature_tx_hash
    address = _address(outside, body, signature)
    _refuse_known(work.session, customer, body.network, address)
    wallet = work.add(
        BlockchainWallet(
            instance_id=instance.id,
            customer_id=customer.id,
            name=body.name,
            network=body.network,
            address=address,
            signature_tx_hash=signature,
            is_account_abstraction=signature is None,
        )
    )
    _record(work, audit.CREATED, wallet)
    tell(work, instance.id, "blockchainWallet.new", BlockchainWalletOut.of(wallet))
    return wallet


def delete_blockchain_wallet(work: UnitOfWork, customer_id: str, wallet_id: str) -> None:
    """Remove a wallet that nothing pays into."""
    wallet = blockchain_wallet_of(
        work.session, work.instance_id or "", wallet_id, customer_id=customer_id, lock=True
    )
    if belongings(work.session, wallet):
        raise WalletAttached
    work.delete(wallet)
    _record(work, audit.DELETED, wallet)


def _address(outside: Outside, body: BlockchainWalletIn, signature: str | None) -> str:
    """Give the address that signed, or without a signature the one that is named."""
    if signature is not None:
        if family_of(body.network) != "evm":
            raise SignatureNotSupported
        signer = outside.signer_of(body.network, signature)
        if signer is None:
            raise SignatureInvalid
        return signer
    if body.address is None or body.is_account_abstraction is False:
        raise MissingFields(["address" if body.is_account_abstraction else "signature_tx_hash"])
    require_address(body.network, body.address)
    return body.address


def _refuse_known(session: Session, customer: Customer, network: str, address: str) -> None:
    same = BlockchainWallet.address == address
    if family_of(network) == "evm":
        # Capitals of an EVM address are a checksum and no part of it (EIP-55).
        same = func.lower(BlockchainWallet.address) == address.lower()
    rows = blockchain_wallets(customer.instance_id, customer_id=customer.id)
    if session.scalar(rows.where(BlockchainWallet.network == network, same).limit(1)) is not None:
        raise WalletKnown


def _record(
    work: UnitOfWork, action: Action[audit.BlockchainWalletMetadata], wallet: BlockchainWallet
) -> None:
    metadata = audit.BlockchainWalletMetadata(
        network=wallet.network,
        is_account_abstraction=wallet.is_account_abstraction,
        name=wallet.name,
        address=wallet.address,
    )
    refs = [Ref("customer", wallet.customer_id)]
    work.record(action, wallet, metadata, label=wallet.name, refs=refs)
