"""The audit log over HTTP, as routers that any FastAPI application can mount."""

from deedbook.log_api.routes import audit_log_router, catalogue_router

__all__ = ["audit_log_router", "catalogue_router"]
