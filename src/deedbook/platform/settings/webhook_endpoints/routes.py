"""/v1/instances/{instance_id}/webhook-endpoints: who is told of events, and what became of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from deedbook.platform.settings.webhook_endpoints import audit, models, schemas, service
from deedbook.web.declarations import Member, needs, records, silent
from deedbook.web.outbound import Outbound
from deedbook.web.paging import Paged, PageOf, page_of
from deedbook.web.roles import Access, Area
from deedbook.web.routing import PublicUrl, Reading, ServerSecret, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}/webhook-endpoints", tag="Webhook endpoints")


async def _outbound(request: Request) -> Outbound:
    outbound: Outbound = request.app.state.outbound
    return outbound


@router.get("")
@needs(Member(Area.INTEGRATION, Access.READ))
def list_webhook_endpoints(session: Reading, instance_id: str) -> list[schemas.WebhookEndpoint]:
    """Give the endpoints."""
    return [
        schemas.WebhookEndpoint.model_validate(row, from_attributes=True)
        for row in service.endpoints_of(session, instance_id)
    ]


@router.post("")
@needs(Member(Area.INTEGRATION, Access.WRITE))
@records(audit.CREATED)
def post_webhook_endpoint(
    work: Work, outbound: Annotated[Outbound, Depends(_outbound)], body: schemas.WebhookEndpointIn
) -> schemas.WebhookEndpointOut:
    """Have events sent to an address."""
    endpoint = service.create_endpoint(work, outbound, url=str(body.url), events=[*body.events])
    return schemas.WebhookEndpointOut(id=endpoint.id)


@router.get("/portal-access")
@needs(Member(Area.INTEGRATION, Access.READ))
def get_portal_access(instance_id: str, public_url: PublicUrl) -> schemas.PortalAccessOut:
    """Give the dashboard's page on deliveries; whoever opens it still has to sign in."""
    page = f"{public_url}/dashboard/instances/{instance_id}/settings/webhooks"
    return schemas.PortalAccessOut(url=page)


@router.delete("/{endpoint_id}")
@needs(Member(Area.INTEGRATION, Access.WRITE))
@records(audit.DELETED)
def delete_webhook_endpoint(work: Work, endpoint_id: str) -> Success:
    """Have no more events sent to an endpoint."""
    service.delete_endpoint(work, endpoint_id)
    return Success()


@router.get("/{endpoint_id}/secret")
@needs(Member(Area.INTEGRATION, Access.WRITE))
@records(audit.SECRET_VIEWED)
def get_webhook_secret(
    work: Work, secret: ServerSecret, endpoint_id: str
) -> schemas.WebhookSecretOut:
    """Give the secret that messages to an endpoint are signed with."""
    return schemas.WebhookSecretOut(key=service.view_secret(work, secret, endpoint_id))


@router.get("/{endpoint_id}/deliveries")
@needs(Member(Area.INTEGRATION, Access.READ))
def list_deliveries(
    session: Reading, instance_id: str, endpoint_id: str, page: PageOf
) -> Paged[schemas.WebhookDeliveryOut]:
    """Give a page of what is or was delivered to an endpoint, newest first, for a month."""
    rows = service.deliveries(session, instance_id, endpoint_id)
    found = page_of(session, rows, models.WebhookDelivery, page)
    return Paged(data=[_out(row) for row in found.rows], pagination=found.pagination)


@router.post("/{endpoint_id}/deliveries/{delivery_id}/retry")
@needs(Member(Area.INTEGRATION, Access.WRITE))
@silent("it sends a message again that was to be sent; nothing of the instance changes")
def post_delivery_retry(
    work: Work, endpoint_id: str, delivery_id: str
) -> schemas.WebhookDeliveryOut:
    """Have a message sent again at once."""
    return _out(service.retry_delivery(work, endpoint_id, delivery_id))


def _out(row: models.WebhookDelivery) -> schemas.WebhookDeliveryOut:
    return schemas.WebhookDeliveryOut.model_validate(row, from_attributes=True)
