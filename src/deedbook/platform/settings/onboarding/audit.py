"""What is recorded of onboarding: every step, each the first time and again."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, NoMetadata, Personal, Searchable

ONBOARDING = Feature("onboarding", title="Onboarding")
_FIRST_OR_AGAIN = ("create", "update")


@dataclass(frozen=True, slots=True)
class BusinessDetailsMetadata(Metadata):
    """Which business it is."""

    entity_type: str
    country: str
    legal_name: Personal[Searchable[str]]


@dataclass(frozen=True, slots=True)
class BusinessProfileMetadata(Metadata):
    """What the business does; its volume is that of a month, in thousands of US dollars."""

    scenario: str
    business_industry: str
    estimated_volume_per_month: str


@dataclass(frozen=True, slots=True)
class OwnershipDocumentsMetadata(Metadata):
    """How many own the business, and their names."""

    owners: int
    owner_names: Personal[list[str]]


@dataclass(frozen=True, slots=True)
class ApplicantMetadata(Metadata):
    """Who applies for the business; the name is known where an owner does."""

    applicant_id: str
    applicant_authorized: bool | None
    name: Personal[str | None]


BUSINESS_DETAILS_SUBMITTED = Action(
    "onboarding.business_details_submitted",
    ONBOARDING,
    _FIRST_OR_AGAIN,
    BusinessDetailsMetadata,
    says="submitted the business details of {label}",
    entity_type="business_details",
    title="Business details submitted",
)
BUSINESS_PROFILE_SUBMITTED = Action(
    "onboarding.business_profile_submitted",
    ONBOARDING,
    _FIRST_OR_AGAIN,
    BusinessProfileMetadata,
    says="submitted the business profile of {label}",
    entity_type="business_profile",
    title="Business profile submitted",
)
OWNERSHIP_DOCUMENTS_SUBMITTED = Action(
    "onboarding.ownership_documents_submitted",
    ONBOARDING,
    _FIRST_OR_AGAIN,
    OwnershipDocumentsMetadata,
    says="submitted the ownership documents of {label}",
    entity_type="ownership_documents",
    title="Ownership documents submitted",
)
APPLICANT_SUBMITTED = Action(
    "onboarding.applicant_submitted",
    ONBOARDING,
    _FIRST_OR_AGAIN,
    ApplicantMetadata,
    says="named who applies for {label}",
    entity_type="applicant",
    title="Applicant submitted",
)
LIVENESS_SUBMITTED = Action(
    "onboarding.liveness_submitted",
    ONBOARDING,
    ("update",),
    NoMetadata,
    says="submitted the applicant's identity check for {label}",
    entity_type="liveness",
    title="Identity check submitted",
)
COMPLETED = Action(
    "onboarding.completed",
    ONBOARDING,
    ("update",),
    NoMetadata,
    says="completed the onboarding of {label}",
    entity_type="completion",
    title="Onboarding completed",
)

ACTIONS = (
    BUSINESS_DETAILS_SUBMITTED,
    BUSINESS_PROFILE_SUBMITTED,
    OWNERSHIP_DOCUMENTS_SUBMITTED,
    APPLICANT_SUBMITTED,
    LIVENESS_SUBMITTED,
    COMPLETED,
)
