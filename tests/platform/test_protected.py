"""Which routes an instance can protect with passkeys: all of them are here, in two lists."""

from __future__ import annotations

import pytest

from deedbook.engine import Action, Feature, NoMetadata
from deedbook.web.declarations import SAFE_METHODS, Anyone, Declaration, Member, SignedIn
from deedbook.web.roles import Access, Area
from deedbook.web.verification import UNPROTECTED, is_protected
from world.operation import Operation
from world.operations import OPERATIONS
from world.routes import walk
from world.world import World

PROTECTED = {
    "api_key",
    "team_member",
    "invite",
    "webhook_endpoint",
    "partner_fee",
    "payout",
    "transfer",
    "billing",
    "instance",
    "audit_log",
}
# They belong to a person: an instance has no say in them, yet or still.
OF_A_PERSON = {"POST /v1/instances", "POST /v1/invites/{invite_id}/accept"}


def declared(*features: str, permission: Member | SignedIn | Anyone | None = None) -> Declaration:
    actions = tuple(
        Action(
            f"{name}.done",
            Feature(name, title=name),
            ("create",),
            NoMetadata,
            says="did it",
            entity_type=name,
            title="Done",
        )
        for name in features
    )
    return Declaration(permission or Member(Area.SETTINGS, Access.WRITE), actions)


def test_every_route_that_records_is_protected_or_known_not_to_be(world: World) -> None:
    protected: set[str] = set()
    free: set[str] = set()
    for method, path, declaration in walk(world.app):
        if declaration is not None and declaration.records:
            place = protected if is_protected(declaration) else free
            place.add(f"{method} {path}")
    by_features = {
        f"{row.method} {row.path}" for row in OPERATIONS if row.feature in PROTECTED
    } - OF_A_PERSON
    assert protected == by_features
    assert free == {f"{row.method} {row.path}" for row in OPERATIONS} - by_features


def test_the_document_of_the_api_says_which(world: World) -> None:
    paths = world.http.get("/v1/openapi.json").json()["paths"]
    for method, path, declaration in walk(world.app):
        described = paths.get(path, {}).get(method.lower())
        if declaration is None or described is None:
            continue
        assert described.get("x-protected", False) == is_protected(declaration)
        headers = {each["name"] for each in described.get("parameters", [])}
        can_be = method not in SAFE_METHODS and not isinstance(declaration.permission, Anyone)
        assert ("X-Passkey-Assertion" in headers) == (can_be or bool(declaration.records))


def test_a_feature_that_nobody_thought_of_is_protected() -> None:
    assert not PROTECTED & UNPROTECTED
    assert is_protected(declared("something_new"))
    assert is_protected(declared("customer", "payout")), "one act of several is enough"
    assert all(is_protected(declared(feature)) for feature in PROTECTED)
    assert not any(is_protected(declared(feature)) for feature in UNPROTECTED)
    assert not is_protected(declared("invite", permission=SignedIn()))
    assert not is_protected(Declaration(Member(Area.TEAM, Access.WRITE), silent="why"))


@pytest.mark.parametrize(
    "operation",
    [each for each in OPERATIONS if each.area is not None],
    ids=lambda operation: operation.action,
)
def test_a_protected_act_takes_a_passkey_and_another_does_not(
    world: World, operation: Operation
) -> None:
    careful = world.team(type=operation.instance_type)
    owner = careful.owner
    prepared = operation.prepare(world, careful)
    key = world.passkey(owner)
    settings = f"/v1/instances/{careful.instance_id}"
    required = {"name": "Careful", "require_passkey": True}
    assert world.call(owner, "PUT", settings, required).status_code == 200
    url = operation.url(careful, prepared)
    before = world.snapshot()
    reply = world.call(owner, operation.method, url, prepared.body)
    if operation.feature not in PROTECTED:
        assert reply.status_code == 200, reply.text
        assert world.entry(careful.instance_id)["has_passkey"] is False
        return
    assert (reply.status_code, reply.json()["code"]) == (403, "AUTH_PASSKEY_REQUIRED")
    assert world.snapshot() == before
    confirmed = world.confirmed(owner, key, operation.method, url, prepared.body)
    assert confirmed.status_code == 200, confirmed.text
    entry = world.entry(careful.instance_id)
    assert (entry["action"], entry["has_passkey"]) == (operation.action, True)
