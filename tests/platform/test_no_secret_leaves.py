"""No token, code or secret is in a line of a log, on standard output, or in the answer to a failure."""

from __future__ import annotations

import logging
import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from world.document import NOTHING_DONE
from world.operation import Operation
from world.operations import OPERATIONS
from world.world import World

# The tokens of sessions and keys, whoever they belong to.
_TOKEN = re.compile(r"(?:ds_|dk_live_|dk_test_)[0-9A-Za-z]{20,}")


def leaks(told: str, *secrets: str) -> list[str]:
    return [each for each in secrets if each in told] + _TOKEN.findall(told)


def test_a_leak_is_found() -> None:
    token = f"dk_test_{'a' * 43}"
    assert leaks(f"GET with {token}", "x y") == [token]
    assert leaks("the x y", "x y") == ["x y"]


@pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: f"{row.action} {row.method}")
def test_no_operation_tells_a_secret(
    world: World,
    row: Operation,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    team = world.team(type=row.instance_type)
    prepared = row.prepare(world, team)
    caller = prepared.caller or team.owner
    key = "an idempotency key of mine"
    secret = world.settings.secret().hex()
    url = row.url(team, prepared)
    headers = {"Idempotency-Key": key, "Cookie": f"deedbook_session={caller.token}"}

    def fail(*_: object) -> None:
        raise RuntimeError("a failure of the inside")

    # Refused, malformed, failed on the inside, done, and sent again.
    replies = [
        world.call(None, row.method, url, prepared.body, headers={"Authorization": "Bearer dk_x"}),
        world.call(caller, row.method, url, b"{no json", headers=NOTHING_DONE),
    ]
    with monkeypatch.context() as broken:
        broken.setattr("deedbook.web.pipeline._commit", fail)
        replies.append(world.call(caller, row.method, url, prepared.body, headers=headers))
        assert replies[-1].status_code == 500
    done = [world.call(caller, row.method, url, prepared.body, headers=headers) for _ in range(2)]
    assert done[0].status_code == 200, done[0].text

    shown_once = _TOKEN.findall(done[0].text)
    written = caplog.text + "".join(capfd.readouterr())
    assert "a failure of the inside" in written, "the server's log is looked at"
    assert leaks(written, caller.token, secret, key, *shown_once) == []
    for reply in replies:
        told = reply.text + repr(reply.headers)
        assert leaks(told, caller.token, secret, key) == []
    assert leaks(repr(world.entries(team.instance_id)), caller.token, secret, key) == []


def test_a_database_that_fails_tells_no_value_that_it_was_given(world: World) -> None:
    """SQLAlchemy's errors name the parameters of a statement, unless it is told not to."""
    statement = text("SELECT nothing FROM nowhere WHERE token = :token")
    for session in (world.database.write(), world.database.read()):
        with session, pytest.raises(SQLAlchemyError) as failed:
            session.execute(statement, {"token": "of somebody"})
        assert "of somebody" not in str(failed.value)
