"""Uploads: who may, what is taken, how it is kept and given, and what is left of a failure."""

from __future__ import annotations

import errno
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from deedbook.platform.payments.uploads.files import MAX_FILE_BYTES
from deedbook.platform.payments.uploads.sweep import UploadSweep
from deedbook.web.roles import Access, Area, Role, may
from world.people import Caller, Team
from world.rows.customers import new_customer
from world.world import World

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR picture"
JPEG = b"\xff\xd8\xff\xe0 picture"
WEBP = b"RIFF" + (12).to_bytes(4, "little") + b"WEBPVP8 data"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic picture"
PDF = b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF"


def upload(
    world: World,
    caller: Caller | None,
    content: bytes = PDF,
    *,
    instance_id: str | None = None,
    bucket: str = "onboarding",
    name: str = "document.pdf",
) -> Response:
    return world.call(
        caller,
        "POST",
        "/v1/upload",
        params={"instance_id": instance_id} if instance_id is not None else {},
        data={"bucket": bucket},
        files={"file": (name, content, "text/html")},
    )


def folder(world: World) -> Path:
    return world.settings.uploads()


def kept(world: World) -> list[str]:
    return sorted(each.name for each in folder(world).iterdir()) if folder(world).exists() else []


def url_of(reply: Response) -> str:
    assert reply.status_code == 200, reply.text
    url: str = reply.json()["file_url"]
    return url


@pytest.mark.parametrize(
    ("content", "media_type", "suffix"),
    [
        (PNG, "image/png", "png"),
        (JPEG, "image/jpeg", "jpg"),
        (WEBP, "image/webp", "webp"),
        (HEIC, "image/heic", "heic"),
        (PDF, "application/pdf", "pdf"),
        (b"junk\n" + PDF, "application/pdf", "pdf"),
    ],
)
def test_a_file_is_given_as_what_it_is_and_runs_nowhere(
    world: World, team: Team, content: bytes, media_type: str, suffix: str
) -> None:
    """Whatever its name and the client say it is."""
    before = len(world.entries(team.instance_id))
    url = url_of(upload(world, team.owner, content, instance_id=team.instance_id, name="x.html"))
    assert re.fullmatch(rf"http://localhost:8000/files/[0-9A-Za-z]{{43}}\.{suffix}", url)
    given = world.http.get(url)
    assert given.content == content
    assert given.headers["Content-Type"] == media_type
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert "default-src 'none'; sandbox" in given.headers["Content-Security-Policy"]
    assert len(world.entries(team.instance_id)) == before, "a file alone means nothing"


def test_a_file_is_what_fields_of_other_resources_take(world: World, team: Team) -> None:
    url = url_of(upload(world, team.owner, instance_id=team.instance_id))
    new_customer(world, team, id_doc_front_file=url, selfie_file=url)
    picture = url_of(upload(world, team.owner, PNG, bucket="avatar"))
    reply = world.call(team.owner, "PUT", "/v1/whoami/avatar", {"image_url": picture})
    assert reply.status_code == 200


def test_who_may_upload(world: World, team: Team, strangers: Team) -> None:
    for name, (role, caller) in team.callers().items():
        allowed = may(role, Area.DOCUMENTS, Access.WRITE)
        reply = upload(world, caller, instance_id=team.instance_id)
        assert reply.status_code == (200 if allowed else 403), name
    before = kept(world)
    for caller in (strangers.owner, strangers.owner_key):
        for place in (team.instance_id, "in_000000000000", "nonsense"):
            assert upload(world, caller, instance_id=place).status_code == 403
    assert upload(world, None, instance_id=team.instance_id).status_code == 401
    assert kept(world) == before


def test_without_an_instance_a_person_has_a_picture_and_a_key_means_its_own(
    world: World, team: Team
) -> None:
    nobody = world.person()
    for nothing in (None, ""):
        url_of(upload(world, nobody, PNG, bucket="avatar", instance_id=nothing))
        reply = upload(world, nobody, instance_id=nothing)
        assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_INVALID_REQUEST")
        url_of(upload(world, team.owner_key, instance_id=nothing))
        assert upload(world, team.keys[Role.VIEWER], instance_id=nothing).status_code == 403


@pytest.mark.parametrize(
    ("content", "bucket", "code"),
    [
        (b"", "onboarding", "FILES_EMPTY"),
        (b"<svg onload='alert(1)'/>", "onboarding", "FILES_TYPE_NOT_ALLOWED"),
        (b"<!doctype html>", "onboarding", "FILES_TYPE_NOT_ALLOWED"),
        (b"GIF89a", "limit_increase", "FILES_TYPE_NOT_ALLOWED"),
        (PDF, "avatar", "FILES_TYPE_NOT_ALLOWED"),
        (HEIC, "avatar", "FILES_TYPE_NOT_ALLOWED"),
        (WEBP[:-1], "avatar", "FILES_UNREADABLE"),
        (HEIC[:14], "onboarding", "FILES_UNREADABLE"),
        (PNG + b"\0" * MAX_FILE_BYTES, "onboarding", "FILES_TOO_LARGE"),
        (b"\0" * (MAX_FILE_BYTES + 100_000), "onboarding", "FILES_TOO_LARGE"),
    ],
)
def test_what_is_not_taken(
    world: World, team: Team, content: bytes, bucket: str, code: str
) -> None:
    before = kept(world)
    reply = upload(world, team.owner, content, instance_id=team.instance_id, bucket=bucket)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert reply.json()["description"].startswith("file:")
    assert kept(world) == before


