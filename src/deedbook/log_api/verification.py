"""Checking again that a passkey confirmed an act, for hosts that have passkeys.

    app.include_router(
        verification_router(reader, judge), prefix="/v1/instances/{instance_id}/audit-logs"
    )

`reader` is the dependency that the log's other endpoints have; `judge` is the host's, as `examine` of
the engine asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from deedbook.engine import EntryStore, Finding, Result, examine, ids
from deedbook.engine.evidence import Judge
from deedbook.log_api.errors import missing
from deedbook.log_api.parameters import refuse_all
from deedbook.web.problems import Error, ProblemRoute

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": Error} for status in (400, 401, 403, 404, 410)
}


class VerificationOut(BaseModel):
    """What the stored evidence of an entry shows; `problems` says why it does not hold."""

    id: str
    result: Result
    explanation: str
    problems: list[str]


def verification_router(reader: Callable[..., Any], judge: Judge) -> APIRouter:
    """Give the endpoint that checks an entry's evidence again; mount it where the log is."""
    router = APIRouter(route_class=ProblemRoute, tags=["Audit logs"], responses=_ERRORS)
    reading: Any = Depends(reader, scope="function")

    @router.get("/{id}/verification")
    def get_verification(id: str, request: Request, store: EntryStore = reading) -> VerificationOut:  # noqa: A002
        """Check the evidence of an entry's passkey verification from the stored bytes alone."""
        refuse_all(request)
        return verification_out(id, find_evidence(store, id, judge))

    return router


def find_evidence(store: EntryStore, shown_id: str, judge: Judge) -> Finding:
    """Examine the entry with this id. Raises `EntryNotFound`, or `EntryExpired`."""
    entry_id = ids.read(shown_id)
    kept = None if entry_id is None else store.evidence(entry_id)
    if kept is None:
        raise missing(store, entry_id)
    return examine(kept, judge)


def verification_out(shown_id: str, finding: Finding) -> VerificationOut:
    """Give a finding as it is served."""
    return VerificationOut(
        id=shown_id,
        result=finding.result,
        explanation=finding.explanation,
        problems=list(finding.problems),
    )
