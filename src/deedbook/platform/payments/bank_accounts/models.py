"""The table of bank accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, relationship

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.platform.payments.belongings import belongs_to
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.reference.bank_details import RAILS
from deedbook.recording import Audited, masked, personal, system, tracked


@belongs_to(Customer, "customer_id")
class BankAccount(Base):
    """An account that a customer is paid out to, over one rail; which columns it uses hangs on that."""

    __tablename__ = "bank_accounts"
    __audit__ = Audited()
    __table_args__ = (Index("ix_bank_accounts_list", "instance_id", "customer_id", "created_at"),)

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("ba"))
    instance_id: Mapped[str] = tracked(String(15))
    customer_id: Mapped[str] = tracked(String(15), index=True)
    type: Mapped[str] = tracked(String(32))
    name: Mapped[str] = personal(String(2048))
    recipient_relationship: Mapped[str | None] = tracked(String(64))
    account_class: Mapped[str | None] = tracked(String(16))
    account_type: Mapped[str | None] = tracked(String(16))
    business_industry: Mapped[str | None] = tracked(String(8))
    phone_number: Mapped[str | None] = personal(String(2048))
    tax_id: Mapped[str | None] = masked(String(32))
    date_of_birth: Mapped[str | None] = personal(String(40))
    # ach, wire and rtp; pix_safe and ted share the beneficiary and the number
    beneficiary_name: Mapped[str | None] = personal(String(128))
    routing_number: Mapped[str | None] = tracked(String(9))
    account_number: Mapped[str | None] = masked(String(64))
    address_line_1: Mapped[str | None] = personal(String(2048))
    address_line_2: Mapped[str | None] = personal(String(2048))
    city: Mapped[str | None] = personal(String(2048))
    state_province_region: Mapped[str | None] = personal(String(2048))
    country: Mapped[str] = tracked(String(2))
    postal_code: Mapped[str | None] = personal(String(2048))
    # pix, pix_safe and ted
    pix_key: Mapped[str | None] = masked(String(128))
    pix_safe_bank_code: Mapped[str | None] = tracked(String(8))
    pix_safe_branch_code: Mapped[str | None] = tracked(String(8))
    pix_safe_cpf_cnpj: Mapped[str | None] = masked(String(32))
    ted_bank_code: Mapped[str | None] = tracked(String(8))
    ted_branch_code: Mapped[str | None] = tracked(String(8))
    ted_cpf_cnpj: Mapped[str | None] = masked(String(32))
    # spei_bitso
    spei_protocol: Mapped[str | None] = tracked(String(16))
    spei_institution_code: Mapped[str | None] = tracked(String(8))
    spei_clabe: Mapped[str | None] = masked(String(32))
    # transfers_bitso
    transfers_type: Mapped[str | None] = tracked(String(16))
    transfers_account: Mapped[str | None] = masked(String(32))
    # ach_cop_bitso
    ach_cop_beneficiary_first_name: Mapped[str | None] = personal(String(2048))
    ach_cop_beneficiary_last_name: Mapped[str | None] = personal(String(2048))
    ach_cop_document_id: Mapped[str | None] = masked(String(64))
    ach_cop_document_type: Mapped[str | None] = tracked(String(8))
    ach_cop_email: Mapped[str | None] = personal(String(320))
    ach_cop_bank_code: Mapped[str | None] = tracked(String(16))
    ach_cop_bank_account: Mapped[str | None] = masked(String(64))
    # international_swift
    swift_code_bic: Mapped[str | None] = tracked(String(11))
    swift_account_holder_name: Mapped[str | None] = personal(String(50))
    swift_account_number_iban: Mapped[str | None] = masked(String(64))
    swift_beneficiary_address_line_1: Mapped[str | None] = personal(String(2048))
    swift_beneficiary_address_line_2: Mapped[str | None] = personal(String(2048))
    swift_beneficiary_country: Mapped[str | None] = tracked(String(2))
    swift_beneficiary_city: Mapped[str | None] = personal(String(2048))
    swift_beneficiary_state_province_region: Mapped[str | None] = personal(String(2048))
    swift_beneficiary_postal_code: Mapped[str | None] = personal(String(2048))
    swift_bank_name: Mapped[str | None] = tracked(String(2048))
    swift_bank_address_line_1: Mapped[str | None] = tracked(String(2048))
    swift_bank_address_line_2: Mapped[str | None] = tracked(String(2048))
    swift_bank_country: Mapped[str | None] = tracked(String(2))
    swift_bank_city: Mapped[str | None] = tracked(String(2048))
    swift_bank_state_province_region: Mapped[str | None] = tracked(String(2048))
    swift_bank_postal_code: Mapped[str | None] = tracked(String(2048))
    swift_ifsc_branch_code: Mapped[str | None] = tracked(String(11))
    swift_payment_code: Mapped[str | None] = tracked(String(32))
    swift_intermediary_bank_swift_code_bic: Mapped[str | None] = tracked(String(11))
    swift_intermediary_bank_account_number_iban: Mapped[str | None] = masked(String(34))
    swift_intermediary_bank_name: Mapped[str | None] = tracked(String(2048))
    swift_intermediary_bank_country: Mapped[str | None] = tracked(String(2))
    # sepa
    sepa_iban: Mapped[str | None] = masked(String(34))
    sepa_beneficiary_bic: Mapped[str | None] = tracked(String(11))
    sepa_beneficiary_legal_name: Mapped[str | None] = personal(String(128))
    sepa_beneficiary_address_line_1: Mapped[str | None] = personal(String(2048))
    sepa_beneficiary_address_line_2: Mapped[str | None] = personal(String(2048))
    sepa_beneficiary_city: Mapped[str | None] = personal(String(2048))
    sepa_beneficiary_state_province_region: Mapped[str | None] = personal(String(2048))
    sepa_beneficiary_postal_code: Mapped[str | None] = personal(String(2048))
    sepa_beneficiary_country: Mapped[str | None] = tracked(String(2))
    status: Mapped[str] = system(String(16))
    created_at: Mapped[datetime] = system(Instant, default=now)

    # By name: off-ramp wallets know accounts, and not the other way round.
    offramp_wallets: Mapped[list[Any]] = relationship(
        "OfframpWallet",
        primaryjoin="BankAccount.id == foreign(OfframpWallet.bank_account_id)",
        order_by="OfframpWallet.created_at.desc()",
        lazy="selectin",
        viewonly=True,
    )

    @property
    def is_approved(self) -> bool:
        """Whether it was reviewed, which paying out to it needs."""
        return self.status == "approved"

    @property
    def holder(self) -> str | None:
        """Whose account it is, where that is told."""
        names = (self.ach_cop_beneficiary_first_name, self.ach_cop_beneficiary_last_name)
        return (
            self.beneficiary_name
            or self.swift_account_holder_name
            or self.sepa_beneficiary_legal_name
            or " ".join(name for name in names if name)
            or None
        )

    @property
    def number(self) -> str:
        """What its bank knows it by: a number, an IBAN, a CLABE, a key."""
        number: str = getattr(self, RAILS[self.type].number)
        return number

    @property
    def last_four(self) -> str:
        """The last four characters of its number, which may be shown."""
        return self.number[-4:]

    @property
    def label(self) -> str:
        """What people call the account: `Itaú •••• 4821`."""
        return f"{self.name} •••• {self.last_four}"
