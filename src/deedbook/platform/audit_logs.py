"""The audit log of this platform's instances: owners and admins read it, and keys that they made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

from fastapi import APIRouter, Request

from deedbook.engine import EntryStore
from deedbook.engine.integrity.note import Verifier
from deedbook.log_api import audit_log_router, catalogue_router, public_key_router
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.signing import SigningKeys
from deedbook.recording import open_log
from deedbook.web.declarations import Declaration, Member
from deedbook.web.pipeline import Pipeline
from deedbook.web.roles import Access, Area

_PREFIX: Final = "/v1/instances/{instance_id}/audit-logs"
_READ_LOG: Final = Declaration(permission=Member(Area.AUDIT_LOGS, Access.READ))


async def log_of_instance(request: Request, instance_id: str) -> AsyncIterator[EntryStore]:
    """Give the log of the instance in the path, to those who may read it."""
    pipeline: Pipeline = request.app.state.pipeline
    async with pipeline.opened(request, _READ_LOG, _PREFIX) as opened:
        yield open_log(opened.session, instance_id, CATALOGUE)


def public_key(request: Request) -> Verifier:
    """Give the key of the moment."""
    keys: SigningKeys = request.app.state.signing_keys
    return keys.current().verifier


def audit_log_routers() -> APIRouter:
    """Give the log's endpoints as this platform mounts them."""
    router = APIRouter()
    router.include_router(audit_log_router(log_of_instance), prefix=_PREFIX)
    router.include_router(catalogue_router(CATALOGUE), prefix="/v1")
    router.include_router(public_key_router(public_key))
    return router
