"""/v1/instances/{instance_id}/audit-logs/export: what the filters show, as a file to take away."""

from __future__ import annotations

from typing import Any, Final

from fastapi import Request, Response

from deedbook.database.base import now
from deedbook.engine.integrity.note import Signer
from deedbook.log_api.parameters import described
from deedbook.platform.audit_log_exports import audit, service
from deedbook.platform.audit_log_exports.places import Places
from deedbook.platform.audit_log_exports.schemas import Format, read_asked
from deedbook.platform.audit_log_exports.sending import ExportResponse, ExportRoute, Sending
from deedbook.web.declarations import Member, needs, records
from deedbook.web.problems import Error
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Work, slice_router

router = slice_router("/v1/instances/{instance_id}/audit-logs", tag="Audit logs")

_FORMAT: Final[dict[str, Any]] = {
    "name": "format",
    "in": "query",
    "required": True,
    "schema": {"type": "string", "enum": list(Format)},
    "description": "`csv` for spreadsheets, `jsonl` for the entries as they are served, `bundle` for what"
    " proves itself, `pack` for a ZIP of evidence for people.",
}
_REPLIES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {each.media_type.partition(";")[0]: {} for each in Format}},
    429: {"model": Error},
}


@needs(Member(Area.AUDIT_LOGS, Access.READ))
@records(audit.EXPORTED)
def export_audit_logs(work: Work, request: Request) -> Response:
    """Give every entry that the filters show, denied ones and the system's included, oldest first.

    Who exports what is in the log before the first byte is sent. A file that ends as its format says is
    whole.
    """
    state = request.app.state
    asked = read_asked(request.query_params.multi_items(), work.catalogue)
    signer: Signer = state.signing_keys.current()
    service.record_export(work, asked, signer)
    assert work.actor is not None
    assert work.instance_id is not None
    places: Places = state.exports
    leave = request.scope["deedbook.leave"] = places.take(work.instance_id)
    sending = Sending(
        pipeline=state.pipeline,
        instance_id=work.instance_id,
        asked=asked,
        signer=signer,
        taken_by=work.actor,
        folder=state.home,
        leave=leave,
    )
    return ExportResponse(
        sending, f"{work.instance_id}-{now():%Y%m%dT%H%M%SZ}.{asked.format.ending}"
    )


router.add_api_route(
    "/export",
    export_audit_logs,
    methods=["GET"],
    route_class_override=ExportRoute,
    response_class=Response,
    responses=_REPLIES,
    openapi_extra={"parameters": [_FORMAT, *described("filters")["parameters"]]},
)
