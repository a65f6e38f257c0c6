"""Two hundred hostile texts through every text field and header of every operation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from httpx2 import Response

from deedbook.cli import commands
from deedbook.engine.encoding import unpack
from deedbook.engine.page import MAX_LIMIT
from world.hostile import HOSTILE
from world.operation import Operation, Prepared
from world.operations import OPERATIONS
from world.people import Team
from world.world import World

HEADERS = (
    "User-Agent",
    "X-Forwarded-For",
    "Forwarded",
    "X-Request-Id",
    "Idempotency-Key",
    "Accept",
)
WITH_A_BODY = [row for row in OPERATIONS if row.has_body]
# What the HTTP client of a test will not send; that a raw one can is tried in test_hostile_text.
_UNSENDABLE = str.maketrans("", "", "\r\n\0")


def sent(world: World, team: Team, row: Operation, prepared: Prepared, **options: Any) -> Response:
    reply = world.call(
        prepared.caller or team.owner, row.method, row.url(team, prepared), **options
    )
    assert reply.status_code < 500, (options, reply.text)
    json.loads(reply.content.decode("utf-8", "strict"))
    return reply


def headers_for(row: Operation) -> Iterator[tuple[str, str]]:
    """Give an operation's share of every header with every text: what reads them is the same for all.

    What has no body is done each time, and gets a few.
    """
    number = WITH_A_BODY.index(row) if row.has_body else OPERATIONS.index(row)
    texts = HOSTILE[number % 7 :: 7]
    for place, text in enumerate(texts if row.has_body else texts[: len(HEADERS)]):
        yield HEADERS[(place + number // 7) % len(HEADERS)], text


def with_text(body: Any, text: str) -> Iterator[Any]:
    """Give a body once for each of its texts, with that text replaced, at any depth."""
    if isinstance(body, str):
        yield text
    elif isinstance(body, Mapping):
        for name, value in body.items():
            for changed in with_text(value, text):
                yield {**body, name: changed}
    elif isinstance(body, list):
        for place, value in enumerate(body):
            for changed in with_text(value, text):
                yield [*body[:place], changed, *body[place + 1 :]]


def raw(body: object) -> bytes:
    """Give JSON as it may come: with a lone surrogate as an escape."""
    return json.dumps(body).encode()


def test_there_are_two_hundred() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 200


def test_every_header_is_tried_with_every_text() -> None:
    tried = {each for row in WITH_A_BODY for each in headers_for(row)}
    assert tried == set(product(HEADERS, HOSTILE))


@pytest.mark.parametrize("row", WITH_A_BODY, ids=lambda row: f"{row.action} {row.method}")
def test_no_text_field_makes_the_server_fail(world: World, row: Operation) -> None:
    team = world.team(type=row.instance_type)
    prepared = row.prepare(world, team)
    assert prepared.body is not None
    # Each text goes into one field, and each field gets its share: then one text into all.
    for number, text in enumerate(world.share(HOSTILE, OPERATIONS.index(row))):
        # Where nothing is text, text is put in the place of everything.
        bodies = list(with_text(prepared.body, text)) or [dict.fromkeys(prepared.body, text)]
        sent(world, team, row, prepared, body=raw(bodies[number % len(bodies)]))
    for body in with_text(prepared.body, HOSTILE[0] + "\u202e<b>\x1b[31m\ud800"):
        sent(world, team, row, prepared, body=raw(body))
    assert_readable(world, team)


@pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: f"{row.action} {row.method}")
def test_no_header_and_no_path_makes_the_server_fail(world: World, row: Operation) -> None:
    team = world.team(type=row.instance_type)
    prepared = row.prepare(world, team)
    for header, text in headers_for(row):
        value = text.translate(_UNSENDABLE).encode("utf-8", "replace")
        # What cannot be read is refused by the body, so that nothing is used up.
        sent(world, team, row, prepared, body=b"{no json" if row.has_body else None,
             headers={header: value})  # fmt: skip
    assert_readable(world, team)


def assert_readable(world: World, team: Team) -> None:
    """The log is whole: valid JSON in UTF-8, one entry a line, whatever is in it."""
    path = f"/v1/instances/{team.instance_id}/audit-logs?include=denied,system&limit={MAX_LIMIT}"
    page = world.call(team.owner, "GET", path)
    if page.status_code == 403:
        return
    assert page.status_code == 200, page.text
    assert json.loads(page.content.decode("utf-8", "strict"))["data"]
    # JSON escapes what parts lines.
    assert not any(byte < 0x20 for byte in page.content)


def test_the_command_line_prints_one_line_an_entry_and_no_escape(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    team = world.team(full=False)
    path = f"/v1/instances/{team.instance_id}"
    for text in HOSTILE:
        # Of an instance the name, of a key the name: each is the label of an entry.
        world.call(team.owner, "PUT", path, raw({"name": f"abc{text}"[:100]}))
        key = raw({"name": text[:200] or "-", "permission": "full_access"})
        value = text.translate(_UNSENDABLE).encode("utf-8", "replace")
        world.call(team.owner, "POST", f"{path}/api-keys", key, headers={"User-Agent": value})
    monkeypatch.setenv("DEEDBOOK_DATABASE_URL", world.settings.database_url)
    monkeypatch.setenv("DEEDBOOK_HOME", str(world.settings.home))
    monkeypatch.setenv("COLUMNS", "200")

    def search(*words: str) -> str:
        with pytest.raises(SystemExit) as ended:
            commands.app(["search", "--instance", team.instance_id, "limit=1000", *words])
        assert not ended.value.code
        return capsys.readouterr().out

    found = search("--json")
    assert found.removesuffix("\n").isprintable(), "on one line, and nothing steers the terminal"
    entries = json.loads(found)["data"]
    assert len(entries) > 300

    lines = search().removesuffix("\n").split("\n")
    assert all(line.isprintable() for line in lines), "nothing steers the terminal"
    assert len(lines) == len(entries), "each entry is one line"
    for entry in entries:
        (line,) = (each for each in lines if entry["id"] in each)
        assert entry["created_at"] in line


def test_everything_was_kept_as_one_line_of_canonical_json(world: World, team: Team) -> None:
    for text in HOSTILE:
        key = raw({"name": text[:200] or "-", "permission": "full_access"})
        world.call(team.owner, "POST", f"/v1/instances/{team.instance_id}/api-keys", key)
    with world.database.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT encoding, record, personal FROM deedbook_entry"
        )
        for plain in (unpack(row[0], bytes(part)) for row in rows for part in row[1:]):
            assert not any(byte < 0x20 for byte in plain)
            plain.decode("utf-8", "strict")
