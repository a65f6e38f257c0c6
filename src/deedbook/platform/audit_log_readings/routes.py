"""/v1/instances/{instance_id}/audit-log-readings: who read the log."""

from __future__ import annotations

from typing import Literal

from deedbook.engine import API_KEY
from deedbook.platform.audit_log_readings import service
from deedbook.platform.audit_log_readings.models import AuditLogReading
from deedbook.platform.audit_log_readings.schemas import ReaderOut, ReadingOut
from deedbook.web.declarations import Member, needs
from deedbook.web.paging import Paged, PageOf, page_of
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, slice_router

router = slice_router("/v1/instances/{instance_id}/audit-log-readings", tag="Audit logs")


@router.get("")
@needs(Member(Area.AUDIT_LOGS, Access.READ))
def list_audit_log_readings(session: Reading, instance_id: str, page: PageOf) -> Paged[ReadingOut]:
    """Give a page of readings of the log, newest first."""
    found = page_of(session, service.readings(instance_id), AuditLogReading, page)
    names = service.names_of(session, found.rows)
    return Paged(data=[_out(row, names) for row in found.rows], pagination=found.pagination)


def _out(row: AuditLogReading, names: dict[str, str]) -> ReadingOut:
    type_: Literal["user", "api_key"] = "api_key" if row.reader_type == API_KEY.name else "user"
    return ReadingOut(
        id=row.id,
        instance_id=row.instance_id,
        reader=ReaderOut(type=type_, id=row.reader_id, name=names.get(row.reader_id)),
        role=row.role,
        what=row.what,
        entry_id=row.entry_id,
        filters=row.filters,
        request_id=row.request_id,
        created_at=row.created_at,
    )
