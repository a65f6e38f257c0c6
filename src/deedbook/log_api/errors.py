"""Refusals of the audit-log API."""

from deedbook.engine import DeedbookError


class EntryNotFound(DeedbookError):
    """This instance has no such entry."""

    code = "AUDIT_LOGS_NOT_FOUND"
    status = 404
