"""Every router of the platform."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter

from deedbook.platform.audit_log_readings.routes import router as audit_log_readings
from deedbook.platform.identity.api_keys.routes import router as api_keys
from deedbook.platform.identity.instances.routes import router as instances
from deedbook.platform.identity.invites.routes import router as invites
from deedbook.platform.identity.members.routes import router as members
from deedbook.platform.identity.sessions.routes import router as sessions
from deedbook.platform.identity.users.routes import router as users
from deedbook.platform.payments.customers.routes import router as customers
from deedbook.platform.payments.terms_of_service.routes import router as terms_of_service

ROUTERS: Final[Sequence[APIRouter]] = (
    sessions,
    users,
    instances,
    members,
    invites,
    api_keys,
    terms_of_service,
    customers,
    audit_log_readings,
)
