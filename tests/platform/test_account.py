"""What a person sees of their own way in: open sessions, and what happened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from deedbook.cli.authenticator import SoftwareAuthenticator
from deedbook.database.base import now
from deedbook.platform.identity.account_events import service as events
from deedbook.platform.identity.account_events.models import AccountEvent
from deedbook.platform.identity.sessions import service
from deedbook.platform.identity.sessions.models import SignInCode
from world.fixtures import WorldMaker
from world.people import Caller
from world.world import World, unique

SESSIONS = "/v1/whoami/sessions"
EVENTS = "/v1/whoami/events"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


def kinds(world: World, caller: Caller) -> list[str]:
    return [each["kind"] for each in world.get(caller, EVENTS)["data"]]


def code_for(world: World, email: str, **options: Any) -> str:
    reply = world.call(None, "POST", "/v1/sign-in/codes", {"email": email}, **options)
    assert reply.status_code == 200, reply.text
    return world.mailer.code_for(email)


def try_code(world: World, email: str, code: str, **options: Any) -> int:
    body = {"email": email, "code": code}
    return world.call(None, "POST", "/v1/sessions", body, **options).status_code


# Sessions


def test_open_sessions_are_listed_as_people_would_know_them(world: World) -> None:
    caller = world.person()
    agent = {"User-Agent": FIREFOX}
    code = code_for(world, caller.email)
    assert try_code(world, caller.email, code, headers=agent) == 200

    there, here = sorted(world.get(caller, SESSIONS), key=lambda each: each["current"])

    assert there["device"] == "Firefox 128 on Windows"
    assert (there["ip_address"], there["country"]) == ("8.8.8.8", "US")
    assert (there["current"], here["current"]) == (False, True)
    assert there["auth_method"] == "code_session"
    assert there["id"].startswith("ss_")
    assert not any(caller.token in repr(each) for each in (here, there))


def test_a_session_is_revoked_by_its_person_alone_and_at_once(world: World) -> None:
    here, stranger = world.person(), world.person()
    there = world.person(here.email)
    path = f"{SESSIONS}/{world.session_row(there).id}"
    reply = world.call(stranger, "DELETE", path)
    assert (reply.status_code, reply.json()["code"]) == (404, "SESSIONS_NOT_FOUND")
    assert world.call(there, "GET", "/v1/whoami").status_code == 200

    assert world.call(here, "DELETE", path).status_code == 200

    assert world.call(there, "GET", "/v1/whoami").status_code == 401
    assert world.call(here, "GET", "/v1/whoami").status_code == 200
    assert world.call(here, "DELETE", path).status_code == 404


def test_everywhere_else_is_signed_out_at_once(world: World) -> None:
    here, stranger = world.person(), world.person()
    others = [world.person(here.email) for _ in range(3)]
    assert world.call(here, "DELETE", SESSIONS).status_code == 200
    assert [each["current"] for each in world.get(here, SESSIONS)] == [True]
    assert {world.call(each, "GET", "/v1/whoami").status_code for each in others} == {401}
    assert world.call(stranger, "GET", "/v1/whoami").status_code == 200


def test_a_session_that_is_over_is_not_listed(world: World) -> None:
    here = world.person()
    for values in ({"expires_at": now()}, {"last_used_at": now() - service.IDLE_LIFE}):
        world.change_session(world.person(here.email), **values)
    assert len(world.get(here, SESSIONS)) == 1


def test_every_sign_in_has_a_session_of_its_own(world: World) -> None:
    here = world.person()
    there = world.person(here.email)
    assert here.token != there.token
    ids = {each["id"] for each in world.get(here, SESSIONS)}
    assert ids == {world.session_row(here).id, world.session_row(there).id}


# Throttled codes


def test_a_network_asks_for_so_many_codes_an_hour_and_no_more(new_world: WorldMaker) -> None:
    world = new_world(trusted_proxies=["8.8.8.8"])
    limit = service.MAX_CODES_AN_HOUR_FROM_A_NETWORK

    def ask(address: str) -> int:
        body = {"email": f"{unique('someone')}@example.com"}
        headers = {"X-Forwarded-For": address}
        return world.call(None, "POST", "/v1/sign-in/codes", body, headers=headers).status_code

    # Who has one address of IPv6 has 2^64 of them; one of IPv4 is one.
    assert {ask(f"2001:db8:1:1::{number:x}") for number in range(limit)} == {200}
    assert ask("2001:db8:1:1:ffff::1") == 429
    assert ask("2001:db8:1:2::1") == 200
    assert {ask("198.51.100.1") for _ in range(limit)} == {200}
    assert ask("198.51.100.1") == 429
    assert ask("198.51.100.2") == 200
    with world.work(None) as work:
        work.session.execute(update(SignInCode).values(created_at=now() - timedelta(hours=1)))
    assert ask("198.51.100.1") == 200


# Events


def test_what_happens_to_a_persons_way_in_is_told_to_them_alone(world: World) -> None:
    caller, stranger = world.person(), world.person()
    email = caller.email
    agent = {"User-Agent": FIREFOX}
    code = code_for(world, email)
    assert try_code(world, email, f"{(int(code) + 1) % 1_000_000:06d}", headers=agent) == 401
    client = world.browser()
    assert client.post("/v1/sessions", json={"email": email, "code": code}).status_code == 200
    world.passkey(caller, "Laptop")
    (passkey,) = world.get(caller, "/v1/whoami/passkeys")
    world.call(caller, "DELETE", f"/v1/whoami/passkeys/{passkey['id']}")
    client.delete("/v1/sessions/current")
    world.person(email)
    world.call(caller, "DELETE", SESSIONS)

    found = world.get(caller, EVENTS)["data"]

    assert [each["kind"] for each in found] == [
        "session_revoked",
        "sign_in",
        "sign_out",
        "passkey_removed",
        "passkey_added",
        "sign_in",
        "sign_in_failed",
        "sign_in",
    ]
    failed = found[6]
    assert (failed["ip_address"], failed["country"]) == ("8.8.8.8", "US")
    assert (failed["device"], failed["auth_method"]) == ("Firefox 128 on Windows", "code_session")
    assert (found[3]["label"], found[4]["label"]) == ("Laptop", "Laptop")
    assert code not in repr(found)
    assert kinds(world, stranger) == ["sign_in"]


def test_a_failed_passkey_is_told_to_whom_it_belongs(world: World) -> None:
    caller = world.person()
    key: SoftwareAuthenticator = world.passkey(caller)
    key.origin = "https://evil.example"
    options = world.call(None, "POST", "/v1/sign-in/passkey-options").json()
    reply = world.call(None, "POST", "/v1/sessions", {"passkey": key.get(options)})
    assert reply.status_code == 401
    event = world.get(caller, EVENTS)["data"][0]
    assert (event["kind"], event["auth_method"]) == ("sign_in_failed", "passkey_session")


def test_a_sign_in_that_fails_for_nobody_is_kept_nowhere(world: World) -> None:
    before = world.snapshot()["account_events"]
    assert try_code(world, f"{unique('nobody')}@example.com", "123456") == 401
    assert world.snapshot()["account_events"] == before


def test_events_are_paged_like_every_list(world: World) -> None:
    caller = world.person()
    for _ in range(4):
        world.person(caller.email)
    everything = [each["id"] for each in world.get(caller, EVENTS)["data"]]
    page = world.get(caller, f"{EVENTS}?limit=2")
    walked = [each["id"] for each in page["data"]]
    while page["pagination"]["has_more"]:
        after = page["pagination"]["next_page"]
        page = world.get(caller, f"{EVENTS}?limit=2&starting_after={after}")
        walked += [each["id"] for each in page["data"]]
    assert walked == everything
    assert len(everything) == 5
    stranger = world.person()
    reply = world.call(stranger, "GET", f"{EVENTS}?starting_after={everything[0]}")
    assert reply.status_code == 400


def test_an_attacker_cannot_push_out_what_else_happened(world: World) -> None:
    caller = world.person()
    for number in range(events.MOST_FAILURES + 5):
        assert try_code(world, caller.email, f"{number:06d}") == 401
    found = kinds(world, caller)
    with world.database.read() as session:
        rows = session.scalars(
            select(AccountEvent.kind).where(AccountEvent.user_id == caller.id)
        ).all()
    assert rows.count("sign_in_failed") == events.MOST_FAILURES
    assert rows.count("sign_in") == 1
    assert found[0] == "sign_in_failed"
