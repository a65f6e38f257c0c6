"""Invites: made and withdrawn in an instance, accepted by the person."""

from __future__ import annotations

from deedbook.platform.identity.invites import audit, service
from deedbook.platform.identity.invites.models import Invite
from deedbook.platform.identity.invites.schemas import InviteCreatedOut, InviteIn, InviteOut
from deedbook.platform.identity.users.models import User
from deedbook.web.declarations import Anyone, Member, SignedIn, needs, records
from deedbook.web.roles import Access, Area, Role
from deedbook.web.routing import Person, Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1", tag="Invites")


@router.get("/instances/{instance_id}/invites")
@needs(Member(Area.TEAM, Access.READ))
def list_invites(session: Reading, instance_id: str) -> list[InviteOut]:
    """Give the invites that can still be accepted."""
    return [_out(invite) for invite in service.open_invites(session, instance_id)]


@router.post("/instances/{instance_id}/invites")
@needs(Member(Area.TEAM, Access.WRITE))
@records(audit.CREATED)
def post_invite(work: Work, body: InviteIn) -> InviteCreatedOut:
    """Invite an address."""
    invite = service.create_invite(work, email=body.email, role=body.user_role)
    return InviteCreatedOut(id=invite.id)


@router.delete("/instances/{instance_id}/invites/{invite_id}")
@needs(Member(Area.TEAM, Access.WRITE))
@records(audit.DELETED)
def delete_invite(work: Work, invite_id: str) -> Success:
    """Withdraw an invite."""
    service.delete_invite(work, invite_id)
    return Success()


@router.get("/e/invites/{invite_id}")
@needs(Anyone())
def get_external_invite(session: Reading, invite_id: str) -> InviteOut:
    """Give an invite to whoever holds its id, which was sent to the invitee."""
    return _out(service.open_invite(session, invite_id))


@router.post("/invites/{invite_id}/accept")
@needs(SignedIn())
@records(audit.ACCEPTED)
def accept_invite(work: Work, person: Person, invite_id: str) -> Success:
    """Join the instance of an invite to one's own address."""
    service.accept_invite(work, invite_id, work.session.get_one(User, person.user_id))
    return Success()


def _out(invite: Invite) -> InviteOut:
    return InviteOut(
        id=invite.id,
        email=invite.email,
        user_role=Role(invite.user_role),
        inviter_name=invite.inviter_name,
        expires_at=int(invite.expires_at.timestamp() * 1000),
    )
