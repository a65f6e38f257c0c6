"""Text from outside: whatever it holds, a change succeeds with its entry or is refused by name."""

from __future__ import annotations

import json

import pytest
from httpx2 import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from world import bodies
from world.people import Team
from world.world import World, unique

LONG = "x" * 10_000
# As JSON would have them in a body, and as they are then read.
TEXTS = {
    "nul": (rb"a\u0000b", "a\ufffdb"),
    "controls": (rb"a\u0001\u001b[31m\u007fb", "a\x01\x1b[31m\x7fb"),
    "bidi": (rb"abc\u202e\u2066fed", "abc\u202e\u2066fed"),
    "a lone surrogate": (rb"a\ud800b", "a\ufffdb"),
    "surrogates in the wrong order": (rb"a\udc00\ud800b", "a\ufffd\ufffdb"),
    "a pair": (rb"a\ud83d\ude00b", "a😀b"),
    "line separators": (rb"a\u2028\u2029\u0085b", "a\u2028\u2029\x85b"),
    "markup": (rb"<script>alert('1')</script>", "<script>alert('1')</script>"),
    "sql": (rb"'; DROP TABLE customers; --", "'; DROP TABLE customers; --"),
    "format": (rb"{label} {0} %s %(a)s", "{label} {0} %s %(a)s"),
}


def by_text() -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("sent", "kept"), TEXTS.values(), ids=TEXTS)


def raw(body: dict[str, object], **fields: bytes) -> bytes:
    """Give a body with texts put in as they stand, escapes and all."""
    content = json.dumps(body).encode()
    for name, text in fields.items():
        content = content[:-1] + b', "' + name.encode() + b'": "' + text + b'"}'
    return content


def assert_recorded(world: World, team: Team, reply: Response, label: str) -> None:
    """The entry is there, served as valid JSON, and says what the request was called."""
    path = f"/v1/instances/{team.instance_id}/audit-logs"
    page = world.call(team.owner, "GET", f"{path}?limit=1")
    assert page.status_code == 200
    entry = json.loads(page.content.decode("utf-8", "strict"))["data"][0]
    assert entry["request_id"] == reply.headers["X-Request-Id"]
    assert entry["entity_label"] == label
    assert world.call(team.owner, "GET", f"{path}/{entry['id']}").json() == entry


@by_text()
def test_the_name_of_a_customer(world: World, team: Team, sent: bytes, kept: str) -> None:
    body = bodies.business_customer(world.accepted_terms(team.instance_id))
    del body["legal_name"]
    path = f"/v1/instances/{team.instance_id}/customers"
    reply = world.call(team.owner, "POST", path, raw(body, legal_name=sent))
    assert reply.status_code == 200, reply.text
    assert_recorded(world, team, reply, kept)
    customer = world.get(team.owner, f"{path}/{reply.json()['id']}")
    assert customer["legal_name"] == kept
    assert world.get(team.owner, path, params={"limit": 1})["data"][0] == customer


@by_text()
def test_the_name_of_a_key(world: World, team: Team, sent: bytes, kept: str) -> None:
    path = f"/v1/instances/{team.instance_id}/api-keys"
    body = raw({"permission": "full_access"}, name=sent)
    reply = world.call(team.owner, "POST", path, body)
    assert reply.status_code == 200, reply.text
    assert_recorded(world, team, reply, kept)


@by_text()
def test_the_name_of_a_person(world: World, sent: bytes, kept: str) -> None:
    owner = world.person()
    body = raw({}, first_name=sent, last_name=sent).replace(b"{, ", b"{")
    assert world.call(owner, "PUT", "/v1/whoami/personal", body).status_code == 200
    founding = {"name": "By such a person", "type": "development"}
    reply = world.call(owner, "POST", "/v1/instances", founding)
    assert reply.status_code == 200
    assert world.entry(reply.json()["id"])["actor"]["name"] == f"{kept} {kept}"


@by_text()
def test_the_name_of_an_instance(world: World, sent: bytes, kept: str) -> None:
    team = world.team(full=False)
    path = f"/v1/instances/{team.instance_id}"
    reply = world.call(team.owner, "PUT", path, raw({}, name=sent).replace(b"{, ", b"{"))
    assert reply.status_code == 200, reply.text
    assert_recorded(world, team, reply, kept)


@by_text()
def test_keys_and_texts_inside_of_lists(world: World, team: Team, sent: bytes, kept: str) -> None:
    body = bodies.business_customer(world.accepted_terms(team.instance_id))
    info = b'[{"label": "OTHER", "value": "' + sent + b'", "' + sent + b'": {"' + sent + b'": 1}}]'
    content = json.dumps(body).encode()[:-1] + b', "additional_info": ' + info + b"}"
    path = f"/v1/instances/{team.instance_id}/customers"
    reply = world.call(team.owner, "POST", path, content)
    assert reply.status_code == 200, reply.text
    customer = world.get(team.owner, f"{path}/{reply.json()['id']}")
    assert customer["additional_info"] == [{"label": "OTHER", "value": kept}]


