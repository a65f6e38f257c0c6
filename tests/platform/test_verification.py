"""Acts confirmed with a passkey: bound to the very request, required where an instance says so, and
proved from stored bytes alone."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import delete, select, text

from deedbook.cli.authenticator import USER_PRESENT, USER_VERIFIED, SoftwareAuthenticator, base64url
from deedbook.database.base import now
from deedbook.engine import KeptEvidence, examine, ids
from deedbook.engine.encoding import unpack
from deedbook.engine.entry import bound_hash
from deedbook.platform.identity.passkeys.evidence import judge
from deedbook.platform.identity.passkeys.models import Passkey, PasskeyChallenge
from deedbook.platform.identity.users.models import User
from deedbook.web.roles import Role
from world.fixtures import WorldMaker
from world.people import Caller, Team
from world.world import World, unique

HEADER = "X-Passkey-Assertion"
INVALID = (403, "AUTH_PASSKEY_INVALID")
REQUIRED = (403, "AUTH_PASSKEY_REQUIRED")


def outcome(reply: Response) -> tuple[int, str]:
    return reply.status_code, reply.json().get("code", "")


def path_of(team: Team, rest: str = "/invites") -> str:
    return f"/v1/instances/{team.instance_id}{rest}"


def invite() -> bytes:
    return json.dumps({"email": f"{unique('guest')}@example.com", "user_role": "viewer"}).encode()


def send(
    world: World, caller: Caller, path: str, content: bytes, assertion: str, method: str = "POST"
) -> Response:
    return world.call(caller, method, path, content, headers={HEADER: assertion})


def kept(world: World, entry: dict[str, Any]) -> KeptEvidence:
    with world.database.read() as session:
        row = session.execute(
            text("SELECT encoding, record, salt, evidence FROM deedbook_entry WHERE id = :id"),
            {"id": ids.read(entry["id"])},
        ).one()
    record, salt, evidence = (None if each is None else bytes(each) for each in row[1:])
    assert record is not None
    return KeptEvidence(unpack(row[0], record), salt, evidence)


@pytest.fixture
def owned(world: World) -> Team:
    return world.team(full=False)


@pytest.fixture
def key(world: World, owned: Team) -> SoftwareAuthenticator:
    return world.passkey(owned.owner)


def require_passkeys(world: World, team: Team) -> None:
    body = {"name": "Careful", "require_passkey": True}
    reply = world.call(team.owner, "PUT", path_of(team, ""), body)
    assert reply.status_code == 200, reply.text


def done(world: World, team: Team) -> list[dict[str, Any]]:
    """Give the entries of what was done: that somebody was refused is in the log as well."""
    entries = world.entries(team.instance_id)
    return [entry for entry in entries if entry["outcome"] == "success"]


# The truth


def test_a_confirmed_act_says_so_and_keeps_what_proves_it(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    content, path = invite(), path_of(owned)
    options = world.challenge(owned.owner, "POST", path, content)
    assert [each["id"] for each in options["allowCredentials"]] == [base64url(key.credential_id)]
    reply = send(world, owned.owner, path, content, key.header(options))
    assert reply.status_code == 200, reply.text

    entry = world.entry(owned.instance_id)
    assert (entry["action"], entry["has_passkey"]) == ("invite.created", True)
    stored = kept(world, entry)
    assert stored.salt is not None
    assert stored.evidence is not None
    assert entry["evidence_hash"] == bound_hash(stored.salt, stored.evidence)
    evidence = json.loads(stored.evidence)
    assert (evidence["method"], evidence["path"]) == ("POST", path)
    assert base64.urlsafe_b64decode(evidence["body"] + "==") == content
    assert (evidence["rp_id"], evidence["origin"]) == ("localhost", "http://localhost:8000")
    assert evidence["challenge"] == options["challenge"]
    assert (
        stored.evidence
        == json.dumps(evidence, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )
    assert owned.owner.token.encode() not in stored.evidence


def test_without_a_confirmation_the_entry_does_not_claim_one(world: World, team: Team) -> None:
    world.passkey(team.admin)
    by_passkey = world.person(team.admin.email, auth_method="passkey_session")
    for caller, method, has_passkey in (
        (team.owner, "code_session", False),
        (team.admin, "code_session", False),
        (by_passkey, "passkey_session", False),
        (team.owner_key, "api_key", None),
    ):
        assert world.call(caller, "POST", path_of(team), invite()).status_code == 200
        entry = world.entry(team.instance_id)
        assert (entry["auth_method"], entry["has_passkey"]) == (method, has_passkey)
        assert entry["evidence_hash"] is None
        assert kept(world, entry).evidence is None


def test_whoever_has_a_passkey_is_shown_to_have_one(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    assert key.user_handle == owned.owner.id.encode()
    member = world.member(owned, Role.VIEWER)
    shown = {m["id"]: m["has_passkey"] for m in world.get(member, path_of(owned, "/members"))}
    assert shown == {owned.owner.id: True, member.id: False}


def test_a_replayed_request_is_what_it_was(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    content, path = invite(), path_of(owned)
    assertion = key.header(world.challenge(owned.owner, "POST", path, content))
    headers = {HEADER: assertion, "Idempotency-Key": "once"}
    first = world.call(owned.owner, "POST", path, content, headers=headers)
    entries = world.entries(owned.instance_id)
    again = world.call(owned.owner, "POST", path, content, headers=headers)
    bare = {"Idempotency-Key": "once"}
    third = world.call(owned.owner, "POST", path, content, headers=bare)
    assert first.status_code == 200
    assert first.content == again.content == third.content
    assert again.headers["Idempotent-Replayed"] == "true"
    assert world.entries(owned.instance_id) == entries
    assert entries[0]["has_passkey"] is True


def test_a_query_is_part_of_what_is_confirmed(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    content, path = invite(), path_of(owned) + "?why=a%20reason&b"
    for other in (path_of(owned), path_of(owned) + "?why=a%20reason"):
        assertion = key.header(world.challenge(owned.owner, "POST", path, content))
        assert outcome(send(world, owned.owner, other, content, assertion)) == INVALID
    assert send(world, owned.owner, path, content, assertion).status_code == 200


def test_an_act_that_nobody_protects_can_be_confirmed_too(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    body = {"name": "Second", "type": "development"}
    made = world.confirmed(owned.owner, key, "POST", "/v1/instances", body)
    assert made.status_code == 200, made.text
    assert world.entry(made.json()["id"])["has_passkey"] is True
    mine = {"first_name": "Ada", "last_name": "Lovelace"}
    reply = world.confirmed(owned.owner, key, "PUT", "/v1/whoami/personal", mine)
    assert reply.status_code == 200


# What is refused


@dataclass
class Attempt:
    """A confirmed request, all of it right, to be made wrong in one point."""

    world: World
    team: Team
    caller: Caller
    key: SoftwareAuthenticator
    path: str
    options: dict[str, Any]
    content: bytes = b'{"name":"Reports","permission":"full_access"}'
    method: str = "POST"

    def send(self) -> Response:
        assertion = self.key.header(self.options)
        return send(self.world, self.caller, self.path, self.content, assertion, self.method)

    def sign_as(self, client_data: bytes) -> None:
        """Have the authenticator sign other client data than it would."""
        self.key._client_data = lambda *_: client_data  # type: ignore[method-assign]


def replayed(attempt: Attempt) -> None:
    assert attempt.send().status_code == 200


def another_method(attempt: Attempt) -> None:
    asked = ("DELETE", attempt.path, attempt.content)
    attempt.options = attempt.world.challenge(attempt.caller, *asked)


def another_path(attempt: Attempt) -> None:
    elsewhere = attempt.world.team(owner=attempt.caller, full=False)
    attempt.path = path_of(elsewhere, "/api-keys")


def another_body(attempt: Attempt) -> None:
    attempt.content = attempt.content.replace(b"Reports", b"Reposts")


def the_same_body_in_other_bytes(attempt: Attempt) -> None:
    attempt.content = attempt.content.replace(b":", b": ")


def another_session(attempt: Attempt) -> None:
    attempt.caller = attempt.world.person(attempt.caller.email)


def another_user(attempt: Attempt) -> None:
    attempt.caller = attempt.world.member(attempt.team, Role.ADMIN)
    attempt.world.passkey(attempt.caller)


def another_users_passkey(attempt: Attempt) -> None:
    attempt.key = attempt.world.passkey(attempt.world.person())
    attempt.key.user_handle = b""


def another_origin(attempt: Attempt) -> None:
    attempt.key.origin = "http://localhost:8001"


def another_rp_id(attempt: Attempt) -> None:
    attempt.options["rpId"] = "localhost.example"


def a_challenge_of_a_sign_in(attempt: Attempt) -> None:
    reply = attempt.world.call(None, "POST", "/v1/sign-in/passkey-options")
    attempt.options = reply.json()


def no_user_verification(attempt: Attempt) -> None:
    attempt.key.flags = USER_PRESENT


def nobody_present(attempt: Attempt) -> None:
    attempt.key.flags = USER_VERIFIED


def in_a_frame(attempt: Attempt) -> None:
    right = attempt.key._client_data("webauthn.get", attempt.options)
    attempt.sign_as(right.replace(b"false", b"true"))


def an_answer_to_a_creation(attempt: Attempt) -> None:
    attempt.sign_as(attempt.key._client_data("webauthn.create", attempt.options))


def expired(attempt: Attempt) -> None:
    with attempt.world.work(None) as work:
        for row in work.session.scalars(select(PasskeyChallenge)):
            row.expires_at = now()


def a_removed_passkey(attempt: Attempt) -> None:
    own = "/v1/whoami/passkeys"
    (passkey,) = attempt.world.get(attempt.caller, own)
    removed = attempt.world.call(attempt.caller, "DELETE", f"{own}/{passkey['id']}")
    assert removed.status_code == 200


def a_made_up_challenge(attempt: Attempt) -> None:
    attempt.options["challenge"] = base64url(hashlib.sha256(attempt.content).digest())


@pytest.mark.parametrize(
    "spoil",
    [
        replayed,
        another_method,
        another_path,
        another_body,
        the_same_body_in_other_bytes,
        another_session,
        another_user,
        another_users_passkey,
        another_origin,
        another_rp_id,
        a_challenge_of_a_sign_in,
        no_user_verification,
        nobody_present,
        in_a_frame,
        an_answer_to_a_creation,
        expired,
        a_removed_passkey,
        a_made_up_challenge,
    ],
)
def test_every_other_use_of_an_assertion_is_refused(
    world: World, owned: Team, key: SoftwareAuthenticator, spoil: Callable[[Attempt], None]
) -> None:
    path = path_of(owned, "/api-keys")
    options = world.challenge(owned.owner, "POST", path, Attempt.content)
    attempt = Attempt(world, owned, owned.owner, key, path, options)
    spoil(attempt)
    before, keys = done(world, owned), world.get(owned.owner, path)
    reply = attempt.send()
    assert outcome(reply) == INVALID, reply.text
    assert done(world, owned) == before
    assert world.get(owned.owner, path) == keys


def test_a_single_wrong_bit_confirms_nothing(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    content, path = invite(), path_of(owned)
    options = world.challenge(owned.owner, "POST", path, content)
    answer = key.get(options)
    before = done(world, owned)
    for name in ("signature", "authenticatorData", "clientDataJSON", "userHandle", "rawId", "id"):
        holder = answer["response"] if name in answer["response"] else answer
        right = base64.urlsafe_b64decode(holder[name] + "==")
        for place in range(0, len(right), 2):
            wrong = bytearray(right)
            wrong[place] ^= 1 << place % 8
            changed = json.loads(json.dumps(answer))
            target = changed["response"] if name in changed["response"] else changed
            target[name] = base64url(bytes(wrong))
            assertion = base64url(json.dumps(changed).encode())
            reply = send(world, owned.owner, path, content, assertion)
            assert outcome(reply) == INVALID, (name, place, reply.text)
    assert done(world, owned) == before
    # None of it used the challenge up: what fails takes everything back.
    assert send(world, owned.owner, path, content, key.header(options)).status_code == 200


@pytest.mark.parametrize(
    "assertion",
    ["", "nonsense", "e30", base64url(b"[1]"), base64url(b"[" * 3_000), "=", "\xff", "e30=e30"],
)
def test_what_is_no_assertion_is_refused_even_where_none_is_needed(
    world: World, owned: Team, key: SoftwareAuthenticator, assertion: str
) -> None:
    assert key.counter == 0
    content = invite()
    before = world.snapshot()
    headers = [(HEADER.encode(), assertion.encode("latin-1"))]
    headers += [(k.encode(), v.encode()) for k, v in owned.owner.headers.items()]
    headers += [(b"content-type", b"application/json")]
    reply = world.http.request("POST", path_of(owned), headers=headers, content=content)
    assert outcome(reply) == INVALID, reply.text
    assert HEADER in reply.json()["description"]
    assert world.snapshot() == before


def test_only_a_person_confirms_and_only_what_is_recorded(world: World, team: Team) -> None:
    content = invite()
    for caller, method, path in (
        (team.owner_key, "POST", path_of(team)),
        (team.owner, "GET", path_of(team, "/members")),
        (team.owner, "GET", path_of(team, "/audit-logs")),
        (None, "POST", "/v1/sign-in/codes"),
    ):
        body = content if method == "POST" else None
        if caller is None:
            body = b'{"email":"a@example.com"}'
        reply = world.call(caller, method, path, body, headers={HEADER: "e30"})
        assert outcome(reply) == INVALID, (method, path, reply.text)


def test_a_counter_that_does_not_go_up_confirms_nothing(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    for counter, status in ((5, 200), (5, 403), (4, 403), (0, 403), (6, 200)):
        key.counter = counter
        body = json.loads(invite())
        reply = world.confirmed(owned.owner, key, "POST", path_of(owned), body)
        assert reply.status_code == status, counter


def test_what_fails_uses_no_challenge_up(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    """A refused act takes its challenge back; the same confirmation serves once it can be done."""
    path = path_of(owned, "/ownership")
    heir = world.person()
    content = json.dumps({"user_id": heir.id}).encode()
    assertion = key.header(world.challenge(owned.owner, "POST", path, content))
    assert send(world, owned.owner, path, content, assertion).status_code == 400
    world.member(owned, Role.ADMIN, heir)
    assert send(world, owned.owner, path, content, assertion).status_code == 200
    assert world.entry(owned.instance_id)["has_passkey"] is True


def test_of_one_confirmation_sent_many_times_at_once_one_counts(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    key = world.passkey(team.owner)
    path = path_of(team, "/api-keys")
    content = b'{"name":"Raced","permission":"full_access"}'
    assertion = key.header(world.challenge(team.owner, "POST", path, content))
    start = threading.Barrier(8)

    def send_one(_: int) -> int:
        start.wait()
        return send(world, team.owner, path, content, assertion).status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = sorted(threads.map(send_one, range(8)))

    assert statuses == [200] + [403] * 7
    assert [key["name"] for key in world.get(team.owner, path)] == ["Raced"]
    confirmed = [entry for entry in world.entries(team.instance_id) if entry["has_passkey"]]
    assert len(confirmed) == 1


# Required


def test_an_instance_that_requires_passkeys_refuses_without_one(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    admin = world.member(owned, Role.ADMIN)
    require_passkeys(world, owned)
    before = done(world, owned)
    for caller in (owned.owner, admin):
        reply = world.call(caller, "POST", path_of(owned), invite())
        assert outcome(reply) == REQUIRED
        assert reply.json()["message"] == "passkey_required"
    assert done(world, owned) == before

    body = json.loads(invite())
    assert world.confirmed(owned.owner, key, "POST", path_of(owned), body).status_code == 200
    hers = world.passkey(admin)
    body = json.loads(invite())
    assert world.confirmed(admin, hers, "POST", path_of(owned), body).status_code == 200
    # Another instance's settings are its own.
    elsewhere = world.team(owner=owned.owner, full=False)
    assert world.call(owned.owner, "POST", path_of(elsewhere), invite()).status_code == 200


def test_keys_and_invitees_are_not_asked_and_reading_is_free(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    assert key.counter == 0
    api_key = world.key(owned, Role.OWNER)
    guest = world.person()
    body = {"email": guest.email, "user_role": "viewer"}
    invited = world.call(owned.owner, "POST", path_of(owned), body).json()["id"]
    require_passkeys(world, owned)
    assert world.call(api_key, "POST", path_of(owned), invite()).status_code == 200
    assert world.entry(owned.instance_id)["has_passkey"] is None
    assert world.call(guest, "POST", f"/v1/invites/{invited}/accept").status_code == 200
    assert world.get(owned.owner, path_of(owned, "/members"))
    terms = world.accepted_terms(owned.instance_id)
    from world import bodies

    customer = bodies.person_customer(terms)
    reply = world.call(owned.owner, "POST", path_of(owned, "/customers"), customer)
    assert reply.status_code == 200, "customers are not protected"


def test_who_may_not_or_asks_wrongly_hears_that_first(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    assert key.counter == 0
    viewer = world.member(owned, Role.VIEWER)
    require_passkeys(world, owned)
    assert outcome(world.call(viewer, "POST", path_of(owned), invite())) == (403, "AUTH_FORBIDDEN")
    reply = world.call(owned.owner, "POST", path_of(owned), {"user_role": "viewer"})
    assert outcome(reply) == (400, "VALIDATION_FAILED")


def test_only_someone_who_has_a_passkey_can_require_one(world: World, team: Team) -> None:
    body = {"name": "Careful", "require_passkey": True}
    for caller in (team.owner, team.owner_key):
        assert outcome(world.call(caller, "PUT", path_of(team, ""), body)) == REQUIRED
    assert world.get(team.owner, path_of(team, ""))["require_passkey"] is False


def test_to_stop_requiring_passkeys_takes_one(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    require_passkeys(world, owned)
    off = {"name": "Careless", "require_passkey": False}
    assert outcome(world.call(owned.owner, "PUT", path_of(owned, ""), off)) == REQUIRED
    reply = world.confirmed(owned.owner, key, "PUT", path_of(owned, ""), off)
    assert reply.status_code == 200
    assert world.entry(owned.instance_id)["changes"]["require_passkey"] == {
        "from": True,
        "to": False,
    }
    assert world.call(owned.owner, "POST", path_of(owned), invite()).status_code == 200


# Checked again


def verification(world: World, team: Team, entry: dict[str, Any]) -> dict[str, Any]:
    path = path_of(team, f"/audit-logs/{entry['id']}/verification")
    found: dict[str, Any] = world.get(team.owner, path)
    assert found.pop("id") == entry["id"]
    return found


def confirmed_entry(
    world: World, team: Team, key: SoftwareAuthenticator, rest: str = "/invites"
) -> dict[str, Any]:
    reply = world.confirmed(team.owner, key, "POST", path_of(team, rest), json.loads(invite()))
    assert reply.status_code == 200, reply.text
    return world.entry(team.instance_id)


def test_a_confirmation_is_proved_long_after_passkey_and_person_are_gone(
    world: World, key: SoftwareAuthenticator, owned: Team
) -> None:
    entry = confirmed_entry(world, owned, key, "/invites?from=the%20team")
    assert verification(world, owned, entry)["result"] == "verified"
    with world.work(None) as work:
        work.session.execute(delete(Passkey))
        work.session.execute(delete(User).where(User.id != owned.owner.id))
        work.session.execute(delete(PasskeyChallenge))
    found = verification(world, owned, entry)
    assert (found["result"], found["problems"]) == ("verified", [])
    assert "passkey confirmed this very act" in found["explanation"]


def test_an_entry_without_a_confirmation_is_said_to_have_none(world: World, owned: Team) -> None:
    found = verification(world, owned, world.entry(owned.instance_id))
    assert (found["result"], found["problems"]) == ("not_verified", [])


def test_whatever_is_changed_of_the_evidence_no_longer_holds(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    stored = kept(world, confirmed_entry(world, owned, key))
    assert stored.salt is not None
    assert stored.evidence is not None
    assert examine(stored, judge).result == "verified"
    for place in range(0, len(stored.evidence), 7):
        wrong = bytearray(stored.evidence)
        wrong[place] ^= 1
        found = examine(replace(stored, evidence=bytes(wrong)), judge)
        assert found.result == "does_not_hold"
        assert "hash differs" in found.problems[0]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("body", base64url(b"{}"), "challenge is not that of this"),
        ("path", "/v1/instances/in_000000000000/invites", "path"),
        ("method", "DELETE", "method"),
        ("user_id", "us_000000000000", "person or session"),
        ("session_id", "0" * 64, "person or session"),
        ("nonce", base64url(bytes(32)), "challenge is not that of this"),
        ("challenge", base64url(bytes(32)), "Another challenge was signed"),
        ("origin", "https://evil.example", "origin"),
        ("rp_id", "evil.example", "RP ID"),
        ("public_key", base64url(bytes(70)), "not valid"),
        ("v", 2, "version"),
        ("nonsense", 1, "cannot be read"),
    ],
)
def test_evidence_of_something_else_does_not_hold_even_where_the_hash_fits(
    world: World, owned: Team, key: SoftwareAuthenticator, name: str, value: object, told: str
) -> None:
    """Whoever can rewrite record, salt and evidence alike cannot make a passkey sign."""
    stored = kept(world, confirmed_entry(world, owned, key))
    assert stored.salt is not None
    evidence = json.dumps({**json.loads(stored.evidence or b""), name: value}).encode()
    record = json.loads(stored.record)
    record["evidence_hash"] = bound_hash(stored.salt, evidence)
    found = examine(KeptEvidence(json.dumps(record).encode(), stored.salt, evidence), judge)
    assert found.result == "does_not_hold"
    assert any(told in problem for problem in found.problems), found.problems


def test_what_an_entry_claims_and_what_is_there_have_to_agree(
    world: World, owned: Team, key: SoftwareAuthenticator
) -> None:
    stored = kept(world, confirmed_entry(world, owned, key))
    record = json.loads(stored.record)

    def found(changes: dict[str, object], **parts: object) -> str:
        changed = json.dumps({**record, **changes}).encode()
        return examine(replace(stored, record=changed, **parts), judge).result  # type: ignore[arg-type]

    assert found({}) == "verified"
    assert found({}, salt=None, evidence=None) == "erased"
    assert found({}, salt=None) == "does_not_hold"
    assert found({}, evidence=None) == "does_not_hold"
    assert found({"has_passkey": False}) == "does_not_hold"
    assert found({"evidence_hash": None}) == "does_not_hold"
    assert found({"evidence_hash": None, "has_passkey": False}) == "does_not_hold"
    nothing: dict[str, object] = {"evidence_hash": None, "has_passkey": None}
    assert found(nothing, evidence=None) == "not_verified"
    assert found({"method": "PUT"}) == "does_not_hold"
    assert found({"route": "/v1/instances/{instance_id}/api-keys"}) == "does_not_hold"
    assert found({"instance_id": "in_000000000000"}) == "does_not_hold"
