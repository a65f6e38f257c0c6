"""Exports over HTTP: the bytes, who has them, and what is in the log of it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import socket
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from deedbook.cli.seeding import seed_instance
from deedbook.engine.export import walk
from deedbook.platform.audit_log_exports import sending, service
from deedbook.platform.audit_log_exports.places import MOST_OF_ONE_INSTANCE
from deedbook.verifier import verify as verifier
from deedbook.web.roles import Role
from world.people import Team
from world.templates import Templates
from world.world import World

FORMATS = ("csv", "jsonl", "bundle", "pack")


@pytest.fixture
def acme(world: World) -> Team:
    """An instance with entries of every kind: by people, by keys, by the system, and denied."""
    team = world.team()
    act(world, team, 3)
    path = f"/v1/instances/{team.instance_id}"
    assert world.call(team.members[Role.VIEWER], "PUT", path, {"name": "Mine"}).status_code == 403
    reply = world.call(team.keys[Role.ADMIN], "PUT", path, {"name": "By a key"})
    assert reply.status_code == 200, reply.text
    world.seal()
    return team


def act(world: World, team: Team, times: int = 1) -> None:
    for number in range(times):
        path = f"/v1/instances/{team.instance_id}"
        reply = world.call(team.owner, "PUT", path, {"name": f"=cmd|{number}"})
        assert reply.status_code == 200, reply.text


def path_of(team: Team, format_: str, query: str = "") -> str:
    return f"/v1/instances/{team.instance_id}/audit-logs/export?format={format_}{query}"


def export(world: World, team: Team, format_: str, query: str = "") -> bytes:
    reply = world.call(team.owner, "GET", path_of(team, format_, query))
    assert reply.status_code == 200, reply.text
    assert reply.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(
        rf'attachment; filename="{team.instance_id}-\d{{8}}T\d{{6}}Z\.\w+"',
        reply.headers["Content-Disposition"],
    )
    return reply.content


def listed(world: World, team: Team, query: str = "") -> list[bytes]:
    """Give the entries that the list shows, as the bytes that each is served as, oldest first."""
    path = f"/v1/instances/{team.instance_id}/audit-logs"
    found = world.get(team.owner, f"{path}?limit=1000&include=denied,system{query}")["data"]
    entries = [world.call(team.owner, "GET", f"{path}/{each['id']}") for each in reversed(found)]
    return [reply.content for reply in entries]


def verified(bundle: bytes, world: World) -> verifier.Result:
    key = verifier.read_key(world.http.get("/.well-known/deedbook-public-key").text.strip())
    return verifier.verify(io.BytesIO(bundle), key=key)


@pytest.mark.parametrize(
    "query", ["", "&feature=instance", "&outcome=denied", "&actor_type=api_key", "&q=nobody"]
)
def test_lines_are_what_the_filters_show_to_the_byte(world: World, acme: Team, query: str) -> None:
    shown = listed(world, acme, query)
    *lines, last, _ = export(world, acme, "jsonl", query).split(b"\n")
    own = [each for each in lines if b'"action":"audit_log.exported"' in each]
    assert [each for each in lines if each not in own] == shown
    # The list of everything has the export that it is from.
    assert len(own) == (1 if query in ("", "&feature=audit_log") else 0)
    assert json.loads(last)["export"]["entries"] == len(lines)


def test_a_table_has_the_same_entries_and_no_formula(world: World, acme: Team) -> None:
    whole = export(world, acme, "csv", "&feature=instance")
    *rows, end = csv.DictReader(io.StringIO(whole.decode("utf-8-sig"), newline=""))
    shown = [json.loads(each) for each in listed(world, acme, "&feature=instance")]
    assert [row["id"] for row in rows] == [each["id"] for each in shown]
    assert [row["entity_label"] for row in rows if row["outcome"] == "success"][-3:] == [
        "'=cmd|1",
        "'=cmd|2",
        "By a key",
    ]
    assert end["id"] == "end"


def test_a_bundle_proves_itself(world: World, acme: Team) -> None:
    result = verified(export(world, acme, "bundle", "&feature=instance"), world)
    assert (result.problems, result.doubts) == ([], [])


def test_a_pack_has_all_that_it_takes(world: World, acme: Team, tmp_path: Path) -> None:
    reply = world.call(acme.owner, "GET", path_of(acme, "pack", "&feature=instance"))
    assert reply.headers["Content-Type"] == "application/zip"
    assert int(reply.headers["Content-Length"]) == len(reply.content)
    with zipfile.ZipFile(io.BytesIO(reply.content)) as pack:
        assert pack.testzip() is None
        pack.extractall(tmp_path)
    cover = (tmp_path / "READ-ME-FIRST.txt").read_text()
    for name in ("entries.csv", "log.bundle"):
        assert f"SHA-256 {hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()}" in cover
    assert "Shows      feature is instance\n" in cover
    assert f"{acme.owner.actor.name}, {acme.owner.email} ({acme.owner.id})" in cover
    rows = (tmp_path / "entries.csv").read_bytes().count(b"\r\nal_")
    assert f"Entries    {rows} of the " in cover
    assert (tmp_path / "verify.py").read_bytes() == verifier_source()
    key = verifier.read_key((tmp_path / "public-key.txt").read_text().strip())
    result = verifier.verify(io.BytesIO((tmp_path / "log.bundle").read_bytes()), key=key)
    assert (result.problems, result.doubts) == ([], [])


def verifier_source() -> bytes:
    return Path(verifier.__file__).read_bytes()


def test_who_exported_what_is_in_the_log(world: World, acme: Team) -> None:
    export(world, acme, "csv", "&action=payout.created&user_id=us_000000000000&q=ada")
    entry = world.entry(acme.instance_id)
    assert (entry["action"], entry["operation"]) == ("audit_log.exported", "create")
    assert entry["user_id"] == acme.owner.id
    assert entry["metadata"] == {
        "format": "csv",
        "filters": ["action=payout.created", "user_id=us_000000000000"],
    }
    assert entry["personal"]["metadata"] == {"free_filters": ["q=ada"]}


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", "format"),
        ("format=xlsx", "format"),
        ("format=csv&format=csv", "format"),
        ("format=csv&featur=payout", "featur"),
        ("format=csv&limit=10", "limit"),
        ("format=csv&feature=nonsense&start_date=soon", "start_date"),
    ],
)
def test_what_cannot_be_is_named_and_leaves_nothing(
    world: World, team: Team, query: str, named: str
) -> None:
    before = world.snapshot()
    path = f"/v1/instances/{team.instance_id}/audit-logs/export?{query}"
    reply = world.call(team.owner, "GET", path)
    assert reply.status_code == 400
    assert named in " ".join(reply.json()["errors"])
    assert world.snapshot() == before


def test_another_site_cannot_have_a_browser_export(world: World, team: Team) -> None:
    browser = world.browser()
    browser.cookies.set("deedbook_session", team.owner.token)
    path = path_of(team, "csv")
    refused = browser.get(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert (refused.status_code, refused.json()["code"]) == (403, "AUTH_FORBIDDEN")
    assert browser.get(path, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_an_instance_that_asks_for_passkeys_asks_for_one(world: World) -> None:
    team = world.team(full=False)
    key = world.passkey(team.owner)
    settings = {"name": "Careful", "require_passkey": True}
    path = f"/v1/instances/{team.instance_id}"
    assert world.confirmed(team.owner, key, "PUT", path, settings).status_code == 200
    refused = world.call(team.owner, "GET", path_of(team, "csv"))
    assert (refused.status_code, refused.json()["code"]) == (403, "AUTH_PASSKEY_REQUIRED")
    done = world.confirmed(team.owner, key, "GET", path_of(team, "csv"))
    assert done.status_code == 200
    entry = world.entry(team.instance_id)
    assert (entry["action"], entry["has_passkey"]) == ("audit_log.exported", True)


def test_a_log_without_a_checkpoint_has_no_bundle_yet(world: World) -> None:
    team = world.team(full=False)
    for format_ in ("bundle", "pack"):
        reply = world.call(team.owner, "GET", path_of(team, format_))
        assert (reply.status_code, reply.json()["code"]) == (409, "AUDIT_LOG_NOT_SEALED")
    assert world.entry(team.instance_id)["action"] == "instance.created"
    assert export(world, team, "jsonl").count(b"\n") == 3


def test_after_an_instance_is_deleted_its_log_can_be_taken_away(world: World) -> None:
    team = world.team(full=False)
    world.seal()
    assert world.call(team.owner, "DELETE", f"/v1/instances/{team.instance_id}").status_code == 200
    world.seal()
    assert b"instance.deleted" in export(world, team, "jsonl")
    assert verified(export(world, team, "bundle"), world).problems == []


def test_what_is_written_meanwhile_makes_no_skip_and_no_repeat(
    world: World, acme: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "_PIECE", 2)
    before = listed(world, acme)
    ascend = walk._ascend

    def interrupted(*arguments: Any, **named: Any) -> Any:
        found = ascend(*arguments, **named)
        acme_path = f"/v1/instances/{acme.instance_id}"
        threads.append(ThreadPoolExecutor(1))
        threads[-1].submit(world.call, acme.owner, "PUT", acme_path, {"name": "Meanwhile"})
        return found

    threads: list[ThreadPoolExecutor] = []
    monkeypatch.setattr(walk, "_ascend", interrupted)
    *lines, _, _ = export(world, acme, "jsonl").split(b"\n")
    for each in threads:
        each.shutdown()
    assert lines[: len(before)] == before
    assert len(set(lines)) == len(lines) == len(before) + 1


# On the wire


@pytest.fixture(scope="module")
def served(
    backend: str, templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A real server with few connections."""
    home = tmp_path_factory.mktemp("served")
    with templates.copy(backend) as url, World(url, home, connections=2).serving() as world:
        yield world


