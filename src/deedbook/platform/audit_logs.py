"""The audit log of this platform's instances: owners and admins read it, and keys that they made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute

from deedbook.engine import EntryStore
from deedbook.engine.integrity.note import Verifier
from deedbook.log_api import (
    audit_log_router,
    catalogue_router,
    public_key_router,
    verification_router,
)
from deedbook.platform.audit_log_readings.service import Reading, filters_of, note
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.passkeys.evidence import judge
from deedbook.platform.signing import SigningKeys
from deedbook.recording import open_log
from deedbook.web.declarations import Declaration, Member
from deedbook.web.pipeline import Opened, Pipeline
from deedbook.web.roles import Access, Area
from deedbook.web.routing import access_of
from deedbook.web.spacing import Spacing

# By the last part of a path: a count of entries tells no more than the list of them.
_WHAT: Final = {"": "entries", "histogram": "entries", "facets": "entries", "{id}": "entry"}
_PREFIX: Final = "/v1/instances/{instance_id}/audit-logs"
_READ_LOG: Final = Declaration(permission=Member(Area.AUDIT_LOGS, Access.READ))


async def log_of_instance(request: Request, instance_id: str) -> AsyncIterator[EntryStore]:
    """Give the log of the instance in the path, to those who may read it."""
    pipeline: Pipeline = request.app.state.pipeline
    async with pipeline.opened(request, _READ_LOG, _PREFIX) as opened:
        yield open_log(opened.session, instance_id, CATALOGUE)
    # Who was refused did not come this far; who got an error has read nothing.
    if not hasattr(request.state, "problem"):
        await _note_reading(pipeline, _reading(request, instance_id, opened), request)


async def _note_reading(pipeline: Pipeline, reading: Reading, request: Request) -> None:
    spacing: Spacing = request.app.state.readings
    if spacing.take(reading.kind) is not None:
        await pipeline.write_aside(lambda session: note(session, reading))


def _reading(request: Request, instance_id: str, opened: Opened) -> Reading:
    assert opened.caller is not None
    assert opened.role is not None
    last = str(request.scope["route"].path).rpartition("/")[2]
    return Reading(
        instance_id=instance_id,
        reader_type=opened.caller.actor(opened.role).type.name,
        reader_id=opened.caller.id,
        role=opened.role,
        what=_WHAT.get(last, last),
        entry_id=request.path_params.get("id"),
        filters=filters_of(request.query_params.multi_items()),
        request_id=opened.origin.request_id,
    )


def public_key(request: Request) -> Verifier:
    """Give the key of the moment."""
    keys: SigningKeys = request.app.state.signing_keys
    return keys.current().verifier


def audit_log_routers() -> APIRouter:
    """Give the log's endpoints as this platform mounts them."""
    router = APIRouter()
    for log in (audit_log_router(log_of_instance), verification_router(log_of_instance, judge)):
        for route in log.routes:
            assert isinstance(route, APIRoute)
            route.openapi_extra = {**(route.openapi_extra or {}), **access_of(_READ_LOG.permission)}
        router.include_router(log, prefix=_PREFIX)
    router.include_router(catalogue_router(CATALOGUE), prefix="/v1")
    router.include_router(public_key_router(public_key))
    return router