@pytest.mark.parametrize(
    ("method", "path", "field"),
    [
        ("POST", "/v1/instances/{}/customers", "legal_name"),
        ("POST", "/v1/instances/{}/api-keys", "name"),
        ("PUT", "/v1/instances/{}", "name"),
        ("POST", "/v1/instances", "name"),
        ("PUT", "/v1/whoami/personal", "first_name"),
        ("PUT", "/v1/whoami/personal", "middle_name"),
        ("PUT", "/v1/whoami/avatar", "image_url"),
        ("POST", "/v1/instances/{}/invites", "email"),
        ("POST", "/v1/sign-in/codes", "email"),
        ("PUT", "/v1/instances/{}/members/us_000000000000", "user_role"),
        ("POST", "/v1/instances/{}/ownership", "user_id"),
    ],
)
def test_ten_thousand_characters_are_refused_by_name(
    world: World, team: Team, method: str, path: str, field: str
) -> None:
    for text in (LONG, f"https://pictures.example/{LONG}", f"{LONG}@example.com"):
        reply = world.call(
            team.owner, method, path.format(team.instance_id), {"name": "x", field: text}
        )
        assert reply.status_code == 400
        assert any(each.startswith(field) for each in reply.json()["errors"])


@pytest.mark.parametrize(
    "value",
    [b"x" * 10_000, b"\xff\xfe\x80", "Zoë 😀".encode(), b"", b" ", b"\x1b[31m", b"a\tb"],
    ids=["10 kB", "no UTF-8", "UTF-8", "empty", "blank", "controls", "tab"],
)
@pytest.mark.parametrize("header", ["User-Agent", "X-Forwarded-For", "Forwarded", "CF-IPCountry"])
def test_no_header_stops_a_change_or_its_entry(
    world: World, team: Team, header: str, value: bytes
) -> None:
    name = unique("Key")
    path = f"/v1/instances/{team.instance_id}/api-keys"
    body = {"name": name, "permission": "full_access"}
    reply = world.call(team.owner, "POST", path, body, headers={header: value})
    assert reply.status_code == 200, reply.text
    assert_recorded(world, team, reply, name)
    entry = world.entry(team.instance_id)
    # Nothing that a client claims of itself moves the address it came from.
    assert (entry["ip_address"], entry["country"]) == ("8.8.8.8", "US")
    if header == "User-Agent" and len(value) == 10_000:
        assert entry["user_agent"].startswith("xxx")
        assert "10000" in entry["user_agent"]
    if "Zoë".encode() in value and header == "User-Agent":
        assert entry["user_agent"] == "Zoë 😀"


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        (b"[" * 100_000, 400, "body"),
        (b'{"name": ' + b"[" * 600 + b"]" * 600 + b"}", 400, "body"),
        (b'{"name": "Nested", "ignored": ' + b"[" * 600 + b"]" * 600 + b"}", 400, "body"),
        (b'{"name": "Nested", "ignored": ' + b"[" * 50 + b"]" * 50 + b"}", 200, ""),
        (b'{"name": ' + b"1" * 5_000 + b"}", 400, "body"),
        (b'{"name": 1e999}', 400, "name"),
        (b'{"name": NaN}', 400, "name"),
        (b'{"name": "a", "name": "Twice", "permission": "full_access"}', 200, ""),
        (b'\xef\xbb\xbf{"name": "A byte order mark"}', 200, ""),
        (b'{"name": "\xff"}', 400, "body"),
        (b"x" * (1024 * 1024 + 1), 413, ""),
        (b'{"name": "' + b"x" * (1024 * 1024) + b'"}', 413, ""),
    ],
    ids=lambda value: None if isinstance(value, bytes) else str(value),
)  # fmt: skip
def test_bodies_that_are_meant_to_hurt(
    world: World, team: Team, body: bytes, status: int, named: str
) -> None:
    path = f"/v1/instances/{team.instance_id}/api-keys"
    reply = world.call(team.owner, "POST", path, body)
    assert reply.status_code == status, reply.text[:300]
    if status != 200:
        problem = reply.json()
        assert problem["trace_id"] == reply.headers["X-Request-Id"]
        assert not named or any(each.startswith(named) for each in problem["errors"]), problem


def test_a_body_without_a_content_type_is_no_body(world: World, team: Team) -> None:
    path = f"/v1/instances/{team.instance_id}/api-keys"
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "nonsense"):
        reply = world.call(
            team.owner, "POST", path, b'{"name": "a"}', headers={"Content-Type": content_type}
        )
        assert reply.status_code == 400
        assert reply.json()["errors"][0].startswith("body")


@pytest.mark.parametrize("length", ["nonsense", "-1", "1e9", "99999999999999999999"])
def test_a_length_that_cannot_be_is_no_failure_of_ours(
    world: World, team: Team, length: str
) -> None:
    path = f"/v1/instances/{team.instance_id}/api-keys"
    headers = {"Content-Length": length}
    reply = world.call(team.owner, "POST", path, b'{"name": "a"}', headers=headers)
    assert reply.status_code in (200, 413)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("email", "country", "first_name", "latitude", "owners", "additional_info", "tax_id")


@given(fields=st.dictionaries(st.sampled_from(FIELDS), JSON, min_size=1))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
def test_no_json_makes_the_server_fail(world: World, team: Team, fields: dict[str, object]) -> None:
    body = {**bodies.person_customer(world.accepted_terms(team.instance_id)), **fields}
    path = f"/v1/instances/{team.instance_id}/customers"
    before = world.entry(team.instance_id)["id"]
    reply = world.call(team.owner, "POST", path, json.dumps(body).encode())
    assert reply.status_code in (200, 400), reply.text
    written = world.entry(team.instance_id)["id"] != before
    assert written is (reply.status_code == 200)
