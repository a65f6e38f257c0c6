"""Signing in and out: codes, links, sessions and the cookie."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from httpx2 import Client, Response
from sqlalchemy import select

from deedbook.database.base import now
from deedbook.platform.identity.sessions.models import SignInCode, SignInLink
from deedbook.platform.identity.sessions.service import IDLE_LIFE, SESSION_LIFE, issue_link
from deedbook.platform.identity.users.models import User
from deedbook.platform.identity.users.service import user_for_email
from world.fixtures import WorldMaker
from world.world import World, unique

COOKIE = "deedbook_session"
SECURE_COOKIE = f"__Host-{COOKIE}"


def new_email() -> str:
    return f"{unique('someone')}@example.com"


def send_code(world: World, email: str) -> str:
    reply = world.call(None, "POST", "/v1/sign-in/codes", {"email": email})
    assert reply.status_code == 200, reply.text
    return world.mailer.code_for(email)


def sign_in(world: World, body: object, client: Client | None = None) -> Response:
    """Sign in with a client, whose cookie jar then holds the session."""
    return (client or world.browser()).post("/v1/sessions", json=body)


def signed_in(world: World, email: str) -> Client:
    client = world.browser()
    code = send_code(world, email)
    assert sign_in(world, {"email": email, "code": code}, client).status_code == 200
    return client


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def age_codes(world: World, email: str, **values: object) -> None:
    with world.work(None) as work:
        for code in work.session.scalars(select(SignInCode).where(SignInCode.email == email)):
            for name, value in values.items():
                setattr(code, name, value)


def test_a_code_signs_in_whom_it_was_sent_to(world: World) -> None:
    email = new_email()
    client = world.browser()
    code = send_code(world, email)
    assert code.isdigit()
    assert len(code) == 6
    reply = sign_in(world, {"email": email, "code": code}, client)
    assert reply.status_code == 200
    whoami = client.get("/v1/whoami").json()
    assert whoami["email"] == email
    assert whoami["id"] == reply.json()["user_id"]
    assert code not in reply.text
    # The token is in the cookie alone, where no script finds it.
    assert client.cookies[COOKIE] not in reply.text


def test_an_address_is_the_same_person_whatever_its_capitals(world: World) -> None:
    email = new_email()
    first = signed_in(world, email).get("/v1/whoami").json()
    shouted = email.upper()
    client = world.browser()
    code = send_code(world, shouted)
    assert sign_in(world, {"email": email.title(), "code": code}, client).status_code == 200
    assert client.get("/v1/whoami").json() == first


@pytest.mark.parametrize("case", ["wrong", "used", "expired", "another's", "an older one", "none"])
def test_a_code_that_signs_nobody_in(world: World, case: str) -> None:
    email = new_email()
    code = send_code(world, email)
    body = {"email": email, "code": code}
    match case:
        case "wrong":
            body["code"] = wrong(code)
        case "used":
            assert sign_in(world, body).status_code == 200
        case "expired":
            age_codes(world, email, expires_at=now())
        case "another's":
            body["email"] = new_email()
        case "an older one":
            while send_code(world, email) == code:
                pass
        case "none":
            body["code"] = "no code"
    users = world.snapshot()["users"]
    reply = sign_in(world, body)
    assert (reply.status_code, reply.json()["code"]) == (401, "AUTH_UNAUTHORIZED")
    assert "set-cookie" not in reply.headers
    assert world.snapshot()["users"] == users


def test_after_five_wrong_tries_the_right_code_is_worth_nothing(world: World) -> None:
    for tries, status in ((4, 200), (5, 401)):
        email = new_email()
        code = send_code(world, email)
        for _ in range(tries):
            assert sign_in(world, {"email": email, "code": wrong(code)}).status_code == 401
        assert sign_in(world, {"email": email, "code": code}).status_code == status


def test_five_codes_an_hour_and_no_more(world: World) -> None:
    email = new_email()
    for _ in range(5):
        send_code(world, email)
    sent = len(world.mailer.sent)
    for each in (email, email.upper()):
        reply = world.call(None, "POST", "/v1/sign-in/codes", {"email": each})
        assert (reply.status_code, reply.json()["code"]) == (429, "AUTH_RATE_LIMITED")
    assert len(world.mailer.sent) == sent
    send_code(world, new_email())
    age_codes(world, email, created_at=now() - timedelta(hours=1))
    send_code(world, email)


def test_nobody_learns_who_has_an_account(world: World) -> None:
    known, unknown = world.person().email, new_email()
    replies = [
        world.call(None, "POST", "/v1/sign-in/codes", {"email": email})
        for email in (known, unknown)
    ]
    assert replies[0].content == replies[1].content
    assert [reply.status_code for reply in replies] == [200, 200]


def test_codes_and_links_are_kept_as_hashes(world: World) -> None:
    email = new_email()
    code = send_code(world, email)
    with world.work(None) as work:
        token = issue_link(work, user_for_email(work, email), auth_method="code_session")
    with world.database.read() as session:
        codes = session.scalars(select(SignInCode).where(SignInCode.email == email)).all()
        links = session.scalars(select(SignInLink)).all()
    assert codes
    assert links
    assert not any(code.encode() in row.code_hash for row in codes)
    assert not any(token.encode() in row.token_hash for row in links)


def link(world: World, email: str, auth_method: str = "operator") -> str:
    with world.work(None) as work:
        return issue_link(work, user_for_email(work, email), auth_method=auth_method)


def test_a_link_works_once_and_within_the_hour(world: World) -> None:
    email = new_email()
    token = link(world, email)
    client = world.browser()
    assert sign_in(world, {"link_token": token}, client).status_code == 200
    assert client.get("/v1/whoami").json()["email"] == email
    assert sign_in(world, {"link_token": token}).status_code == 401

    token = link(world, email)
    with world.work(None) as work:
        for row in work.session.scalars(select(SignInLink).where(SignInLink.used_at.is_(None))):
            assert row.expires_at - now() <= timedelta(hours=1)
            row.expires_at = now()
    assert sign_in(world, {"link_token": token}).status_code == 401
    for raw in (b'{"link_token": "nonsense"}', b'{"link_token": "\\ud800\\u0000"}'):
        assert world.call(None, "POST", "/v1/sessions", raw).status_code == 401


def test_entries_of_a_session_that_an_operator_made_say_so(world: World) -> None:
    client = world.browser()
    assert sign_in(world, {"link_token": link(world, new_email())}, client).status_code == 200
    body = {"name": "Founded by the operator", "type": "development"}
    founded = client.post("/v1/instances", json=body)
    assert founded.status_code == 200
    entry = world.entry(founded.json()["id"])
    assert (entry["auth_method"], entry["role"]) == ("operator", "owner")
    assert entry["session_id"] not in (None, client.cookies[COOKIE])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "a@example.com"},
        {"code": "123456"},
        {"email": "a@example.com", "code": "123456", "link_token": "x"},
        {"email": "nonsense", "code": "123456"},
    ],
)
def test_there_are_two_ways_in_and_no_third(world: World, body: object) -> None:
    reply = sign_in(world, body)
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_FAILED")


@pytest.mark.parametrize(
    ("public_url", "name", "secure"),
    [("http://localhost:8000", COOKIE, False), ("https://deeds.example", SECURE_COOKIE, True)],
)
def test_the_cookie(
    new_world: WorldMaker,
    public_url: str,
    name: str,
    secure: bool,  # noqa: FBT001
) -> None:
    world = new_world(public_url=public_url)
    client = world.browser(public_url)
    reply = sign_in(world, {"link_token": link(world, new_email())}, client)
    cookie = SimpleCookie(reply.headers["set-cookie"])[name]
    assert cookie["httponly"] is True
    assert cookie["samesite"].lower() == "lax"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    assert int(cookie["max-age"]) == SESSION_LIFE.total_seconds()
    assert bool(cookie["secure"]) is secure
    assert client.get("/v1/whoami").status_code == 200

    out = client.delete("/v1/sessions/current")
    assert out.status_code == 200
    assert SimpleCookie(out.headers["set-cookie"])[name]["max-age"] == "0"
    # The token itself is dead as well, whoever kept it.
    stolen = {"Cookie": f"{name}={cookie.value}"}
    assert client.get("/v1/whoami", headers=stolen).status_code == 401


def test_over_https_a_plain_cookie_is_no_session(new_world: WorldMaker) -> None:
    """A neighbour's page on a sibling domain can set a plain one, but none with the prefix."""
    world = new_world(public_url="https://deeds.example")
    token = world.person().token
    for name, status in ((SECURE_COOKIE, 200), (COOKIE, 401)):
        reply = world.call(None, "GET", "/v1/whoami", headers={"Cookie": f"{name}={token}"})
        assert reply.status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "nonsense"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8000"}, 403),
        ({"Origin": "http://localhost:8000"}, 200),
        ({"Origin": "http://localhost:9000"}, 403),
        ({"Origin": "http://localhost"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": ""}, 403),
    ],
)
def test_another_site_cannot_use_the_cookie(
    world: World, headers: dict[str, str], status: int
) -> None:
    caller = world.person()
    body = {"first_name": "Mallory", "last_name": "Mallory"}
    cookie = {"Cookie": f"{COOKIE}={caller.token}", **headers}
    reply = world.call(None, "PUT", "/v1/whoami/personal", body, headers=cookie)
    assert reply.status_code == status, reply.text
    name = world.get(caller, "/v1/whoami")["first_name"]
    assert (name == "Mallory") is (status == 200)
    # A read changes nothing, and what a Bearer token authorises no page can have caused.
    assert world.call(None, "GET", "/v1/whoami", headers=cookie).status_code == 200
    bearing = world.call(caller, "PUT", "/v1/whoami/personal", body, headers=headers)
    assert bearing.status_code == 200
    # To sign a visitor in as somebody else is no less of a forgery.
    forged = world.call(None, "POST", "/v1/sessions", {"link_token": "x"}, headers=headers)
    assert forged.status_code == (401 if status == 200 else 403)


