"""How the server is: for whoever keeps it running, and nothing of any tenant.

`/health` says in words whether it works. `/metrics` has the figures, in the text format of Prometheus
(version 0.0.4), for who knows the token of the setting; without the setting there is no such page.
"""

from __future__ import annotations

import hmac
import logging
from datetime import datetime
from typing import Final, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from deedbook.database.base import now
from deedbook.recording import oldest_unsealed_ms
from deedbook.web.pipeline import Pipeline
from deedbook.web.problems import NotFound

# The sealer's own patience is three seconds, and a batch takes less than one.
BEHIND_SECONDS: Final = 30
_log = logging.getLogger("deedbook")
_TEXT_FORMAT: Final = "text/plain; version=0.0.4; charset=utf-8"


class HealthOut(BaseModel):
    """Whether the server works; `behind` means that entries are written and wait to be sealed."""

    status: Literal["ok", "degraded", "failing"]
    database: Literal["ok", "unreachable"]
    sealer: Literal["working", "behind", "unknown"]


def seconds_since(unix_ms: int | None, moment: datetime) -> int | None:
    """Give the whole seconds from a Unix time to a moment; none of them where a clock stepped back."""
    return None if unix_ms is None else max(int(moment.timestamp() - unix_ms / 1000), 0)


def health_router() -> APIRouter:
    """Give the endpoints."""
    router = APIRouter(tags=["Server"])
    public = {"security": list[str]()}

    @router.get("/health", openapi_extra=public, responses={503: {"model": HealthOut}})
    async def get_health(request: Request, response: Response) -> HealthOut:
        """Say whether the server works: 503 when its database cannot be read.

        A sealer that stands still takes no server out of service: writes go on, and it is `degraded`.
        """
        try:
            waiting = await _waiting(request)
        except Exception:  # noqa: BLE001 (the log is read on the driver's own connection)
            _log.warning("the database cannot be read", exc_info=True)
            response.status_code = 503
            return HealthOut(status="failing", database="unreachable", sealer="unknown")
        if waiting > BEHIND_SECONDS:
            return HealthOut(status="degraded", database="ok", sealer="behind")
        return HealthOut(status="ok", database="ok", sealer="working")

    @router.get("/metrics", include_in_schema=False)
    async def get_metrics(request: Request) -> Response:
        """Give the figures."""
        expected: bytes = request.app.state.metrics_token
        given = request.headers.get("authorization", "").encode()
        if not expected or not hmac.compare_digest(given, b"Bearer " + expected):
            raise NotFound
        pipeline: Pipeline = request.app.state.pipeline
        text = _TEXT.format(waiting=await _waiting(request), failures=pipeline.refusals.failures)
        return Response(text, media_type=_TEXT_FORMAT)

    return router


async def _waiting(request: Request) -> int:
    """Give the age in seconds of the oldest entry that has no position; 0 where all have one."""
    pipeline: Pipeline = request.app.state.pipeline
    oldest = await pipeline.read_aside(oldest_unsealed_ms)
    return seconds_since(oldest, now()) or 0


_TEXT: Final = """\
# HELP deedbook_unsealed_age_seconds Age of the oldest entry without a position; 0 when all have one.
# TYPE deedbook_unsealed_age_seconds gauge
deedbook_unsealed_age_seconds {waiting}
# HELP deedbook_refusals_unwritten_total Refused attempts that could not be written down, in this process.
# TYPE deedbook_refusals_unwritten_total counter
deedbook_refusals_unwritten_total {failures}
"""
