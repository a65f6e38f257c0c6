"""Rules about off-ramp wallets."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.platform.payments.chains import family_of
from deedbook.platform.payments.offramp_wallets.models import OfframpWallet


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


def _one_spelling(network: str, address: str) -> str:
    """Capitals in an EVM address are a checksum (EIP-55), no part of it: kept without them."""
    return address.lower() if family_of(network) == "evm" else address
