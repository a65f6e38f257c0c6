"""A person's passkeys: enrolled, listed, renamed, removed, and signed in with."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select

from deedbook.cli.authenticator import USER_PRESENT, SoftwareAuthenticator, base64url
from deedbook.database.base import now
from deedbook.platform.identity.callers import PlatformIdentity
from deedbook.platform.identity.passkeys import service
from deedbook.platform.identity.passkeys.ceremonies import relying_party_of
from deedbook.platform.identity.passkeys.models import Passkey, PasskeyChallenge
from deedbook.platform.identity.passkeys.schemas import from_base64url
from deedbook.web.caller import UserCaller
from world.people import Caller
from world.world import World

PATH = "/v1/whoami/passkeys"
ORIGIN = "http://localhost:8000"
FRESH = timedelta(minutes=15)


def options_of(world: World, caller: Caller) -> dict[str, Any]:
    options: dict[str, Any] = world.call(caller, "POST", f"{PATH}/options").json()
    return options


def enrol(world: World, caller: Caller, credential: object, name: str = "Laptop") -> Response:
    return world.call(caller, "POST", PATH, {"name": name, "credential": credential})


def names(world: World, caller: Caller) -> list[str]:
    return [each["name"] for each in world.get(caller, PATH)]


def only_id(world: World, caller: Caller) -> str:
    (passkey,) = world.get(caller, PATH)
    passkey_id: str = passkey["id"]
    return passkey_id


def age_challenges(world: World) -> None:
    """Let every challenge be as old as it may not be."""
    with world.work(None) as work:
        for row in work.session.scalars(select(PasskeyChallenge)):
            row.expires_at = now()


def flipped(content: bytes) -> Iterator[bytes]:
    """Give the bytes with one bit wrong, for every place."""
    for place in range(len(content)):
        wrong = bytearray(content)
        wrong[place] ^= 1 << place % 8
        yield bytes(wrong)


def with_bytes(answer: dict[str, Any], name: str, content: bytes) -> dict[str, Any]:
    return {**answer, "response": {**answer["response"], name: base64url(content)}}


def bytes_of(answer: dict[str, Any], name: str) -> bytes:
    return base64.urlsafe_b64decode(answer["response"][name] + "==")


def client_data(challenge: str, **fields: object) -> bytes:
    said = {"type": "webauthn.get", "challenge": challenge, "origin": ORIGIN, **fields}
    return json.dumps(said).encode()


# Enrolling


def test_somebody_enrols_several_passkeys_and_has_them_listed(world: World) -> None:
    caller = world.person()
    assert world.get(caller, PATH) == []
    assert world.get(caller, "/v1/whoami")["has_passkey"] is False

    world.passkey(caller, "Laptop")
    world.passkey(caller, "Phone")

    assert names(world, caller) == ["Phone", "Laptop"]
    assert {each["last_used_at"] for each in world.get(caller, PATH)} == {None}
    assert all(each["id"].startswith("pk_") for each in world.get(caller, PATH))
    assert world.get(caller, "/v1/whoami")["has_passkey"] is True
    assert names(world, world.person()) == []


def test_the_options_ask_for_what_is_checked(world: World) -> None:
    caller = world.person()
    key = world.passkey(caller)
    options = options_of(world, caller)
    assert options["rp"]["id"] == "localhost"
    assert options["attestation"] == "none"
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert [each["alg"] for each in options["pubKeyCredParams"]] == [-7, -8, -257]
    excluded = [each["id"] for each in options["excludeCredentials"]]
    assert excluded == [base64url(key.credential_id)]
    assert len(base64.urlsafe_b64decode(options["challenge"] + "==")) == 32


def test_one_passkey_is_enrolled_once_and_by_one_person(world: World) -> None:
    caller, other = world.person(), world.person()
    key = world.passkey(caller)
    for each in (caller, other):
        reply = enrol(world, each, key.create(options_of(world, each)))
        assert (reply.status_code, reply.json()["code"]) == (409, "PASSKEYS_ALREADY_ENROLLED")
    assert names(world, other) == []


@pytest.mark.parametrize(
    "case", ["used", "expired", "another's", "of a sign-in", "no verification", "origin", "rp id"]
)
def test_what_is_not_made_for_this_challenge_here_is_not_enrolled(world: World, case: str) -> None:
    caller = world.person()
    key = SoftwareAuthenticator(origin=ORIGIN)
    options = options_of(world, caller)
    match case:
        case "used":
            assert enrol(world, caller, key.create(options)).status_code == 200
            key = SoftwareAuthenticator(origin=ORIGIN)
        case "expired":
            age_challenges(world)
        case "another's":
            options = options_of(world, world.person())
        case "of a sign-in":
            sign_in = world.call(None, "POST", "/v1/sign-in/passkey-options").json()
            options["challenge"] = sign_in["challenge"]
        case "no verification":
            key.flags = USER_PRESENT
        case "origin":
            key.origin = "http://localhost:9000"
        case "rp id":
            options["rp"]["id"] = "example.com"
    before = len(names(world, caller))
    reply = enrol(world, caller, key.create(options))
    assert (reply.status_code, reply.json()["code"]) == (403, "AUTH_PASSKEY_INVALID")
    assert reply.json()["message"] == "passkey_invalid"
    assert len(names(world, caller)) == before


def test_garbage_is_not_enrolled_and_breaks_nothing(world: World) -> None:
    caller = world.person()
    made = SoftwareAuthenticator(origin=ORIGIN).create(options_of(world, caller))
    attestation = bytes_of(made, "attestationObject")
    for content in (b"", b"\xff" * 64, attestation[:50], b"[" * 9_000):
        for name in ("attestationObject", "clientDataJSON"):
            reply = enrol(world, caller, with_bytes(made, name, content))
            assert reply.status_code == 403, (name, content[:10], reply.text)
    for wrong in (
        {**made, "id": "AAAA"},
        {**made, "rawId": "no base64url!"},
        {**made, "type": "x"},
    ):
        assert enrol(world, caller, wrong).status_code in (400, 403)
    assert names(world, caller) == []
    # What was refused used nothing up.
    assert enrol(world, caller, made).status_code == 200


def test_a_person_has_at_most_twenty(world: World) -> None:
    caller = world.person()
    for number in range(20):
        world.passkey(caller, f"Passkey {number}")
    made = SoftwareAuthenticator(origin=ORIGIN).create(options_of(world, caller))
    reply = enrol(world, caller, made)
    assert (reply.status_code, reply.json()["code"]) == (409, "PASSKEYS_LIMIT_REACHED")


# Renaming and removing


def test_a_passkey_is_renamed(world: World) -> None:
    caller = world.person()
    world.passkey(caller)
    path = f"{PATH}/{only_id(world, caller)}"
    assert world.call(caller, "PUT", path, {"name": " Work laptop "}).status_code == 200
    assert names(world, caller) == ["Work laptop"]
    assert world.call(caller, "PUT", path, {"name": " "}).status_code == 400
    assert world.call(world.person(), "PUT", path, {"name": "Mine"}).status_code == 404


def test_a_passkey_is_removed_by_its_person_and_is_then_worth_nothing(world: World) -> None:
    caller, other = world.person(), world.person()
    key = world.passkey(caller)
    path = f"{PATH}/{only_id(world, caller)}"
    reply = world.call(other, "DELETE", path)
    assert (reply.status_code, reply.json()["code"]) == (404, "PASSKEYS_NOT_FOUND")
    assert sign_in(world, key).status_code == 200

    assert world.call(caller, "DELETE", path).status_code == 200

    assert names(world, caller) == []
    assert world.get(caller, "/v1/whoami")["has_passkey"] is False
    assert sign_in(world, key).status_code == 401


def test_a_session_left_open_cannot_change_who_confirms(world: World) -> None:
    caller = world.person()
    key = world.passkey(caller, "Laptop")
    path = f"{PATH}/{only_id(world, caller)}"
    second = SoftwareAuthenticator(origin=ORIGIN)
    world.change_session(caller, created_at=now() - FRESH - timedelta(seconds=1))

    made = second.create(options_of(world, caller))
    for reply in (enrol(world, caller, made), world.call(caller, "DELETE", path)):
        assert (reply.status_code, reply.json()["code"]) == (403, "AUTH_SIGN_IN_AGAIN")
    assert names(world, caller) == ["Laptop"]

    # Confirmed with a passkey that they have, it is theirs to do; or from a session just opened.
    body = {"name": "Phone", "credential": made}
    assert world.confirmed(caller, key, "POST", PATH, body).status_code == 200
    assert world.confirmed(caller, key, "DELETE", path).status_code == 200
    assert names(world, caller) == ["Phone"]
    again = world.person(caller.email)
    assert world.call(again, "DELETE", f"{PATH}/{only_id(world, again)}").status_code == 200


def test_an_owner_whose_instance_requires_passkeys_keeps_one(world: World) -> None:
    team = world.team(full=False)
    key = world.passkey(team.owner, "Laptop")
    settings = f"/v1/instances/{team.instance_id}"
    required = {"name": "Careful", "require_passkey": True}
    assert world.call(team.owner, "PUT", settings, required).status_code == 200
    laptop = f"{PATH}/{only_id(world, team.owner)}"

    for reply in (
        world.call(team.owner, "DELETE", laptop),
        world.confirmed(team.owner, key, "DELETE", laptop),
    ):
        assert (reply.status_code, reply.json()["code"]) == (409, "PASSKEYS_LAST")

    world.passkey(team.owner, "Phone")
    assert world.call(team.owner, "DELETE", laptop).status_code == 200
    assert names(world, team.owner) == ["Phone"]


def test_two_removals_at_once_leave_such_an_owner_one(world: World) -> None:
    team = world.team(full=False)
    for name in ("Laptop", "Phone"):
        world.passkey(team.owner, name)
    required = {"name": "Careful", "require_passkey": True}
    settings = f"/v1/instances/{team.instance_id}"
    assert world.call(team.owner, "PUT", settings, required).status_code == 200
    first, second = (each["id"] for each in world.get(team.owner, PATH))
    with world.database.read() as session:
        person = PlatformIdentity().caller_of(session, team.owner.token, None)
    assert isinstance(person, UserCaller)

    def remove(passkey_id: str) -> None:
        with world.work(None) as work:
            service.remove(work, person, passkey_id)

    with ThreadPoolExecutor(1) as threads, world.work(None) as work:
        service.remove(work, person, first)
        work.session.flush()
        neighbour = threads.submit(remove, second)
        # It waits for us; who does not wait is done by now, and has removed the last one.
        wait([neighbour], timeout=0.5)
        work.commit()
        with pytest.raises(service.LastPasskeyStays):
            neighbour.result()
    assert len(names(world, team.owner)) == 1


# Signing in


def sign_in_options(world: World) -> dict[str, Any]:
    options: dict[str, Any] = world.call(None, "POST", "/v1/sign-in/passkey-options").json()
    return options


def sign_in(world: World, key: SoftwareAuthenticator, options: Any = None) -> Response:
    answer = key.get(options or sign_in_options(world))
    return world.browser().post("/v1/sessions", json={"passkey": answer})


def test_a_passkey_signs_its_person_in_and_entries_say_how(world: World) -> None:
    caller = world.person()
    key = world.passkey(caller)
    options = sign_in_options(world)
    assert options["allowCredentials"] == []
    assert options["userVerification"] == "required"
    client = world.browser()
    reply = client.post("/v1/sessions", json={"passkey": key.get(options)})
    assert reply.status_code == 200, reply.text
    assert client.get("/v1/whoami").json()["id"] == caller.id
    (passkey,) = world.get(caller, PATH)
    assert passkey["last_used_at"] is not None

    made = client.post("/v1/instances", json={"name": "By passkey", "type": "development"}).json()
    entry = world.entry(made["id"])
    # How the session was opened is one thing, whether this act was confirmed another.
    assert (entry["auth_method"], entry["has_passkey"]) == ("passkey_session", False)


@pytest.mark.parametrize(
    "case",
    [
        "used",
        "expired",
        "of an act",
        "no verification",
        "origin",
        "rp id",
        "framed",
        "handle",
        "none",
    ],
)
def test_what_does_not_sign_in(world: World, case: str) -> None:
    caller = world.person()
    key = world.passkey(caller)
    options = sign_in_options(world)
    match case:
        case "used":
            assert sign_in(world, key, options).status_code == 200
        case "expired":
            age_challenges(world)
        case "of an act":
            options = world.challenge(caller, "POST", "/v1/sessions")
        case "no verification":
            key.flags = USER_PRESENT
        case "origin":
            key.origin = "https://localhost:8000"
        case "rp id":
            options["rpId"] = "example.com"
        case "framed":
            key._client_data = lambda *_: client_data(options["challenge"], crossOrigin=True)  # type: ignore[method-assign]
        case "handle":
            key.user_handle = world.person().id.encode()
        case "none":
            key = SoftwareAuthenticator(origin=ORIGIN, user_handle=caller.id.encode())
    reply = sign_in(world, key, options)
    assert (reply.status_code, reply.json()["code"]) == (401, "AUTH_UNAUTHORIZED")
    assert "set-cookie" not in reply.headers


def test_a_single_wrong_bit_signs_nobody_in(world: World) -> None:
    caller = world.person()
    key = world.passkey(caller)
    for name in ("signature", "authenticatorData", "clientDataJSON", "userHandle"):
        content = bytes_of(key.get(sign_in_options(world)), name)
        for place in range(0, len(content), 3):
            answer = key.get(sign_in_options(world))
            wrong = list(flipped(bytes_of(answer, name)))[min(place, len(content) - 1)]
            reply = world.call(
                None, "POST", "/v1/sessions", {"passkey": with_bytes(answer, name, wrong)}
            )
            assert reply.status_code == 401, (name, place)


def test_a_counter_that_does_not_go_up_is_a_copy(world: World) -> None:
    caller = world.person()
    key = world.passkey(caller)
    for counter, status in ((0, 200), (0, 200), (7, 200), (7, 401), (6, 401), (0, 401), (8, 200)):
        key.counter = counter
        assert sign_in(world, key).status_code == status, counter


def test_asking_for_challenges_fills_nothing(world: World) -> None:
    caller = world.person()
    world.passkey(caller)
    for _ in range(110):
        world.challenge(caller, "DELETE", "/v1/x")
        sign_in_options(world)
    with world.database.read() as session:
        holders = session.scalars(select(PasskeyChallenge.holder)).all()
    assert {holders.count(caller.id), max(map(holders.count, holders))} == {100}
    age_challenges(world)
    for _ in range(len(holders) // 100 + 1):
        sign_in_options(world)
    with world.database.read() as session:
        assert caller.id not in session.scalars(select(PasskeyChallenge.holder)).all()


def test_only_the_public_half_is_kept(world: World) -> None:
    key = world.passkey(world.person())
    private = key._key.private_numbers().private_value.to_bytes(32, "big")
    with world.database.read() as session:
        kept = session.scalars(select(Passkey)).all()
    assert not any(private in passkey.public_key for passkey in kept)


@pytest.mark.parametrize(
    ("public_url", "rp_id", "origin"),
    [
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
        ("https://deeds.example/", "deeds.example", "https://deeds.example"),
        ("https://Deeds.Example:443/x", "deeds.example", "https://deeds.example"),
        ("http://[::1]:8000", "::1", "http://[::1]:8000"),
    ],
)
def test_passkeys_are_for_where_people_reach_the_server(
    public_url: str, rp_id: str, origin: str
) -> None:
    found = relying_party_of(public_url)
    assert (found.id, found.origin) == (rp_id, origin)


@pytest.mark.parametrize("text", ["QQ", "", "_-8"])
def test_bytes_are_written_in_one_way(text: str) -> None:
    assert base64url(from_base64url(text)) == text


@pytest.mark.parametrize("text", ["QQ==", "QR", "Q", "Q Q", "+/8", "QQ\n", "é", 1, None])
def test_and_in_no_other(text: object) -> None:
    with pytest.raises(ValueError, match="base64url"):
        from_base64url(text)
