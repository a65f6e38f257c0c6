"""What the server says of itself, and to whom."""

from __future__ import annotations

import re

from world.fixtures import WorldMaker
from world.world import World


def test_metrics_are_for_who_knows_the_token(new_world: WorldMaker) -> None:
    world = new_world(metrics_token="of-the-monitoring")
    team = world.team(full=False)
    for header in ("", "Bearer ", "Bearer other", "of-the-monitoring", "Bearer of-the-monitorin"):
        reply = world.http.get("/metrics", headers={"Authorization": header})
        assert (reply.status_code, reply.json()["code"]) == (404, "NOT_FOUND")
    reply = world.http.get("/metrics", headers={"Authorization": "Bearer of-the-monitoring"})
    assert reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    figures = dict(re.findall(r"^(\w+) (\d+)$", reply.text, flags=re.MULTILINE))
    assert set(figures) == {"deedbook_unsealed_age_seconds", "deedbook_refusals_unwritten_total"}
    assert team.instance_id not in reply.text


def test_without_the_setting_there_are_no_metrics(world: World) -> None:
    for header in ("Bearer ", "Bearer", ""):
        assert world.http.get("/metrics", headers={"Authorization": header}).status_code == 404


def test_a_server_without_its_database_says_so(new_world: WorldMaker) -> None:
    world = new_world()
    table = "deedbook_pending"
    with world.database.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}_gone")
    reply = world.http.get("/health")
    assert reply.status_code == 503
    assert reply.json() == {
        "status": "failing",
        "database": "unreachable",
        "sealer": "unknown",
    }
