"""What goes over the wire has the shapes of the contract (`contract/*.json`)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from world import bodies
from world.contract import bare, contract, named, problems, resolved
from world.operation import Operation, Read
from world.operations import OPERATIONS, READS
from world.people import Team
from world.world import World, unique

# Routes of ours that the contract does not have.
OURS_ALONE = {
    "GET /v1/instances/{}",
    "GET /v1/instances/{}/members/{}/api-keys",
    "GET /v1/instances/{}/audit-log-readings",
    "GET /v1/instances/{}/audit-log-views",
    "GET /v1/instances/{}/audit-logs/histogram",
    "GET /v1/instances/{}/audit-logs/facets",
    "GET /v1/instances/{}/audit-logs/feed",
    "GET /v1/instances/{}/audit-logs/checkpoints",
    "GET /v1/instances/{}/audit-logs/export",
    "GET /v1/instances/{}/audit-logs/status",
    "GET /v1/instances/{}/audit-logs/witnesses",
    "POST /v1/instances/{}/audit-logs/witnesses",
    "DELETE /v1/instances/{}/audit-logs/witnesses/{}",
    "PUT /v1/instances/{}/audit-logs/mailing",
    "GET /v1/instances/{}/audit-logs/{}/proof",
    "GET /v1/instances/{}/audit-logs/{}/verification",
    "GET /v1/instances/{}/webhook-endpoints/{}/deliveries",
}
# Paths that clients have called for what the contract has under one.
ALIASES = {
    f"POST /v1/instances/{{}}/payins/{chain}": "POST /v1/instances/{}/payins/evm"
    for chain in ("solana", "stellar")
}
# Fields that may be sent and are not looked at.
OVERLOOKED = {
    # The terms page once sent its session along.
    "PUT /v1/e/tos": {"session"},
    # Who has a passkey is not for the person to say.
    "PUT /v1/whoami/personal": {"has_passkey"},
    # Whether an account is approved is for the review to say; the rest names accounts of partners that
    # this platform does not have, and one is a credential.
    "POST /v1/instances/{}/customers/{}/bank-accounts": {
        "status",
        "checkbook_account_id",
        "checkbook_user_key",
        "onemoney_external_account_id",
    },
}


def test_the_check_finds_what_is_wrong() -> None:
    schema = {
        "type": "object",
        "properties": {
            "a": {"type": ["integer", "null"], "minimum": 1},
            "b": {"type": "array", "items": {"type": "string", "enum": ["x"]}, "maxItems": 2},
            "c": {"anyOf": [{"type": "boolean"}, {"type": "string", "maxLength": 2}]},
        },
        "required": ["a"],
    }
    assert problems({"a": None, "b": ["x"], "c": "ab"}, schema) == []
    assert len(problems({"a": 0, "b": ["y", 1, "x"], "c": "abc"}, schema)) == 6
    assert problems({}, schema) == ["reply.a: is missing"]
    assert problems({"a": True}, schema)
    assert problems([], schema)


@pytest.mark.parametrize(
    "operation",
    [row for row in OPERATIONS if bare(row.method, row.path) not in OURS_ALONE],
    ids=lambda row: row.action,
)
def test_the_reply_to_a_change(world: World, operation: Operation) -> None:
    team = world.team(type=operation.instance_type)
    prepared = operation.prepare(world, team)
    url = operation.url(team, prepared)
    caller = prepared.caller or team.owner
    reply = world.call(caller, operation.method, url, prepared.body)
    assert reply.status_code == 200, reply.text
    name = bare(operation.method, operation.path)
    schemas = contract()[ALIASES.get(name, name)]
    assert problems(reply.json(), schemas["reply"]) == []
    # The table sends what the contract lets one send.
    assert ("request" in schemas) is operation.has_body
    if operation.has_body:
        assert problems(prepared.body, schemas["request"], "body") == []

    refused = world.call(None, operation.method, url, prepared.body)
    assert problems(refused.json(), named("Error")) == []


@pytest.mark.parametrize("read", READS, ids=lambda row: row.path)
def test_the_reply_to_a_read(world: World, team: Team, read: Read) -> None:
    body = bodies.business_customer(world.accepted_terms(team.instance_id))
    customers = f"/v1/instances/{team.instance_id}/customers"
    assert world.call(team.owner, "POST", customers, body).status_code == 200
    guest = {"email": "guest@example.com", "user_role": "viewer"}
    invites = f"/v1/instances/{team.instance_id}/invites"
    assert world.call(team.owner, "POST", invites, guest).status_code == 200

    name = bare("GET", read.path)
    if name in OURS_ALONE:
        schema = named("InstanceOut") if read.path.endswith("{instance_id}") else {}
    else:
        schema = contract()[name]["reply"]
    reply = world.get(team.owner, read.url(team, read.prepare(world, team)))
    assert problems(reply, schema) == []
    assert reply not in ([], {"data": []})


def test_the_reply_to_everything_else(world: World, team: Team) -> None:
    body = {"idempotency_key": str(uuid4())}
    started = world.call(None, "POST", f"/v1/e/instances/{team.instance_id}/tos", body)
    accepting = {**body, "session_token": started.json()["url"].partition("=")[2]}
    guest = {"email": "guest@example.com", "user_role": "viewer"}
    invites = f"/v1/instances/{team.instance_id}/invites"
    invite_id = world.call(team.owner, "POST", invites, guest).json()["id"]
    personal = {"first_name": "Ada", "last_name": "Lovelace"}
    avatar = {"image_url": "https://pictures.example/ada.png"}
    ada = world.person()
    for reply, name in (
        (started, "POST /v1/e/instances/{}/tos"),
        (world.call(None, "PUT", "/v1/e/tos", accepting), "PUT /v1/e/tos"),
        (world.call(None, "GET", f"/v1/e/invites/{invite_id}"), "GET /v1/e/invites/{}"),
        (
            world.call(None, "GET", f"/v1/e/instances/{team.instance_id}"),
            "GET /v1/e/instances/{}",
        ),
        (world.call(team.owner, "GET", "/v1/instances"), "GET /v1/instances"),
        (world.call(ada, "GET", "/v1/whoami"), "GET /v1/whoami"),
        (world.call(ada, "PUT", "/v1/whoami/personal", personal), "PUT /v1/whoami/personal"),
        (world.call(ada, "PUT", "/v1/whoami/avatar", avatar), "PUT /v1/whoami/avatar"),
    ):
        assert reply.status_code == 200, reply.text
        if name in contract():
            assert problems(reply.json(), contract()[name]["reply"]) == []
        else:
            assert name == "GET /v1/e/instances/{}"
            assert problems(reply.json(), named("ExternalInstanceOut")) == []


def test_every_field_of_a_request_is_known_and_none_more_is_asked_for(world: World) -> None:
    document = world.http.get("/v1/openapi.json").json()
    ours = {
        bare(method.upper(), path): operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    compared = 0
    for name, schemas in contract().items():
        if "request" in schemas and name in ours:
            theirs = {"properties": {}, **resolved(schemas["request"])}
            content = ours[name]["requestBody"]["content"]["application/json"]["schema"]
            known = document["components"]["schemas"][content["$ref"].rpartition("/")[2]]
            missing = set(theirs["properties"]) - set(known["properties"])
            assert missing == OVERLOOKED.get(name, set()), name
            assert set(known.get("required", ())) <= set(theirs.get("required", ())), name
            for field, schema in theirs["properties"].items():
                if "enum" in schema and field in known["properties"]:
                    assert enum_of(known["properties"][field], document) == set(schema["enum"])
                    compared += 1
    assert compared > 15


def enum_of(schema: Any, document: Any) -> set[str]:
    """Give the values that a field of ours may have, but for null."""
    if "$ref" in schema:
        return enum_of(
            document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document
        )
    if "anyOf" in schema:
        return {value for each in schema["anyOf"] for value in enum_of(each, document)}
    return set(schema.get("enum", [schema["const"]] if "const" in schema else []))


def test_a_person_who_gave_no_name_conforms_as_well(world: World) -> None:
    email = f"{unique('nameless')}@example.com"
    browser = world.browser()
    browser.post("/v1/sign-in/codes", json={"email": email})
    browser.post("/v1/sessions", json={"email": email, "code": world.mailer.code_for(email)})
    me = browser.get("/v1/whoami").json()
    assert problems(me, contract()["GET /v1/whoami"]["reply"]) == []
    assert (me["first_name"], me["last_name"], me["image_url"]) == ("-", "-", "data:,")

    body = {"name": "Nameless", "type": "development"}
    made = browser.post("/v1/instances", json=body).json()
    team = browser.get(f"/v1/instances/{made['id']}/members").json()
    assert problems(team, contract()["GET /v1/instances/{}/members"]["reply"]) == []
    # The log has what is known, and no mark that stands for it.
    actor = world.entry(made["id"])["actor"]
    assert (actor["name"], actor["image_url"], actor["email"]) == (None, None, email)