def test_a_bearer_token_wins_over_the_cookie(world: World) -> None:
    ada, bob = world.person(), world.person()
    cookie = {"Cookie": f"{COOKIE}={bob.token}"}
    assert world.get(ada, "/v1/whoami", headers=cookie)["id"] == ada.id
    both = {**cookie, "Authorization": "Bearer ds_nonsense"}
    assert world.call(None, "GET", "/v1/whoami", headers=both).status_code == 401
    assert world.call(None, "GET", "/v1/whoami", headers=cookie).json()["id"] == bob.id


def test_a_session_ends(world: World) -> None:
    for values, status in (
        ({"last_used_at": now() - IDLE_LIFE + timedelta(minutes=1)}, 200),
        ({"last_used_at": now() - IDLE_LIFE}, 401),
        ({"expires_at": now() + timedelta(minutes=1)}, 200),
        ({"expires_at": now()}, 401),
    ):
        caller = world.person()
        assert world.call(caller, "GET", "/v1/whoami").status_code == 200
        world.change_session(caller, **values)
        assert world.call(caller, "GET", "/v1/whoami").status_code == status, values


def test_use_keeps_a_session_alive(world: World) -> None:
    caller = world.person()
    almost = now() - IDLE_LIFE + timedelta(minutes=1)
    world.change_session(caller, last_used_at=almost)
    assert world.call(caller, "GET", "/v1/whoami").status_code == 200
    # A week later by the clock of the session: it was used in between.
    assert world.session_row(caller).last_used_at > now() - timedelta(minutes=1)


