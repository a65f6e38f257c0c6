"""The table of virtual accounts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, foreign, relationship

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.platform.payments.belongings import belongs_to
from deedbook.platform.payments.blockchain_wallets.models import BlockchainWallet
from deedbook.platform.payments.customers.models import Customer
from deedbook.recording import Audited, personal, system, tracked


# Its wallet is its customer's: with the customer both go, the account first.
@belongs_to(BlockchainWallet, "blockchain_wallet_id")
class VirtualAccount(Base):
    """An account at a bank in a customer's name; what is paid into it arrives in a wallet as tokens."""

    __tablename__ = "virtual_accounts"
    __audit__ = Audited()

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("va"))
    instance_id: Mapped[str] = tracked(String(15), index=True)
    customer_id: Mapped[str] = tracked(String(15), index=True)
    banking_partner: Mapped[str] = tracked(String(16))
    token: Mapped[str] = tracked(String(8))
    blockchain_wallet_id: Mapped[str] = tracked(String(15), index=True)
    partner_fee_id: Mapped[str | None] = tracked(String(15), index=True)
    sole_proprietor_doc_type: Mapped[str | None] = tracked(String(32))
    sole_proprietor_doc_file: Mapped[str | None] = personal(String(2048))
    kyc_status: Mapped[str] = system(String(32))
    # The bank gives the numbers once the account is approved; they never change after.
    account_number: Mapped[str | None] = system(String(32))
    routing_number: Mapped[str | None] = system(String(32))
    swift_account_number: Mapped[str | None] = system(String(32))
    created_at: Mapped[datetime] = system(Instant, default=now)

    customer: Mapped[Customer] = relationship(
        primaryjoin=lambda: foreign(VirtualAccount.customer_id) == Customer.id,
        lazy="selectin",
        viewonly=True,
    )
    blockchain_wallet: Mapped[BlockchainWallet] = relationship(
        primaryjoin=lambda: foreign(VirtualAccount.blockchain_wallet_id) == BlockchainWallet.id,
        lazy="selectin",
        viewonly=True,
    )

    @property
    def is_approved(self) -> bool:
        """Whether money can be paid into it."""
        return self.kyc_status == "approved"
