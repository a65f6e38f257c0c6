"""/v1/instances: the tenants, their settings and their owner."""

from __future__ import annotations

from deedbook.platform.identity.instances import audit, service
from deedbook.platform.identity.instances.schemas import (
    ExternalInstanceOut,
    InstanceCreatedOut,
    InstanceIn,
    InstanceOut,
    InstanceSettingsOut,
    OwnershipIn,
    SubscriptionFeatures,
    UpdateInstanceIn,
)
from deedbook.platform.identity.users.models import User
from deedbook.web.caller import UserCaller
from deedbook.web.declarations import Anyone, Member, SignedIn, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Person, Reading, RequestNow, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1", tag="Instances")


@router.get("/instances")
@needs(SignedIn())
def list_instances(session: Reading, person: Person) -> list[InstanceOut]:
    """Give the instances that the person is a member of."""
    return [_out(own) for own in service.instances_of(session, person.user_id)]


@router.post("/instances")
@needs(SignedIn())
@records(audit.CREATED)
def post_instance(work: Work, person: Person, body: InstanceIn) -> InstanceCreatedOut:
    """Found an instance; who does is its owner."""
    owner = work.session.get_one(User, person.user_id)
    instance = service.create_instance(work, owner, name=body.name, type=body.type)
    return InstanceCreatedOut(id=instance.id, onboarding_step=instance.onboarding_step)


@router.get("/instances/{instance_id}")
@needs(Member(Area.SETTINGS, Access.READ))
def get_instance(session: Reading, request: RequestNow, instance_id: str) -> InstanceSettingsOut:
    """Give one instance with all its settings, and the caller's role in it."""
    assert request.role is not None
    own = service.own_instance(session, instance_id, request.role)
    return InstanceSettingsOut(
        **_out(own).model_dump(),
        compliance_emails=own.instance.compliance_emails,
        customer_rfi_emails_enabled=own.instance.customer_rfi_emails_enabled,
    )


@router.put("/instances/{instance_id}")
@needs(Member(Area.SETTINGS, Access.WRITE))
@records(audit.UPDATED)
def put_instance(work: Work, request: RequestNow, body: UpdateInstanceIn) -> Success:
    """Change the settings of an instance; only a person with a passkey can require passkeys."""
    given = body.model_dump(mode="json", exclude_unset=True)
    caller = request.caller
    has_passkey = isinstance(caller, UserCaller) and caller.has_passkey
    service.update_instance(work, given, has_passkey=has_passkey)
    return Success()


@router.delete("/instances/{instance_id}")
@needs(Member(Area.OWNERSHIP, Access.WRITE))
@records(audit.DELETED)
def delete_instance(work: Work) -> Success:
    """Close an instance for good."""
    service.delete_instance(work)
    return Success()


@router.post("/instances/{instance_id}/ownership")
@needs(Member(Area.OWNERSHIP, Access.WRITE))
@records(audit.OWNERSHIP_TRANSFERRED)
def post_ownership(work: Work, body: OwnershipIn) -> Success:
    """Make another member the owner."""
    service.transfer_ownership(work, body.user_id)
    return Success()


@router.get("/e/instances/{instance_id}")
@needs(Anyone())
def get_external_instance(session: Reading, instance_id: str) -> ExternalInstanceOut:
    """Give what anyone may know of an instance that invites them."""
    instance = service.living_instance(session, instance_id)
    return ExternalInstanceOut(
        legal_name=instance.name,
        receiver_invite_redirect_url=instance.customer_invite_redirect_url,
    )


def _out(own: service.OwnInstance) -> InstanceOut:
    instance = own.instance
    return InstanceOut(
        id=instance.id,
        name=instance.name,
        type="production" if instance.type == "production" else "development",
        subscription_features=SubscriptionFeatures(),
        user_owner_id=own.owner_id,
        user_role=own.role,
        onboarding_step=instance.onboarding_step,
        receiver_invite_redirect_url=instance.customer_invite_redirect_url,
        email_notifications=instance.email_notifications,
        require_passkey=instance.require_passkey,
    )