def test_signing_out_ends_this_session_and_no_other(world: World) -> None:
    here = world.person()
    there = world.person(here.email)
    assert world.call(here, "DELETE", "/v1/sessions/current").status_code == 200
    assert world.call(here, "GET", "/v1/whoami").status_code == 401
    assert world.call(there, "GET", "/v1/whoami").status_code == 200


def test_a_key_has_no_account(world: World, team: object) -> None:
    key = team.owner_key  # type: ignore[attr-defined]
    for method, path in (
        ("GET", "/v1/whoami"),
        ("PUT", "/v1/whoami/personal"),
        ("PUT", "/v1/whoami/avatar"),
        ("GET", "/v1/instances"),
        ("DELETE", "/v1/sessions/current"),
    ):
        assert world.call(key, method, path, {}).status_code == 403


def test_a_name_is_for_what_comes_and_entries_keep_the_old_one(world: World) -> None:
    team = world.team(full=False)
    owner = team.owner
    before = world.entry(team.instance_id)
    path = "/v1/whoami/personal"
    body = {"first_name": "Grace", "middle_name": " ", "last_name": "Hopper"}
    assert world.call(owner, "PUT", path, body).status_code == 200
    picture = {"image_url": "https://pictures.example/grace.png"}
    assert world.call(owner, "PUT", "/v1/whoami/avatar", picture).status_code == 200
    me = world.get(owner, "/v1/whoami")
    assert (me["first_name"], me["middle_name"], me["last_name"]) == ("Grace", None, "Hopper")
    assert me["image_url"] == picture["image_url"]

    name = {"name": "Renamed"}
    assert world.call(owner, "PUT", f"/v1/instances/{team.instance_id}", name).status_code == 200
    after, *_, founded = world.entries(team.instance_id)
    assert (after["actor"]["name"], after["actor"]["image_url"]) == (
        "Grace Hopper",
        picture["image_url"],
    )
    assert founded == before
    assert founded["actor"]["name"] == owner.actor.name


def test_a_session_remembers_where_it_was_opened(world: World) -> None:
    client = world.browser()
    user_agent = {"User-Agent": "x" * 10_000}
    sent = {"link_token": link(world, new_email())}
    assert client.post("/v1/sessions", json=sent, headers=user_agent).status_code == 200
    row = world.session_row(client.cookies[COOKIE])
    assert row.ip_address == "8.8.8.8"
    assert (row.user_agent or "").startswith("xxx")


def test_users_are_one_to_an_address(world: World) -> None:
    email = new_email()
    signed_in(world, email)
    signed_in(world, email.upper())
    with world.database.read() as session:
        assert len(session.scalars(select(User).where(User.email == email)).all()) == 1
