"""What every reply tells a browser, the unhappy ones too."""

from __future__ import annotations

import pytest

from world.fixtures import WorldMaker
from world.world import World


def failing_world(new_world: WorldMaker, **settings: object) -> World:
    def prepare(world: World) -> None:
        @world.app.get("/v1/failing")
        def get_failing() -> None:
            raise RuntimeError("a secret of the inside")

    return new_world(prepare=prepare, **settings)


def test_every_reply_is_named_and_keeps_a_browser_safe(new_world: WorldMaker) -> None:
    world = failing_world(new_world)
    names = set()
    for path, status in (
        ("/v1/audit-log-actions", 200),
        ("/dashboard/", 200),
        ("/dashboard/any/page", 200),
        ("/", 307),
        ("/v1/whoami", 401),
        ("/v1/nothing", 404),
        ("/v1/failing", 500),
    ):
        reply = world.call(None, "GET", path)
        assert reply.status_code == status, path
        names.add(reply.headers["X-Request-Id"])
        policy = reply.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert "http:" not in policy
        assert reply.headers["X-Frame-Options"] == "DENY"
        assert reply.headers["Referrer-Policy"] == "same-origin"
        assert "publickey-credentials-get=(self)" in reply.headers["Permissions-Policy"]
        assert reply.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert reply.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        # What a page may ask of the server, no other site may.
        assert "Access-Control-Allow-Origin" not in reply.headers
        assert reply.headers.get_list("Cache-Control") == [
            "no-cache" if path.startswith("/dashboard/") else "no-store"
        ]
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "Strict-Transport-Security" not in reply.headers
        # The catalogue has the word; the failing route had one to tell.
        assert path == "/v1/audit-log-actions" or "secret" not in reply.text
    assert len(names) == 7
    assert all(len(name) == 32 for name in names)


def test_a_client_cannot_name_its_request(new_world: WorldMaker) -> None:
    world = failing_world(new_world)
    reply = world.call(None, "GET", "/v1/whoami", headers={"X-Request-Id": "mine"})
    assert reply.headers.get_list("X-Request-Id") == [reply.json()["trace_id"]]


def test_over_https_a_browser_stays_there(new_world: WorldMaker) -> None:
    world = failing_world(new_world, public_url="https://deeds.example")
    for path in ("/v1/whoami", "/v1/failing"):
        reply = world.call(None, "GET", path)
        assert reply.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "path",
    [
        "/dashboard/../../settings.py",
        "/dashboard/%2e%2e/%2e%2e/problems.py",
        "/dashboard/..%2f..%2fproblems.py",
        "/dashboard//etc/passwd",
        "/dashboard/%00",
        "/dashboard/" + "x" * 5_000,
    ],
)
def test_only_the_dashboard_is_served(new_world: WorldMaker, path: str) -> None:
    reply = failing_world(new_world).call(None, "GET", path)
    assert reply.status_code in (200, 404)
    assert "root:" not in reply.text
    assert "import" not in reply.text or "<html" in reply.text