@pytest.fixture(scope="module")
def large(served: World) -> Team:
    """An instance whose export is larger than what a network holds."""
    owner = served.person()
    instance_id = seed_instance(
        served.database, entries=4_000, days=30, owner_email=owner.email, random_seed=1
    )
    served.seal()
    return Team(instance_id=instance_id, members={Role.OWNER: owner})


def stream(world: World, team: Team, format_: str) -> Any:
    headers = team.owner.headers
    return world.http.stream("GET", path_of(team, format_), headers=headers)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_large_export_comes_whole(served: World, large: Team, format_: str) -> None:
    whole = export(served, large, format_)
    match format_:
        case "csv":
            count = whole.count(b"\r\nal_")
        case "jsonl":
            count = len(whole.split(b"\n")) - 2
        case "bundle":
            result = verified(whole, served)
            assert (result.problems, result.doubts) == ([], [])
            count = whole.count(b"\nrecord ") + 1
        case _:
            with zipfile.ZipFile(io.BytesIO(whole)) as pack:
                count = pack.read("entries.csv").count(b"\r\nal_") + 1
    assert count >= 4_000


@contextmanager
def standing_still(world: World, team: Team, format_: str) -> Iterator[socket.socket]:
    """Ask for an export, read the beginning of it, and then no more; with little room on the way."""
    url = world.http.base_url
    lines = (
        f"GET {path_of(team, format_)} HTTP/1.1",
        f"Host: {url.host}",
        f"Authorization: Bearer {team.owner.token}",
    )
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((url.host, url.port))
        connection.sendall("".join(f"{line}\r\n" for line in (*lines, "")).encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 OK")
        yield connection


def test_readers_that_stand_still_hold_no_connection(served: World, large: Team) -> None:
    with standing_still(served, large, "jsonl"), standing_still(served, large, "bundle"):
        path = f"/v1/instances/{large.instance_id}"
        for number in range(5):
            body = {"name": f"Renamed {number}"}
            assert served.call(large.owner, "PUT", path, body).status_code == 200
            assert served.call(large.owner, "GET", f"{path}/audit-logs").status_code == 200
        # Two of one instance are as many as there may be.
        third = served.call(large.owner, "GET", path_of(large, "csv"))
        assert (third.status_code, third.json()["code"]) == (429, "AUDIT_LOGS_TOO_MANY_EXPORTS")
        assert served.entry(large.instance_id)["action"] == "instance.updated"
    # Who hung up left its place.
    assert b"al_" in wait_for(served, large)


def wait_for(world: World, team: Team) -> bytes:
    """Export as soon as a place is free: that a reader hung up takes a moment to be noticed."""
    for _ in range(10_000):
        reply = world.call(team.owner, "GET", path_of(team, "csv"))
        if reply.status_code == 200:
            return reply.content
    raise AssertionError("no place became free")


def test_a_reader_that_stands_still_for_too_long_is_cut_off(
    served: World, large: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off = threading.Event()
    monkeypatch.setattr(sending, "STALLED_SECONDS", 0.2)
    monkeypatch.setattr(sending._log, "warning", lambda _: cut_off.set())
    with standing_still(served, large, "jsonl") as connection:
        assert cut_off.wait(30)
        received = b""
        while part := connection.recv(100_000):
            received = received[-1000:] + part
    # The last chunk of a body that is whole (RFC 9112 §7.1).
    assert not received.endswith(b"0\r\n\r\n")


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_an_export_that_fails_on_the_way_is_not_taken_for_a_whole_one(
    served: World, large: Team, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    whole, ascend, calls = export(served, large, format_), walk._ascend, iter(range(3))

    def failing(*arguments: Any, **named: Any) -> Any:
        if next(calls, None) is None:
            raise RuntimeError("the database is gone")
        return ascend(*arguments, **named)

    received = bytearray()
    with monkeypatch.context() as broken:
        broken.setattr(walk, "_ascend", failing)
        with stream(served, large, format_) as reply, pytest.raises(httpx2.HTTPError):
            for part in reply.iter_raw():
                received += part
    assert 0 < len(received) < len(whole)
    assert b"sha256" not in received.splitlines()[-1]
    for _ in range(MOST_OF_ONE_INSTANCE + 1):
        export(served, large, format_)


@pytest.mark.parametrize("format_", ["bundle", "pack"])
def test_what_proves_itself_fails_before_its_first_byte(
    served: World, large: Team, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    def failing(*_: object, **__: object) -> Iterator[bytes]:
        raise RuntimeError("the disk is full")

    for _ in range(MOST_OF_ONE_INSTANCE + 1):
        with monkeypatch.context() as broken:
            broken.setattr(sending, "write_of_one_moment", failing)
            reply = served.call(large.owner, "GET", path_of(large, format_))
        assert (reply.status_code, reply.json()["code"]) == (500, "INTERNAL_ERROR")
    assert export(served, large, format_)


def test_an_entry_that_cannot_be_written_lets_nothing_out(
    world: World, acme: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwritten(*_: object, **__: object) -> None:
        return None

    for _ in range(MOST_OF_ONE_INSTANCE + 1):
        with monkeypatch.context() as broken:
            broken.setattr(service, "record_export", unwritten)
            reply = world.call(acme.owner, "GET", path_of(acme, "csv"))
        assert reply.status_code == 500
    assert export(world, acme, "csv")
