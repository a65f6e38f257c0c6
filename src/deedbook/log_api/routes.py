"""The endpoints of one instance's log; and the catalogue of actions.

    app.include_router(audit_log_router(reader), prefix="/v1/instances/{instance_id}/audit-logs")

`reader` is a dependency of the host: it gives the `EntryStore` of the instance that is asked for, or
raises the host's own refusal. It runs before any parameter is looked at, so that who may not read
learns nothing from the form of an answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from deedbook.engine import Catalogue, EntryStore, ids, read_filters, read_page
from deedbook.engine.page import PARAMETERS as PAGE_PARAMETERS
from deedbook.log_api.errors import missing
from deedbook.log_api.following import add_feed
from deedbook.log_api.parameters import both, described, read_buckets, refuse_all, split
from deedbook.log_api.proving import add_proofs
from deedbook.log_api.replies import entry_reply
from deedbook.log_api.schemas import (
    AuditLogOut,
    AuditLogPage,
    CatalogueOut,
    FacetsOut,
    HistogramOut,
    catalogue_out,
    facets_out,
    histogram_out,
)
from deedbook.web.problems import Error, ProblemRoute

_ERRORS: dict[int | str, dict[str, Any]] = {status: {"model": Error} for status in (400, 401, 403)}


def audit_log_router(reader: Callable[..., Any]) -> APIRouter:
    """Give the endpoints of the log of one instance; the host mounts them under a prefix of its own."""
    router = APIRouter(route_class=ProblemRoute, tags=["Audit logs"], responses=_ERRORS)
    # "function": the host has its connection back before a slow client has its reply.
    reading: Any = Depends(reader, scope="function")

    @router.get(
        "",
        response_class=Response,
        responses={200: {"model": AuditLogPage}},
        openapi_extra=described("filters", "page"),
    )
    def list_audit_logs(request: Request, store: EntryStore = reading) -> Response:
        """Give a page of entries, newest first."""
        pages, rest = split(request, PAGE_PARAMETERS)
        filters, page = both(lambda: read_filters(rest, store.catalogue), lambda: read_page(pages))
        found = store.find(filters, page)
        pagination = {
            "has_more": found.has_more,
            "next_page": found.next_page,
            "prev_page": found.prev_page,
        }
        # Entries go out as the bytes they were written as.
        data = b",".join(entry.wire() for entry in found.entries)
        return entry_reply(
            b'{"data":[' + data + b'],"pagination":' + json.dumps(pagination).encode() + b"}"
        )

    @router.get(
        "/histogram",
        response_class=Response,
        responses={200: {"model": HistogramOut}},
        openapi_extra=described("filters", "buckets"),
    )
    def get_histogram(request: Request, store: EntryStore = reading) -> Response:
        """Count entries by time and operation."""
        asked, rest = split(request, ("buckets",))
        filters, buckets = both(
            lambda: read_filters(rest, store.catalogue), lambda: read_buckets(asked)
        )
        counted = store.histogram(filters, now_ms=time.time_ns() // 1_000_000, buckets=buckets)
        return entry_reply(histogram_out(counted, store.catalogue).model_dump_json().encode())

    @router.get(
        "/facets",
        response_class=Response,
        responses={200: {"model": FacetsOut}},
        openapi_extra=described("filters"),
    )
    def get_facets(request: Request, store: EntryStore = reading) -> Response:
        """Count the values of each field."""
        tally = store.count(read_filters(request.query_params.multi_items(), store.catalogue))
        return entry_reply(facets_out(tally).model_dump_json().encode())

    add_feed(router, reading)
    add_proofs(router, reading)

    @router.get(
        "/{id}",
        response_class=Response,
        responses={200: {"model": AuditLogOut}, 404: {"model": Error}, 410: {"model": Error}},
    )
    def get_audit_log(id: str, request: Request, store: EntryStore = reading) -> Response:  # noqa: A002
        """Give one entry."""
        refuse_all(request)
        entry_id = ids.read(id)
        entry = None if entry_id is None else store.get(entry_id)
        if entry is None:
            raise missing(store, entry_id)
        return entry_reply(entry.wire())

    return router


def catalogue_router(catalogue: Catalogue) -> APIRouter:
    """Give the endpoint that serves the catalogue, which holds nothing of any instance."""
    router = APIRouter(route_class=ProblemRoute, tags=["Audit logs"])

    @router.get("/audit-log-actions", openapi_extra={"security": []})
    def list_audit_log_actions() -> CatalogueOut:
        """Give every action that can be recorded, with its title and sentence."""
        return catalogue_out(catalogue)

    return router
