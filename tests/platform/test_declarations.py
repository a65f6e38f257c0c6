"""Declared against written: what a route says of itself is what it does, both ways."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from deedbook.platform.catalogue import CATALOGUE
from deedbook.web.declarations import SAFE_METHODS, Member
from deedbook.web.roles import Access, Area
from world.operations import NOT_BY_A_ROUTE, OPERATIONS, READS
from world.routes import Walked, walk
from world.world import World

LOG = "/v1/instances/{instance_id}/audit-logs"


def undeclared(routes: Walked) -> list[str]:
    """Give the routes that could change something and do not say what they record."""
    return [
        f"{method} {path}"
        for method, path, declared in routes
        if method not in SAFE_METHODS
        and (declared is None or not (declared.records or declared.silent))
    ]


def test_every_route_that_can_change_something_declares_what_it_records(world: World) -> None:
    routes = walk(world.app)
    assert [path for method, path, _ in routes if method == "POST"], "the walk finds routes"
    assert undeclared(routes) == []


def test_a_route_beside_the_slices_is_found_out() -> None:
    app, rogue = FastAPI(), APIRouter(prefix="/v1/rogue")

    @rogue.post("/deed")
    def post_deed() -> None: ...

    app.include_router(rogue)
    assert undeclared(walk(app)) == ["POST /v1/rogue/deed"]


def test_every_declared_action_has_a_row_that_calls_it(world: World) -> None:
    declared = {
        (action.name, method, path)
        for method, path, declaration in walk(world.app)
        if declaration is not None
        for action in declaration.records
    }
    rows = [(each.action, each.method, each.path) for each in OPERATIONS]
    assert sorted(rows) == sorted(declared)


def test_every_action_of_the_catalogue_is_recorded_by_a_route_or_has_a_reason() -> None:
    recorded = {each.action for each in OPERATIONS}
    assert recorded | set(NOT_BY_A_ROUTE) == set(CATALOGUE.actions)
    assert not recorded & set(NOT_BY_A_ROUTE)


def test_rows_and_routes_ask_for_the_same_permission(world: World) -> None:
    declared = {
        (method, path): declaration.permission
        for method, path, declaration in walk(world.app)
        if declaration is not None
    }
    for row in OPERATIONS:
        permission = declared[row.method, row.path]
        if row.area is not None:
            assert permission == Member(row.area, row.access, people_only=row.people_only)
        else:
            assert not isinstance(permission, Member)


def test_every_read_in_an_instance_has_a_row(world: World) -> None:
    found = {
        path: (declaration.permission.area, declaration.permission.access)
        for method, path, declaration in walk(world.app)
        if declaration is not None
        and not declaration.writes(method)
        and isinstance(declaration.permission, Member)
    }
    log = {
        path: (Area.AUDIT_LOGS, Access.READ)
        for method, path, declaration in walk(world.app)
        if path.startswith(LOG) and (declaration is None or not declaration.writes(method))
    }
    assert {row.path: (row.area, row.access) for row in READS} == found | log


def test_the_openapi_document_says_what_each_route_records(world: World) -> None:
    paths = world.http.get("/v1/openapi.json").json()["paths"]
    for row in OPERATIONS:
        assert row.action in paths[row.path][row.method.lower()]["x-records"]
    assert paths["/v1/sessions"]["post"]["x-silent"]


def test_what_refuses_says_so_in_one_shape_everywhere(world: World) -> None:
    for method, path, status, code in (
        ("GET", "/v1/nothing", 404, "NOT_FOUND"),
        ("PATCH", "/v1/instances", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/v1/e/invites/it_000000000000", 404, "INVITES_NOT_FOUND"),
    ):
        reply = world.call(None, method, path)
        problem = reply.json()
        assert (reply.status_code, problem["code"]) == (status, code)
        assert problem["success"] is False
        assert problem["message"] == code.lower()
        assert problem["trace_id"] == reply.headers["X-Request-Id"]
