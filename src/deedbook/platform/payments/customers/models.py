"""The tables of customers and of the owners of businesses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, relationship

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, masked, personal, system, tracked


class Customer(Base):
    """A person or business that an instance pays and is paid by."""

    __tablename__ = "customers"
    __audit__ = Audited()
    __table_args__ = (Index("ix_customers_list", "instance_id", "created_at", "id"),)

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("re"))
    instance_id: Mapped[str] = tracked(String(15))
    type: Mapped[str] = tracked(String(16))
    kyc_type: Mapped[str] = tracked(String(16))
    email: Mapped[str] = personal(String(320))
    country: Mapped[str] = tracked(String(2))
    tax_id: Mapped[str | None] = masked(String(2048))
    address_line_1: Mapped[str | None] = personal(String(2048))
    address_line_2: Mapped[str | None] = personal(String(2048))
    city: Mapped[str | None] = personal(String(2048))
    state_province_region: Mapped[str | None] = personal(String(2048))
    postal_code: Mapped[str | None] = personal(String(2048))
    ip_address: Mapped[str | None] = personal(String(64))
    latitude: Mapped[float | None] = personal(Float)
    longitude: Mapped[float | None] = personal(Float)
    image_url: Mapped[str | None] = personal(String(2048))
    phone_number: Mapped[str | None] = personal(String(2048))
    proof_of_address_doc_type: Mapped[str | None] = tracked(String(64))
    proof_of_address_doc_file: Mapped[str | None] = personal(String(2048))
    first_name: Mapped[str | None] = personal(String(2048))
    last_name: Mapped[str | None] = personal(String(2048))
    date_of_birth: Mapped[str | None] = personal(String(40))
    id_doc_country: Mapped[str | None] = tracked(String(2))
    id_doc_type: Mapped[str | None] = tracked(String(64))
    id_doc_front_file: Mapped[str | None] = personal(String(2048))
    id_doc_back_file: Mapped[str | None] = personal(String(2048))
    legal_name: Mapped[str | None] = personal(String(2048))
    alternate_name: Mapped[str | None] = personal(String(2048))
    formation_date: Mapped[str | None] = personal(String(40))
    website: Mapped[str | None] = personal(String(2048))
    incorporation_doc_file: Mapped[str | None] = personal(String(2048))
    proof_of_ownership_doc_file: Mapped[str | None] = personal(String(2048))
    source_of_funds_doc_type: Mapped[str | None] = tracked(String(64))
    source_of_funds_doc_file: Mapped[str | None] = personal(String(2048))
    selfie_file: Mapped[str | None] = personal(String(2048))
    purpose_of_transactions: Mapped[str | None] = tracked(String(64))
    purpose_of_transactions_explanation: Mapped[str | None] = personal(String(2048))
    account_purpose: Mapped[str | None] = tracked(String(64))
    account_purpose_other: Mapped[str | None] = personal(String(512))
    business_type: Mapped[str | None] = tracked(String(64))
    business_description: Mapped[str | None] = personal(String(1000))
    business_industry: Mapped[str | None] = tracked(String(8))
    estimated_annual_revenue: Mapped[str | None] = tracked(String(64))
    source_of_wealth: Mapped[str | None] = tracked(String(64))
    publicly_traded: Mapped[bool | None] = tracked()
    occupation: Mapped[str | None] = personal(String(255))
    external_id: Mapped[str | None] = personal(String(2048))
    additional_info: Mapped[list[dict[str, Any]]] = personal(Json, default=list)
    tos_id: Mapped[str] = tracked(String(15))
    kyc_status: Mapped[str] = system(String(32))
    # Limits in cents that were approved instead of those of its kind.
    per_transaction_limit: Mapped[int | None] = system(BigInteger)
    daily_limit: Mapped[int | None] = system(BigInteger)
    monthly_limit: Mapped[int | None] = system(BigInteger)
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)

    owners: Mapped[list[Owner]] = relationship(
        cascade="all, delete-orphan", order_by="Owner.id", lazy="selectin"
    )

    @property
    def is_approved(self) -> bool:
        """Whether its identity is confirmed, which moving money needs."""
        return self.kyc_status in ("approved", "approved_rfi")

    @property
    def name(self) -> str:
        """What people call the customer; its e-mail address while nothing else is known."""
        person = " ".join(part for part in (self.first_name, self.last_name) if part)
        return self.legal_name or person or self.email


class Owner(Base):
    """An owner of a business; a change of it is a change of its customer."""

    __tablename__ = "customer_owners"
    __audit__ = Audited(of="customers", key=("customer_id",))

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("ub"))
    instance_id: Mapped[str] = tracked(String(15))
    customer_id: Mapped[str] = tracked(
        String(15), ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str] = tracked(String(64))
    first_name: Mapped[str] = personal(String(255))
    last_name: Mapped[str] = personal(String(255))
    date_of_birth: Mapped[str] = personal(String(40))
    tax_id: Mapped[str] = masked(String(2048))
    address_line_1: Mapped[str] = personal(String(2048))
    address_line_2: Mapped[str | None] = personal(String(2048))
    city: Mapped[str] = personal(String(2048))
    state_province_region: Mapped[str] = personal(String(2048))
    country: Mapped[str] = tracked(String(2))
    postal_code: Mapped[str] = personal(String(2048))
    id_doc_country: Mapped[str] = tracked(String(2))
    id_doc_type: Mapped[str] = tracked(String(64))
    id_doc_front_file: Mapped[str] = personal(String(2048))
    id_doc_back_file: Mapped[str | None] = personal(String(2048))
    proof_of_address_doc_type: Mapped[str | None] = tracked(String(64))
    proof_of_address_doc_file: Mapped[str | None] = personal(String(2048))
    ownership_percentage: Mapped[int | None] = tracked()
    title: Mapped[str | None] = personal(String(128))
    tax_type: Mapped[str | None] = tracked(String(64))
