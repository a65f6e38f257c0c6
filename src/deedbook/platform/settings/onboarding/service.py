"""Rules about onboarding.

Steps may be taken in any order and again; only `complete` asks for all of them. Development instances
have nothing to be onboarded for: they count as completed, and may rehearse every step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session

from deedbook.database.base import Base, now
from deedbook.database.ids import new_id
from deedbook.engine import Action, DeedbookError, Metadata, NoMetadata
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.settings.onboarding import audit
from deedbook.platform.settings.onboarding.models import (
    Applicant,
    BusinessDetails,
    BusinessOwner,
    BusinessProfile,
    OwnershipDocuments,
    Verification,
)
from deedbook.recording import UnitOfWork

DECIDE_KYC: Final = "onboarding.decide_kyc"
DECIDE_KYB: Final = "onboarding.decide_kyb"
# What `onboarding_step` of an instance says when the step and all before it are taken.
_STEPS: Final[Mapping[str, type[Base]]] = {
    "business_details": BusinessDetails,
    "business_profile": BusinessProfile,
    "documents": OwnershipDocuments,
    "applicant": Applicant,
}
Row = TypeVar("Row", bound=Base)
Model = TypeVar("Model", bound=Metadata)


class OnboardingIncomplete(DeedbookError):
    """Every step of the onboarding has to be taken first."""

    code = "CUSTOMERS_ONBOARDING_INCOMPLETE"
    status = 400


def submitted(session: Session, step: type[Row], instance_id: str) -> Row | None:
    """Give a step as it was submitted, or None while it is still to be taken."""
    return session.get(step, instance_id)


def submit_business_details(work: UnitOfWork, fields: dict[str, Any]) -> None:
    """Say which business the instance belongs to."""
    instance = _locked_instance(work)
    row, operation = _submit(work, BusinessDetails, fields)
    metadata = audit.BusinessDetailsMetadata(row.entity_type, row.country, row.legal_name)
    _record(work, audit.BUSINESS_DETAILS_SUBMITTED, instance, row, metadata, operation)


def submit_business_profile(work: UnitOfWork, fields: dict[str, Any]) -> None:
    """Say what the business does."""
    instance = _locked_instance(work)
    row, operation = _submit(work, BusinessProfile, fields)
    metadata = audit.BusinessProfileMetadata(
        row.scenario, row.business_industry, row.estimated_volume_per_month
    )
    _record(work, audit.BUSINESS_PROFILE_SUBMITTED, instance, row, metadata, operation)


def submit_ownership_documents(work: UnitOfWork, fields: dict[str, Any]) -> None:
    """Say who owns the business; an owner who is left out is one no more."""
    instance = _locked_instance(work)
    owners = fields.pop("owners")
    row, operation = _submit(work, OwnershipDocuments, fields)
    known = {owner.id: owner for owner in row.owners}
    row.owners = [
        _owner(known, instance.id, position, owner) for position, owner in enumerate(owners)
    ]
    names = [owner.name for owner in row.owners]
    metadata = audit.OwnershipDocumentsMetadata(len(names), names)
    _record(work, audit.OWNERSHIP_DOCUMENTS_SUBMITTED, instance, row, metadata, operation)


def submit_applicant(work: UnitOfWork, fields: dict[str, Any]) -> None:
    """Say who applies for the business."""
    instance = _locked_instance(work)
    row, operation = _submit(work, Applicant, fields)
    owner = _applying_owner(work.session, instance.id)
    metadata = audit.ApplicantMetadata(
        row.applicant_id, row.applicant_authorized, owner.name if owner else None
    )
    _record(work, audit.APPLICANT_SUBMITTED, instance, row, metadata, operation)


def submit_liveness(work: UnitOfWork, outside: Outside, session_id: str) -> None:
    """Have the identity of the applicant checked."""
    instance = _locked_instance(work)
    verification = _verification(work, instance.id)
    verification.liveness_session_id = session_id
    if verification.kyc_status != Outcome.APPROVED:
        owner = _applying_owner(work.session, instance.id)
        name = owner.first_name if owner else None
        verification.kyc_status = _review(work, outside, instance, DECIDE_KYC, name)
    _record(work, audit.LIVENESS_SUBMITTED, instance, verification, NoMetadata(), "update")


def complete(work: UnitOfWork, outside: Outside) -> None:
    """Have the business checked, now that every step is taken. Raises `OnboardingIncomplete`."""
    instance = _locked_instance(work)
    session, verification = work.session, _verification(work, instance.id)
    taken = (step for step, model in _STEPS.items() if session.get(model, work.instance_id))
    missing = sorted(_STEPS.keys() - taken, key=list(_STEPS).index)
    if verification.liveness_session_id is None:
        missing.append("liveness")
    if missing:
        raise OnboardingIncomplete(f"These steps are still to be taken: {', '.join(missing)}.")
    verification.completed_at = verification.completed_at or now()
    if verification.kyb_status not in ("verifying", Outcome.APPROVED):
        name = session.get_one(BusinessDetails, verification.instance_id).legal_name
        verification.kyb_status = _review(work, outside, instance, DECIDE_KYB, name)
    instance.onboarding_step = "completed"
    _record(work, audit.COMPLETED, instance, verification, NoMetadata(), "update")


def decide_kyc(work: UnitOfWork, _: Outside, step: Step) -> None:
    """Take the outcome of the applicant's identity check."""
    verification = work.session.get_one(Verification, step.instance_id, with_for_update=True)
    verification.kyc_status = Outcome(step.outcome)


