"""Rows of webhook endpoints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deedbook.platform.settings.webhook_endpoints.models import WebhookEndpoint
from deedbook.web.roles import Area
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.world import World, unique

ENDPOINTS = f"{INSTANCE}/webhook-endpoints"


def new_endpoint(world: World, team: Team, url: str, *events: str) -> str:
    """Give the id of a new endpoint."""
    body = {"url": url, "events": list(events)}
    path = f"/v1/instances/{team.instance_id}/webhook-endpoints"
    reply = world.call(team.owner, "POST", path, body)
    assert reply.status_code == 200, reply.text
    endpoint_id: str = reply.json()["id"]
    return endpoint_id


def _make_room(world: World, team: Team) -> None:
    """An instance has few of them at once, and the tests of a module share it."""
    with world.database.write() as session:
        rows = session.query(WebhookEndpoint.id).filter_by(instance_id=team.instance_id).all()
    path = f"/v1/instances/{team.instance_id}/webhook-endpoints"
    for (endpoint_id,) in rows[20:]:
        assert world.call(team.owner, "DELETE", f"{path}/{endpoint_id}").status_code == 200


def _told(url: str) -> dict[str, Any]:
    return {"label": url, "metadata": {"url": url, "events": ["payout.new"]}}


def _created(world: World, team: Team) -> Prepared:
    _make_room(world, team)
    url = f"https://hooks.example/{unique('hook')}"
    body = {"url": f"{url}?token=of-the-receiver", "events": ["payout.new", "payout.new"]}
    return Prepared(body=body, **_told(url))


def _made(world: World, team: Team) -> Prepared:
    _make_room(world, team)
    url = f"https://hooks.example/{unique('hook')}"
    endpoint_id = new_endpoint(world, team, url, "payout.new")
    return Prepared(values={"endpoint_id": endpoint_id}, entity_id=endpoint_id, **_told(url))


def _an_endpoint(world: World, team: Team) -> Mapping[str, str]:
    return _made(world, team).values


def _endpoints(world: World, team: Team) -> Mapping[str, str]:
    _made(world, team)
    return {}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="webhook_endpoint.created",
        operation="create",
        method="POST",
        path=ENDPOINTS,
        area=Area.INTEGRATION,
        entity_type="webhook_endpoint",
        prepare=_created,
    ),
    Operation(
        action="webhook_endpoint.deleted",
        operation="delete",
        method="DELETE",
        path=f"{ENDPOINTS}/{{endpoint_id}}",
        area=Area.INTEGRATION,
        entity_type="webhook_endpoint",
        prepare=_made,
        has_body=False,
        not_found=(400, "WEBHOOKS_NOT_FOUND"),
    ),
    Operation(
        action="webhook_endpoint.secret_viewed",
        operation="create",
        method="GET",
        path=f"{ENDPOINTS}/{{endpoint_id}}/secret",
        area=Area.INTEGRATION,
        entity_type="webhook_endpoint",
        prepare=_made,
        has_body=False,
        not_found=(400, "WEBHOOKS_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (
    Read(
        path=ENDPOINTS,
        area=Area.INTEGRATION,
        prepare=_endpoints,
    ),
    Read(path=f"{ENDPOINTS}/portal-access", area=Area.INTEGRATION),
    Read(
        path=f"{ENDPOINTS}/{{endpoint_id}}/deliveries",
        area=Area.INTEGRATION,
        prepare=_an_endpoint,
        not_found=(400, "WEBHOOKS_NOT_FOUND"),
    ),
)