def test_the_largest_file_is_kept_whole(world: World, team: Team) -> None:
    content = PNG + b"\1" * (MAX_FILE_BYTES - len(PNG))
    url = url_of(upload(world, team.owner, content, instance_id=team.instance_id))
    assert world.http.get(url).content == content


@pytest.mark.parametrize(
    "form",
    [
        {"data": {"bucket": "onboarding"}},
        {"files": {"file": ("x.pdf", PDF)}},
        {"files": {"file": ("x.pdf", PDF)}, "data": {"bucket": "nonsense"}},
        {"data": {"bucket": "onboarding", "file": "text"}},
        {"json": {"bucket": "onboarding"}},
        {"content": b"--x", "headers": {"Content-Type": "multipart/form-data; boundary=y"}},
        {"content": b"--x", "headers": {"Content-Type": "multipart/form-data"}},
    ],
)
def test_a_form_that_cannot_be_read(world: World, team: Team, form: dict[str, Any]) -> None:
    path = f"/v1/upload?instance_id={team.instance_id}"
    reply = world.call(team.owner, "POST", path, **form)
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_FAILED")


def test_who_may_not_is_refused_before_the_file_is_received(world: World, team: Team) -> None:
    """Else anybody could fill the server's memory: nobody has heard yet that it is too large."""
    content = b"\0" * (MAX_FILE_BYTES + 100_000)
    assert upload(world, None, content, instance_id=team.instance_id).status_code == 401
    viewer = team.members[Role.VIEWER]
    assert upload(world, viewer, content, instance_id=team.instance_id).status_code == 403


def test_the_documentation_promises_no_replay_of_a_form(world: World, team: Team) -> None:
    paths = world.http.get("/v1/openapi.json").json()["paths"]
    named = [each["name"] for each in paths["/v1/upload"]["post"]["parameters"]]
    assert "instance_id" in named
    assert "Idempotency-Key" not in named
    headers = {"Idempotency-Key": "once"}
    form: dict[str, Any] = {"data": {"bucket": "avatar"}, "files": {"file": ("x", PNG)}}
    replies = [
        world.call(team.owner, "POST", "/v1/upload", headers=headers, **form) for _ in range(2)
    ]
    assert url_of(replies[0]) != url_of(replies[1])


def test_other_routes_take_no_more_than_before(world: World, team: Team) -> None:
    path = f"/v1/instances/{team.instance_id}/invites"
    reply = world.call(team.owner, "POST", path, b" " * (1024 * 1024 + 1))
    assert (reply.status_code, reply.json()["code"]) == (413, "REQUEST_TOO_LARGE")


@pytest.mark.parametrize(
    "name",
    [
        "%2e%2e%2fsecret",
        "..%2Fsecret",
        "%2Fetc%2Fpasswd",
        "secret",
        "%00",
        ".",
        "x" * 5000,
    ],
)
def test_no_path_leads_out_of_the_folder(world: World, name: str) -> None:
    assert (world.settings.home / "secret").exists()
    reply = world.http.get(f"/files/{name}")
    assert reply.status_code == 404
    assert reply.json()["code"] in ("FILES_NOT_FOUND", "NOT_FOUND")


@pytest.mark.parametrize("step", ["write", "fsync", "rename"])
def test_of_a_full_disk_nothing_is_left(
    world: World, team: Team, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    url_of(upload(world, team.owner, instance_id=team.instance_id))
    before, rows = kept(world), world.snapshot()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = {"write": (os, "fdopen"), "fsync": (os, "fsync"), "rename": (Path, "rename")}[step]
    with monkeypatch.context() as patch:
        patch.setattr(*target, full)
        reply = upload(world, team.owner, instance_id=team.instance_id)
    assert (reply.status_code, reply.json()["code"]) == (500, "INTERNAL_ERROR")
    assert kept(world) == before
    assert world.snapshot() == rows
    url_of(upload(world, team.owner, instance_id=team.instance_id))


def test_what_a_killed_request_left_is_swept_away_and_nothing_else(
    world: World, team: Team
) -> None:
    url = url_of(upload(world, team.owner, instance_id=team.instance_id))
    orphan, part = folder(world) / "orphan.pdf", folder(world) / "unfinished.png.part"
    young = folder(world) / "young.pdf"
    long_ago = time.time() - 100_000
    for file in folder(world).iterdir():
        os.utime(file, (long_ago, long_ago))
    for file in (orphan, part, young):
        file.write_bytes(PDF)
    for file in (orphan, part):
        os.utime(file, (long_ago, long_ago))

    assert UploadSweep(world.database, folder(world)).run_once() is False
    assert not orphan.exists()
    assert not part.exists()
    assert young.exists(), "its request may be under way"
    assert world.http.get(url).status_code == 200
    young.unlink()


def test_a_file_that_somebody_deleted_is_not_there(world: World, team: Team) -> None:
    url = url_of(upload(world, team.owner, instance_id=team.instance_id))
    (folder(world) / url.rpartition("/")[2]).unlink()
    assert world.http.get(url).status_code == 404
