"""/v1/instances/{instance_id}/api-keys: how programs get in."""

from __future__ import annotations

from deedbook.platform.identity.api_keys import audit, service
from deedbook.platform.identity.api_keys.models import ApiKey
from deedbook.platform.identity.api_keys.schemas import (
    ApiKeyPublic,
    CreateApiKeyIn,
    CreateApiKeyOut,
)
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area, Role
from deedbook.web.routing import Reading, RequestNow, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}/api-keys", tag="API keys")


@router.get("")
@needs(Member(Area.INTEGRATION, Access.READ))
def list_api_keys(session: Reading, instance_id: str) -> list[ApiKeyPublic]:
    """Give the keys that work."""
    return [shown(api_key) for api_key in service.keys_of(session, instance_id)]


@router.post("")
@needs(Member(Area.INTEGRATION, Access.WRITE, people_only=True))
@records(audit.CREATED)
def post_api_key(work: Work, request: RequestNow, body: CreateApiKeyIn) -> CreateApiKeyOut:
    """Make a key; its token is shown this once."""
    assert request.role is not None
    service.hold_standing(work, request.role)
    api_key, token = service.create_key(
        work,
        name=body.name,
        ip_whitelist=body.ip_whitelist or [],
        role=request.role,
        permission=body.permission,
    )
    return CreateApiKeyOut(id=api_key.id, token=token)


@router.get("/{api_key_id}")
@needs(Member(Area.INTEGRATION, Access.READ))
def get_api_key(session: Reading, instance_id: str, api_key_id: str) -> ApiKeyPublic:
    """Give one key."""
    return shown(service.key_of(session, instance_id, api_key_id))


@router.delete("/{api_key_id}")
@needs(Member(Area.INTEGRATION, Access.WRITE))
@records(audit.DELETED)
def delete_api_key(work: Work, api_key_id: str) -> Success:
    """Revoke a key."""
    service.revoke_key(work, api_key_id)
    return Success()


def shown(api_key: ApiKey) -> ApiKeyPublic:
    """Give a key as the wire has it."""
    return ApiKeyPublic(
        id=api_key.id,
        name=api_key.name,
        permission=api_key.permission,
        token=f"{api_key.prefix}…",
        ip_whitelist=api_key.ip_whitelist,
        last_used_at=api_key.last_used_at,
        instance_id=api_key.instance_id,
        created_at=api_key.created_at,
        updated_at=api_key.updated_at,
        role=Role(api_key.role),
        reads_log=api_key.reads_log,
    )
