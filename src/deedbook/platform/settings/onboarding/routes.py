"""/v1/instances/{instance_id}/onboarding: what the platform asks before it moves real money."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.settings.onboarding import audit, models, service
from deedbook.platform.settings.onboarding.schemas import (
    AccessTokenOut,
    Applicant,
    BusinessDetails,
    BusinessProfile,
    ComplianceOut,
    Liveness,
    NothingYet,
    OwnershipDocuments,
    OwnershipDocumentsOut,
)
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}/onboarding", tag="Onboarding")


@router.get("/business_details", response_model_exclude_none=True)
@needs(Member(Area.SETTINGS, Access.READ))
def get_business_details(session: Reading, instance_id: str) -> BusinessDetails | NothingYet:
    """Give the business details."""
    row = service.submitted(session, models.BusinessDetails, instance_id)
    return BusinessDetails.model_validate(row, from_attributes=True) if row else NothingYet()


@router.put("/business_details")
@needs(Member(Area.SETTINGS, Access.WRITE))
@records(audit.BUSINESS_DETAILS_SUBMITTED)
def put_business_details(work: Work, body: BusinessDetails) -> Success:
    """Say which business the instance belongs to."""
    service.submit_business_details(work, body.model_dump())
    return Success()


@router.get("/business_profile", response_model_exclude_none=True)
@needs(Member(Area.SETTINGS, Access.READ))
def get_business_profile(session: Reading, instance_id: str) -> BusinessProfile | NothingYet:
    """Give the business profile."""
    row = service.submitted(session, models.BusinessProfile, instance_id)
    return BusinessProfile.model_validate(row, from_attributes=True) if row else NothingYet()


@router.put("/business_profile")
@needs(Member(Area.SETTINGS, Access.WRITE))
@records(audit.BUSINESS_PROFILE_SUBMITTED)
def put_business_profile(work: Work, body: BusinessProfile) -> Success:
    """Say what the business does."""
    service.submit_business_profile(work, body.model_dump())
    return Success()


@router.get("/ownership_documents", response_model_exclude_none=True)
@needs(Member(Area.SETTINGS, Access.READ))
def get_ownership_documents(
    session: Reading, instance_id: str
) -> OwnershipDocumentsOut | NothingYet:
    """Give the papers of the business and its owners."""
    row = service.submitted(session, models.OwnershipDocuments, instance_id)
    return OwnershipDocumentsOut.model_validate(row, from_attributes=True) if row else NothingYet()


@router.put("/ownership_documents")
@needs(Member(Area.SETTINGS, Access.WRITE))
@records(audit.OWNERSHIP_DOCUMENTS_SUBMITTED)
def put_ownership_documents(work: Work, body: OwnershipDocuments) -> Success:
    """Say who owns the business."""
    service.submit_ownership_documents(work, body.model_dump())
    return Success()


@router.get("/applicant", response_model_exclude_none=True)
@needs(Member(Area.SETTINGS, Access.READ))
def get_applicant(session: Reading, instance_id: str) -> Applicant | NothingYet:
    """Give who applies for the business."""
    row = service.submitted(session, models.Applicant, instance_id)
    return Applicant.model_validate(row, from_attributes=True) if row else NothingYet()


@router.put("/applicant")
@needs(Member(Area.SETTINGS, Access.WRITE))
@records(audit.APPLICANT_SUBMITTED)
def put_applicant(work: Work, body: Applicant) -> Success:
    """Say who applies for the business."""
    service.submit_applicant(work, body.model_dump())
    return Success()


@router.get("/access_token")
@needs(Member(Area.SETTINGS, Access.WRITE))
def get_access_token(outside: OutsideNow, instance_id: str) -> AccessTokenOut:
    """Give what the applicant's browser needs to have their identity checked."""
    return AccessTokenOut(token=outside.identity_check(), userId=instance_id)


@router.post("/liveness")
@needs(Member(Area.SETTINGS, Access.WRITE))
@records(audit.LIVENESS_SUBMITTED)
def post_liveness(work: Work, outside: OutsideNow, body: Liveness) -> Success:
    """Have the applicant's identity checked."""
    service.submit_liveness(work, outside, body.liveness_session_id)
    return Success()


@router.post("/complete")
@needs(Member(Area.SETTINGS, Access.WRITE))
@records(audit.COMPLETED)
def post_complete(work: Work, outside: OutsideNow) -> Success:
    """Have the business checked, now that every step is taken."""
    service.complete(work, outside)
    return Success()


@router.get("/compliance")
@needs(Member(Area.SETTINGS, Access.READ))
def get_compliance(session: Reading, instance_id: str) -> ComplianceOut:
    """Give how the checks stand."""
    row = service.submitted(session, models.Verification, instance_id)
    if row is None:
        return ComplianceOut(kyb_status="pending", kyc_status="pending")
    return ComplianceOut.model_validate(row, from_attributes=True)
