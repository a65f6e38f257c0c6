"""The tables of onboarding: a row for each step that an instance has taken, and one for how it goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, relationship

from deedbook.database.base import Base, Instant, Json, now
from deedbook.recording import Audited, masked, personal, secret, system, tracked


class BusinessDetails(Base):
    """Which business an instance belongs to."""

    __tablename__ = "onboarding_business_details"
    __audit__ = Audited(key=("instance_id",))

    instance_id: Mapped[str] = tracked(String(15), primary_key=True)
    entity_type: Mapped[str] = tracked(String(32))
    legal_name: Mapped[str] = personal(String(2048))
    tax_id: Mapped[str] = masked(String(2048))
    state_of_incorporation: Mapped[str] = tracked(String(2048))
    formation_date: Mapped[str] = personal(String(40))
    trading_names: Mapped[list[str]] = personal(Json)
    address_line_1: Mapped[str] = personal(String(2048))
    address_line_2: Mapped[str | None] = personal(String(2048))
    city: Mapped[str] = personal(String(2048))
    state_province_region: Mapped[str] = personal(String(2048))
    postal_code: Mapped[str] = personal(String(2048))
    country: Mapped[str] = tracked(String(2))
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)


class BusinessProfile(Base):
    """What the business does, and how much it expects to move."""

    __tablename__ = "onboarding_business_profiles"
    __audit__ = Audited(key=("instance_id",))

    instance_id: Mapped[str] = tracked(String(15), primary_key=True)
    scenario: Mapped[str] = tracked(String(32))
    scenario_description: Mapped[str | None] = personal(String(2048))
    has_kyc_screening: Mapped[bool | None] = tracked()
    is_regulated: Mapped[bool | None] = tracked()
    business_industry: Mapped[str] = tracked(String(32))
    website: Mapped[str | None] = personal(String(2048))
    top_volume_by_country: Mapped[list[str]] = tracked(Json)
    estimated_volume_per_month: Mapped[str] = tracked(String(32))
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)


class OwnershipDocuments(Base):
    """The papers of the business, and who owns it."""

    __tablename__ = "onboarding_ownership_documents"
    __audit__ = Audited(key=("instance_id",))

    instance_id: Mapped[str] = tracked(String(15), primary_key=True)
    incorporation_doc_file: Mapped[str | None] = personal(String(2048))
    proof_of_ownership_doc_file: Mapped[str | None] = personal(String(2048))
    proof_of_address_doc_type: Mapped[str | None] = tracked(String(64))
    proof_of_address_doc_file: Mapped[str | None] = personal(String(2048))
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)

    owners: Mapped[list[BusinessOwner]] = relationship(
        cascade="all, delete-orphan", order_by="BusinessOwner.position", lazy="selectin"
    )


class BusinessOwner(Base):
    """An owner of the business; ids are the client's to choose, so they are of one instance alone."""

    __tablename__ = "onboarding_owners"
    __audit__ = Audited(of="onboarding_ownership_documents", key=("instance_id",))

    instance_id: Mapped[str] = tracked(
        String(15),
        ForeignKey("onboarding_ownership_documents.instance_id", ondelete="CASCADE"),
        primary_key=True,
    )
    id: Mapped[str] = tracked(String(15), primary_key=True)
    position: Mapped[int] = system()
    role: Mapped[str | None] = tracked(String(64))
    first_name: Mapped[str | None] = personal(String(255))
    last_name: Mapped[str | None] = personal(String(255))
    date_of_birth: Mapped[str | None] = personal(String(40))
    tax_id: Mapped[str | None] = masked(String(2048))
    address_line_1: Mapped[str | None] = personal(String(2048))
    address_line_2: Mapped[str | None] = personal(String(2048))
    city: Mapped[str | None] = personal(String(2048))
    state_province_region: Mapped[str | None] = personal(String(2048))
    country: Mapped[str | None] = tracked(String(2))
    postal_code: Mapped[str | None] = personal(String(2048))
    id_doc_country: Mapped[str | None] = tracked(String(2))
    id_doc_type: Mapped[str | None] = tracked(String(64))
    id_doc_front_file: Mapped[str | None] = personal(String(2048))
    id_doc_back_file: Mapped[str | None] = personal(String(2048))
    proof_of_address_doc_type: Mapped[str | None] = tracked(String(64))
    proof_of_address_doc_file: Mapped[str | None] = personal(String(2048))

    @property
    def name(self) -> str:
        """What people call the owner, as far as it is known."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)


class Applicant(Base):
    """Who applies for the business, and has their identity checked for it."""

    __tablename__ = "onboarding_applicants"
    __audit__ = Audited(key=("instance_id",))

    instance_id: Mapped[str] = tracked(String(15), primary_key=True)
    applicant_id: Mapped[str] = tracked(String(255))
    applicant_authorized: Mapped[bool | None] = tracked()
    legal_representative_doc_file: Mapped[str | None] = personal(String(2048))
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)


class Verification(Base):
    """How the checks of the applicant (KYC) and of the business (KYB) stand."""

    __tablename__ = "onboarding_verifications"
    __audit__ = Audited(key=("instance_id",))

    instance_id: Mapped[str] = tracked(String(15), primary_key=True)
    liveness_session_id: Mapped[str | None] = secret(String(2048))
    completed_at: Mapped[datetime | None] = tracked(Instant)
    kyc_status: Mapped[str] = system(String(16), default="pending")
    kyb_status: Mapped[str] = system(String(16), default="pending")
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)
