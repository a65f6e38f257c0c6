"""/v1/instances/{instance_id}/members: the team."""

from __future__ import annotations

from deedbook.platform.identity.api_keys import audit as api_keys_audit
from deedbook.platform.identity.api_keys.routes import shown
from deedbook.platform.identity.api_keys.schemas import ApiKeyPublic
from deedbook.platform.identity.members import audit, service
from deedbook.platform.identity.members.schemas import KeysOfMember, MemberOut, UpdateMemberIn
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area, Role
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}/members", tag="Team members")


@router.get("")
@needs(Member(Area.TEAM, Access.READ))
def list_members(session: Reading, instance_id: str) -> list[MemberOut]:
    """Give the team."""
    return [
        MemberOut(
            id=user.id,
            email=user.email,
            first_name=user.first_name,
            middle_name=user.middle_name,
            last_name=user.last_name,
            image_url=user.image_url,
            created_at=membership.created_at,
            has_passkey=has_passkey,
            role=Role(membership.role),
        )
        for user, membership, has_passkey in service.members_of(session, instance_id)
    ]


@router.put("/{user_id}")
@needs(Member(Area.TEAM, Access.WRITE))
@records(audit.ROLE_UPDATED, api_keys_audit.DELETED)
def put_member(
    work: Work, user_id: str, body: UpdateMemberIn, api_keys: KeysOfMember = "keep"
) -> Success:
    """Give a member another role; the API keys that they made are kept or revoked."""
    service.update_role(work, user_id, body.user_role, keys=api_keys)
    return Success()


@router.delete("/{user_id}")
@needs(Member(Area.TEAM, Access.WRITE))
@records(audit.REMOVED, api_keys_audit.DELETED)
def delete_member(work: Work, user_id: str, api_keys: KeysOfMember = "keep") -> Success:
    """Take a member out of the team; the API keys that they made are kept or revoked."""
    service.remove_member(work, user_id, keys=api_keys)
    return Success()


@router.get("/{user_id}/api-keys")
@needs(Member(Area.INTEGRATION, Access.READ))
def list_member_api_keys(session: Reading, instance_id: str, user_id: str) -> list[ApiKeyPublic]:
    """Give the working API keys that a member made, to ask about when they are demoted or removed."""
    return [shown(key) for key in service.keys_of_member(session, instance_id, user_id)]
