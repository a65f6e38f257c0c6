"""A route that does not say who may call it and what it records cannot be made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deedbook.engine import CatalogueError
from deedbook.platform.payments.customers import audit
from deedbook.web.declarations import Anyone, needs, records, silent
from deedbook.web.routing import slice_router

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def endpoint(*decorators: Decorator) -> Callable[..., Any]:
    def deed() -> None: ...

    declared: Callable[..., Any] = deed
    for decorate in decorators:
        declared = decorate(declared)
    return declared


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_route_that_can_change_something_declares_one_of_the_two(method: str) -> None:
    router = slice_router("/v1", tag="test")
    for decorators in (
        [needs(Anyone())],
        [needs(Anyone()), records(audit.CREATED), silent("and silent")],
    ):
        with pytest.raises(CatalogueError, match="deed declares neither"):
            router.add_api_route("/deed", endpoint(*decorators), methods=[method])
    router.add_api_route("/deed", endpoint(needs(Anyone()), silent("why")), methods=[method])
    router.add_api_route(
        "/deed", endpoint(needs(Anyone()), records(audit.CREATED)), methods=[method]
    )


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_route_declares_who_may_call_it(method: str) -> None:
    with pytest.raises(CatalogueError, match="deed does not declare who"):
        slice_router("/v1", tag="test").add_api_route(
            "/deed", endpoint(silent("why")), methods=[method]
        )


def test_a_route_that_only_reads_need_not_say_what_it_records() -> None:
    router = slice_router("/v1", tag="test")
    router.add_api_route("/deed", endpoint(needs(Anyone())), methods=["GET"])
    assert [route.path for route in router.routes] == ["/v1/deed"]  # type: ignore[attr-defined]