def decide_kyb(work: UnitOfWork, _: Outside, step: Step) -> None:
    """Take the outcome of the check of the business; who is rejected is blocked."""
    instance = work.session.get_one(Instance, step.instance_id, with_for_update=True)
    verification = work.session.get_one(Verification, step.instance_id)
    verification.kyb_status = Outcome(step.outcome)
    if instance.is_production and verification.kyb_status == Outcome.REJECTED:
        instance.onboarding_step = "blocked"


def _locked_instance(work: UnitOfWork) -> Instance:
    """Give the instance, locked, so that two who take the same step at once take turns."""
    return work.session.get_one(Instance, work.instance_id, with_for_update=True)


def _submit(work: UnitOfWork, step: type[Row], fields: dict[str, Any]) -> tuple[Row, str]:
    """Give the row of a step with these fields, and whether that creates or updates it."""
    row = work.session.get(step, work.instance_id)
    if row is None:
        return work.add(step(instance_id=work.instance_id, **fields)), "create"
    for name, value in fields.items():
        setattr(row, name, value)
    return row, "update"


def _owner(
    known: Mapping[str, BusinessOwner], instance_id: str, position: int, fields: dict[str, Any]
) -> BusinessOwner:
    owner_id = fields.pop("id") or new_id("ow")
    owner = known.get(owner_id) or BusinessOwner(instance_id=instance_id, id=owner_id)
    owner.position = position
    for name, value in fields.items():
        setattr(owner, name, value)
    return owner


def _applying_owner(session: Session, instance_id: str) -> BusinessOwner | None:
    applicant = session.get(Applicant, instance_id)
    if applicant is None:
        return None
    return session.get(BusinessOwner, (instance_id, applicant.applicant_id))


def _verification(work: UnitOfWork, instance_id: str) -> Verification:
    found = work.session.get(Verification, instance_id)
    return found or work.add(
        Verification(instance_id=instance_id, kyc_status="pending", kyb_status="pending")
    )


def _review(
    work: UnitOfWork, outside: Outside, instance: Instance, step: str, name: str | None
) -> str:
    matter = Matter(
        instance_id=instance.id,
        production=instance.is_production,
        step=step,
        subject_id=instance.id,
        names=(name,),
    )
    return outside.review(work, matter) or "verifying"


def _record(
    work: UnitOfWork,
    action: Action[Model],
    instance: Instance,
    row: Base,
    metadata: Model,
    operation: str,
) -> None:
    if instance.onboarding_step not in ("completed", "blocked"):
        instance.onboarding_step = _reached(work.session, instance.id)
    work.record(
        action, row, metadata, entity_id=instance.id, label=instance.name, operation=operation
    )


def _reached(session: Session, instance_id: str) -> str:
    reached = "initial"
    for step, model in _STEPS.items():
        if session.get(model, instance_id) is None:
            break
        reached = step
    return reached
