"""The audit log over HTTP, as routers that any FastAPI application can mount."""

from deedbook.log_api.proving import public_key_router
from deedbook.log_api.routes import audit_log_router, catalogue_router
from deedbook.log_api.verification import verification_router
from deedbook.web.origin import OriginReader

__all__ = [
    "OriginReader",
    "audit_log_router",
    "catalogue_router",
    "public_key_router",
    "verification_router",
]
