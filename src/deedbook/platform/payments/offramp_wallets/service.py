"""Rules about off-ramp wallets."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.engine import DeedbookError, Ref
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments.bank_accounts.models import BankAccount
from deedbook.platform.payments.bank_accounts.service import BankAccountNotFound, bank_account_of
from deedbook.platform.payments.chains import family_of, require_network
from deedbook.platform.payments.offramp_wallets import audit
from deedbook.platform.payments.offramp_wallets.models import OfframpWallet
from deedbook.recording import UnitOfWork


class OfframpWalletNotFound(DeedbookError):
    """This bank account has no such off-ramp wallet."""

    code = "WALLETS_NOT_FOUND"
    # The wire contract has 400 here, not 404.
    status = 400


class NoAccountToList(BankAccountNotFound):
    """There is no such bank account here."""

    # Of the list alone the wire contract has 404.
    status = 404


class BankAccountIncomplete(DeedbookError):
    """Nothing can be paid out to this bank account yet: it is not approved."""

    code = "BANK_ACCOUNTS_INCOMPLETE"
    status = 400


def wallets_of(
    session: Session, instance_id: str, customer_id: str, bank_account_id: str
) -> Sequence[OfframpWallet]:
    """Give the wallets of a bank account, newest first. Raises `NoAccountToList`."""
    try:
        account = bank_account_of(session, instance_id, customer_id, bank_account_id)
    except BankAccountNotFound:
        raise NoAccountToList from None
    return session.scalars(offramp_wallets(account)).all()


def offramp_wallets(account: BankAccount) -> Select[OfframpWallet]:
    """Give the query for the wallets of a bank account, newest first."""
    return (
        select(OfframpWallet)
        .where(
            OfframpWallet.instance_id == account.instance_id,
            OfframpWallet.bank_account_id == account.id,
        )
        .order_by(OfframpWallet.created_at.desc(), OfframpWallet.id.desc())
    )


def offramp_wallet_of(
    session: Session, account: BankAccount, offramp_wallet_id: str
) -> OfframpWallet:
    """Give one wallet of a bank account. Raises `OfframpWalletNotFound`."""
    found = session.scalar(offramp_wallets(account).where(OfframpWallet.id == offramp_wallet_id))
    if found is None:
        raise OfframpWalletNotFound
    return found


def offramp_wallet_at(
    session: Session, instance_id: str, network: str, address: str
) -> OfframpWallet | None:
    """Give the wallet behind an address, or None when it is no off-ramp wallet of the instance."""
    return session.scalar(
        select(OfframpWallet).where(
            OfframpWallet.instance_id == instance_id,
            OfframpWallet.network == network,
            OfframpWallet.address == _one_spelling(network, address),
        )
    )


def create_offramp_wallet(
    work: UnitOfWork,
    outside: Outside,
    *,
    customer_id: str,
    bank_account_id: str,
    network: str,
    external_id: str | None,
) -> OfframpWallet:
    """Open an address on a chain; what arrives there is paid out to the bank account."""
    instance = work.session.get_one(Instance, work.instance_id)
    # Locked, so that the account cannot be deleted meanwhile.
    account = bank_account_of(work.session, instance.id, customer_id, bank_account_id, lock=True)
    require_network(instance, network)
    if not account.is_approved:
        raise BankAccountIncomplete
    wallet = work.add(
        OfframpWallet(
            instance_id=instance.id,
            customer_id=account.customer_id,
            bank_account_id=account.id,
            external_id=external_id,
            network=network,
            address=_one_spelling(network, outside.new_address(network)),
        )
    )
    metadata = audit.OfframpWalletMetadata(
        network=network,
        rail=account.type,
        last_four=account.last_four,
        address=wallet.address,
        bank_account=account.label,
        external_id=external_id,
    )
    refs = [Ref("customer", account.customer_id), Ref("bank_account", account.id)]
    work.record(audit.CREATED, wallet, metadata, label=_label(wallet), refs=refs)
    return wallet


def _one_spelling(network: str, address: str) -> str:
    """Capitals in an EVM address are a checksum (EIP-55), no part of it: kept without them."""
    return address.lower() if family_of(network) == "evm" else address


def _label(wallet: OfframpWallet) -> str:
    """What people call the wallet: its ends, as wallets show an address."""
    return wallet.external_id or f"{wallet.address[:6]}…{wallet.address[-4:]} on {wallet.network}"
