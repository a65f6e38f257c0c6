"""Refusals of the audit-log API."""

from __future__ import annotations

from typing import ClassVar

from deedbook.engine import DeedbookError


class EntryNotFound(DeedbookError):
    """This instance has no such entry."""

    code = "AUDIT_LOGS_NOT_FOUND"
    status = 404


class NotProvedYet(DeedbookError):
    """No checkpoint covers this yet: one is signed within seconds. Ask again."""

    code = "AUDIT_LOGS_NOT_PROVED_YET"
    status = 409
    headers: ClassVar[dict[str, str]] = {"Retry-After": "1"}
