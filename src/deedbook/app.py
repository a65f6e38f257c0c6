"""The application: settings, database, slices and dashboard put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI

from deedbook.database.connect import Database
from deedbook.engine import DeedbookError, EntryIds
from deedbook.engine.origin import TrustedProxies, warm
from deedbook.jobs import jobs_of, outbound_of, outside_of
from deedbook.platform.audit_log_exports.places import Places
from deedbook.platform.audit_log_readings.service import SECONDS_APART
from deedbook.platform.audit_logs import audit_log_routers
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.health import health_router
from deedbook.platform.identity.callers import PlatformIdentity
from deedbook.platform.identity.passkeys.ceremonies import relying_party_of
from deedbook.platform.identity.passkeys.verifier import PlatformPasskeys
from deedbook.platform.identity.sessions.mail import mailer_of
from deedbook.platform.routers import LOG_ROUTERS, OTHER_ROUTERS
from deedbook.platform.signing import SigningKeys
from deedbook.settings import Settings
from deedbook.web.dashboard import add_dashboard
from deedbook.web.limits import Buckets, RateLimits
from deedbook.web.origin import OriginReader
from deedbook.web.pipeline import Pipeline
from deedbook.web.problems import TraceIds, add_problem_handlers
from deedbook.web.spacing import Spacing
from deedbook.worker import Worker

STATIC: Final = Path(str(resources.files("deedbook.web"))) / "static"


class InvalidSettings(DeedbookError):
    """A setting is not valid."""

    code = "SETTINGS_INVALID"


def create_app(settings: Settings, *, entry_ids: EntryIds | None = None) -> FastAPI:
    """Give the application; its database has to be migrated already.

    `entry_ids` is another source of ids than the process's, for requests of a made-up past.
    """
    database = Database(settings.url(), connections=settings.connections)
    outside = outside_of(settings)
    outbound = outbound_of(settings)
    keys = SigningKeys(settings.signing_key_path)
    worker = Worker(jobs_of(settings, database, outside, outbound, keys))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        warm()
        if settings.worker == "beside":
            worker.start()
        yield
        worker.stop()
        database.close()

    app = FastAPI(
        title="Deedbook",
        version="0.1.0",
        summary="An audit log, and the payments platform that it records.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
    )
    origins = OriginReader(
        _trusted_proxies(settings), settings.country_header, settings.forwarded_header or None
    )
    secure = settings.public_url.startswith("https://")
    app.state.public_url = settings.public_url.rstrip("/")
    app.state.outside = outside
    app.state.uploads = settings.uploads()
    app.state.outbound = outbound
    app.state.signing_keys = keys
    app.state.mailer = mailer_of(settings.smtp_url.get_secret_value(), settings.mail_from)
    app.state.relying_party = relying_party_of(settings.public_url)
    app.state.pipeline = Pipeline(
        database=database,
        identity=PlatformIdentity(),
        passkeys=PlatformPasskeys(app.state.relying_party),
        catalogue=CATALOGUE,
        origins=origins,
        secret=settings.secret(),
        capacity=settings.connections,
        secure_cookies=secure,
        entry_ids=entry_ids,
    )
    app.state.home = settings.home
    app.state.exports = Places()
    app.state.metrics_token = settings.metrics_token.get_secret_value().encode()
    app.state.readings = Spacing(SECONDS_APART)
    add_problem_handlers(app)
    app.add_middleware(
        RateLimits,
        credentials=Buckets(settings.requests_per_second),
        addresses=Buckets(settings.address_requests_per_second),
        origins=origins,
        secure_cookies=secure,
    )
    # One is asked after the other: those of the log, which is read most, come first. They are whole as
    # they are: to include them would make of each route, and of its fields' validators, a second.
    for router in (*LOG_ROUTERS, audit_log_routers(), *OTHER_ROUTERS, health_router()):
        app.router.routes.extend(router.routes)
    _describe_credentials(app)
    add_dashboard(app, STATIC / "dashboard", secure=secure)
    app.add_middleware(TraceIds)
    return app


def _trusted_proxies(settings: Settings) -> TrustedProxies:
    try:
        return TrustedProxies(settings.trusted_proxies)
    except ValueError as error:
        raise InvalidSettings(f"DEEDBOOK_TRUSTED_PROXIES: {error}") from None


def _describe_credentials(app: FastAPI) -> None:
    """Say in OpenAPI that calls need a Bearer token (RFC 6750), unless a route says otherwise."""
    describe = app.openapi

    def described() -> dict[str, Any]:
        schema = describe()
        bearer = {"type": "http", "scheme": "bearer"}
        schema["components"].setdefault("securitySchemes", {})["Bearer"] = bearer
        schema["security"] = [{"Bearer": []}]
        return schema

    app.openapi = described  # type: ignore[method-assign]
