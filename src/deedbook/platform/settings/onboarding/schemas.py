"""Onboarding on the wire: a step reads as it was submitted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints, field_validator

from deedbook.platform.payments.customers.schemas import Day, Name, Text, Text255, Url
from deedbook.platform.payments.customers.values import IdDocument, OwnerRole, ProofOfAddress
from deedbook.platform.payments.reference.codes import CountryCode
from deedbook.web.schemas import Body

CheckStatus = Literal["pending", "verifying", "approved", "rejected"]


class BusinessDetails(Body):
    """Which business an instance belongs to."""

    entity_type: Literal[
        "cooperative",
        "corporation",
        "company",
        "partnership",
        "sole_proprietor",
        "trust",
        "other",
    ]
    legal_name: Text
    tax_id: Text
    state_of_incorporation: Text
    formation_date: Day
    trading_names: list[Text] = Field(default=[], max_length=100)
    address_line_1: Text
    address_line_2: Text | None = None
    city: Text
    state_province_region: Text
    postal_code: Text
    country: CountryCode


class BusinessProfile(Body):
    """What the business does; volumes are those of a month, in thousands of US dollars."""

    scenario: Literal["custodial", "custodial_mtl", "non_custodial", "other"]
    scenario_description: Text | None = None
    has_kyc_screening: bool | None = None
    is_regulated: bool | None = None
    business_industry: Literal[
        "wallet",
        "exchange",
        "dapp",
        "neo_bank",
        "gaming",
        "marketplace",
        "saas",
        "social",
        "infra",
        "gambling",
        "other",
    ]
    website: Url | None = None
    top_volume_by_country: list[CountryCode] = Field(min_length=1, max_length=249)
    estimated_volume_per_month: Literal[
        "up_to_100",
        "up_to_500",
        "up_to_1000",
        "up_to_10000",
        "more_than_10000",
    ]


class Owner(Body):
    """An owner of the business; one without an id is new, and everything may be told later."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}_[0-9A-Za-z]{12}$")] | None = None
    role: OwnerRole | None = None
    first_name: Name | None = None
    last_name: Name | None = None
    date_of_birth: Day | None = None
    tax_id: Text | None = None
    address_line_1: Text | None = None
    address_line_2: Text | None = None
    city: Text | None = None
    state_province_region: Text | None = None
    country: CountryCode | None = None
    postal_code: Text | None = None
    id_doc_country: CountryCode | None = None
    id_doc_type: IdDocument | None = None
    id_doc_front_file: Url | None = None
    id_doc_back_file: Url | None = None
    proof_of_address_doc_type: ProofOfAddress | None = None
    proof_of_address_doc_file: Text | None = None


class OwnershipDocuments(Body):
    """The papers of the business, and all who own it: an owner who is left out is one no more."""

    incorporation_doc_file: Text | None = None
    proof_of_ownership_doc_file: Text | None = None
    proof_of_address_doc_type: ProofOfAddress | None = None
    proof_of_address_doc_file: Text | None = None
    owners: list[Owner] = Field(max_length=100)

    @field_validator("owners")
    @classmethod
    def _no_twins(cls, owners: list[Owner]) -> list[Owner]:
        ids = [owner.id for owner in owners if owner.id is not None]
        if len(ids) > len(set(ids)):
            raise ValueError("two of them have the same id")
        return owners


class OwnerOut(Owner):
    """An owner, and the instance whose business it is."""

    instance_id: str


class OwnershipDocumentsOut(OwnershipDocuments):
    """The papers of the business, and all who own it."""

    owners: list[OwnerOut]  # type: ignore[assignment]  # an owner with more in it


class Applicant(Body):
    """Who applies for the business: the id of an owner, or of the identity check."""

    applicant_id: Text255
    applicant_authorized: bool | None = None
    legal_representative_doc_file: Text | None = None


class Liveness(Body):
    """The session in which the applicant showed that they are there."""

    liveness_session_id: Text


class NothingYet(BaseModel):
    """The step is still to be taken."""


class ComplianceOut(BaseModel):
    """How the checks of the business (KYB) and of the applicant (KYC) stand."""

    kyb_status: CheckStatus
    kyc_status: CheckStatus


class AccessTokenOut(BaseModel):
    """What the applicant's browser needs to have their identity checked."""

    token: str
    userId: str  # noqa: N815 (as the wire has it)
