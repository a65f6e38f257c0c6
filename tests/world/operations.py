"""The tables that the contract of all slices is tested by: what is recorded, and what is read.

A new slice adds its rows here, one for each route that records and one for each that reads, and is
then held to the roles, the entries and the refusals like every other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import ANY

from deedbook.web.roles import Area, Role
from world import bodies
from world.people import Caller, Team
from world.world import World, unique


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A call that succeeds once, and what its entry has to say."""

    values: Mapping[str, str] = field(default_factory=dict)
    """For the places of the path, but for the instance."""
    body: Mapping[str, Any] | None = None
    query: str = ""
    entries: int = 1
    """How many the call writes; the newest is the one of the action."""
    caller: Caller | None = None
    """The only one who can make this call, where the role does not decide."""
    entity_id: str | None = None
    """None for a creation: then it is the id in the reply."""
    label: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    personal_metadata: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    personal_changes: Mapping[str, Any] = field(default_factory=dict)
    refs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A route that records: who may call it, and what is then in the log."""

    action: str
    operation: str
    method: str
    path: str
    area: Area | None
    """None for a route that needs a session and no instance."""
    entity_type: str
    prepare: Callable[[World, Team], Prepared]
    people_only: bool = False
    has_body: bool = True
    uproots: bool = False
    """The call changes who may call: it needs an instance of its own, and cannot be replayed."""
    role: Role | None = None
    """The role in the entry, where it is the act that gives it."""
    not_found: tuple[int, str] | None = None
    """What an id that is not there, or another instance's, answers; None for no such id."""

    @property
    def feature(self) -> str:
        """The coarse name that people filter by."""
        return self.action.partition(".")[0]

    def url(self, team: Team, prepared: Prepared) -> str:
        """Give the path with its places filled."""
        return self.path.format(instance_id=team.instance_id, **prepared.values) + prepared.query


@dataclass(frozen=True, kw_only=True)
class Read:
    """A route that reads in an instance."""

    path: str
    area: Area
    prepare: Callable[[World, Team], Mapping[str, str]] = lambda _world, _team: {}
    not_found: tuple[int, str] | None = None

    def url(self, team: Team, values: Mapping[str, str]) -> str:
        """Give the path with its places filled."""
        return self.path.format(instance_id=team.instance_id, **values)


# Customers


def new_customer(world: World, team: Team, **fields: Any) -> str:
    """Give the id of a new customer."""
    body = bodies.person_customer(world.accepted_terms(team.instance_id), **fields)
    path = f"/v1/instances/{team.instance_id}/customers"
    reply = world.call(team.owner, "POST", path, body)
    assert reply.status_code == 200, reply.text
    customer_id: str = reply.json()["id"]
    return customer_id


_CUSTOMER: Mapping[str, Any] = {
    "label": "Maria Silva",
    "metadata": {
        "type": "individual",
        "kyc_type": "standard",
        "kyc_status": "approved",
        "country": "BR",
    },
    "personal_metadata": {
        "name": "Maria Silva",
        "email": "maria@example.com",
        "external_id": None,
    },
}


def _customer_created(world: World, team: Team) -> Prepared:
    tos_id = world.accepted_terms(team.instance_id)
    return Prepared(
        body=bodies.person_customer(tos_id), refs=(("terms_of_service", tos_id),), **_CUSTOMER
    )


def _customer_updated(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    return Prepared(
        values={"customer_id": customer_id},
        body={
            "email": "maria@example.com",
            "country": "BR",
            "city": "Olinda",
            "tax_id": "987.654.321-00",
            "id_doc_type": "ID_CARD",
            "address_line_1": "1 Long Road",
        },
        entity_id=customer_id,
        changes={
            "tax_id": {"from": "•••• 9-09", "to": "•••• 1-00"},
            "id_doc_type": {"from": "PASSPORT", "to": "ID_CARD"},
        },
        personal_changes={"city": {"from": "Recife", "to": "Olinda"}},
        **_CUSTOMER,
    )


def _customer_deleted(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    return Prepared(values={"customer_id": customer_id}, entity_id=customer_id, **_CUSTOMER)


# API keys


def _key_metadata(name: str, role: Role | Any, **fields: Any) -> dict[str, Any]:
    return {
        "name": name,
        "prefix": ANY,
        "permission": "full_access",
        "role": role,
        "reads_log": ANY,
        "ip_whitelist": [],
        **fields,
    }


def _key_created(_world: World, _team: Team) -> Prepared:
    name = unique("Reports")
    return Prepared(
        body={"name": name, "permission": "full_access", "ip_whitelist": ["8.8.8.0/24"]},
        label=name,
        metadata=_key_metadata(name, ANY, ip_whitelist=["8.8.8.0/24"]),
    )


def _key_deleted(world: World, team: Team) -> Prepared:
    key = world.key(team, Role.ADMIN, team.owner)
    return Prepared(
        values={"api_key_id": key.id},
        entity_id=key.id,
        label=key.actor.name,
        metadata=_key_metadata(key.actor.name or "", "admin", reads_log=True),
        changes={"revoked_at": {"from": None, "to": ANY}},
    )


# Team members and invites


def _member_metadata(member: Caller, role: str) -> dict[str, Any]:
    return {
        "label": member.actor.name,
        "metadata": {"role": role},
        "personal_metadata": {"name": member.actor.name, "email": member.email},
    }


def _member_updated(world: World, team: Team) -> Prepared:
    member = world.member(team, Role.VIEWER)
    return Prepared(
        values={"user_id": member.id},
        body={"user_role": "finance"},
        entity_id=member.id,
        changes={"role": {"from": "viewer", "to": "finance"}},
        **_member_metadata(member, "finance"),
    )


def _member_removed(world: World, team: Team) -> Prepared:
    member = world.member(team, Role.CHECKER)
    return Prepared(
        values={"user_id": member.id}, entity_id=member.id, **_member_metadata(member, "checker")
    )


def _member_with_key(world: World, team: Team, body: Mapping[str, Any] | None) -> Prepared:
    member = world.member(team, Role.DEVELOPER)
    key = world.key(team, Role.DEVELOPER, member)
    return Prepared(
        values={"user_id": member.id},
        query="?api_keys=revoke",
        body=body,
        entries=2,
        entity_id=key.id,
        label=key.actor.name,
        metadata=_key_metadata(key.actor.name or "", "developer", reads_log=False),
        changes={"revoked_at": {"from": None, "to": ANY}},
    )


def _key_of_demoted(world: World, team: Team) -> Prepared:
    return _member_with_key(world, team, {"user_role": "viewer"})


def _key_of_removed(world: World, team: Team) -> Prepared:
    return _member_with_key(world, team, None)


def new_invite(world: World, team: Team, email: str, role: Role = Role.VIEWER) -> str:
    """Give the id of a new invite."""
    path = f"/v1/instances/{team.instance_id}/invites"
    reply = world.call(team.owner, "POST", path, {"email": email, "user_role": role})
    assert reply.status_code == 200, reply.text
    invite_id: str = reply.json()["id"]
    return invite_id


def _invite_metadata(email: str, role: str) -> dict[str, Any]:
    return {"label": email, "metadata": {"role": role}, "personal_metadata": {"email": email}}


def _invite_created(_world: World, _team: Team) -> Prepared:
    email = f"{unique('guest')}@example.com"
    body = {"email": email.upper(), "user_role": "developer"}
    return Prepared(body=body, **_invite_metadata(email, "developer"))


def _invite_accepted(world: World, team: Team) -> Prepared:
    guest = world.person()
    invite_id = new_invite(world, team, guest.email, Role.CHECKER)
    return Prepared(
        values={"invite_id": invite_id},
        caller=guest,
        entity_id=invite_id,
        changes={"accepted_at": {"from": None, "to": ANY}},
        refs=(("user", guest.id),),
        **_invite_metadata(guest.email, "checker"),
    )


def _invite_deleted(world: World, team: Team) -> Prepared:
    email = f"{unique('guest')}@example.com"
    invite_id = new_invite(world, team, email)
    return Prepared(
        values={"invite_id": invite_id}, entity_id=invite_id, **_invite_metadata(email, "viewer")
    )


# Instances


def _instance_created(_world: World, _team: Team) -> Prepared:
    name = unique("New instance")
    return Prepared(
        body={"name": name, "type": "production"},
        label=name,
        metadata={"name": name, "type": "production"},
    )


def name_of(world: World, team: Team) -> str:
    """Give the name of an instance."""
    name: str = world.get(team.owner, f"/v1/instances/{team.instance_id}")["name"]
    return name


def _instance_updated(world: World, team: Team) -> Prepared:
    before, after = name_of(world, team), unique("Renamed")
    body = {"name": after, "compliance_emails": [f"{unique('law')}@example.com"]}
    return Prepared(
        body=body,
        entity_id=team.instance_id,
        label=after,
        changes={"name": {"from": before, "to": after}},
        personal_changes={"compliance_emails": {"from": ANY, "to": body["compliance_emails"]}},
    )


def _instance_deleted(world: World, team: Team) -> Prepared:
    name = name_of(world, team)
    return Prepared(
        entity_id=team.instance_id,
        label=name,
        metadata={"name": name, "type": "development"},
        changes={"deleted_at": {"from": None, "to": ANY}},
    )


def _ownership_transferred(world: World, team: Team) -> Prepared:
    owner, heir = team.owner, team.admin
    return Prepared(
        body={"user_id": heir.id},
        entity_id=team.instance_id,
        label=name_of(world, team),
        metadata={"from_user_id": owner.id, "to_user_id": heir.id},
        personal_metadata={"from_name": owner.actor.name, "to_name": heir.actor.name},
        refs=(("user", owner.id), ("user", heir.id)),
    )


_INSTANCE = "/v1/instances/{instance_id}"

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="customer.created",
        operation="create",
        method="POST",
        path=f"{_INSTANCE}/customers",
        area=Area.CUSTOMERS,
        entity_type="customer",
        prepare=_customer_created,
    ),
    Operation(
        action="customer.updated",
        operation="update",
        method="PUT",
        path=f"{_INSTANCE}/customers/{{customer_id}}",
        area=Area.CUSTOMERS,
        entity_type="customer",
        prepare=_customer_updated,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Operation(
        action="customer.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{_INSTANCE}/customers/{{customer_id}}",
        area=Area.CUSTOMERS,
        entity_type="customer",
        prepare=_customer_deleted,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Operation(
        action="api_key.created",
        operation="create",
        method="POST",
        path=f"{_INSTANCE}/api-keys",
        area=Area.INTEGRATION,
        entity_type="api_key",
        prepare=_key_created,
        people_only=True,
    ),
    Operation(
        action="api_key.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{_INSTANCE}/api-keys/{{api_key_id}}",
        area=Area.INTEGRATION,
        entity_type="api_key",
        prepare=_key_deleted,
        not_found=(404, "API_KEYS_NOT_FOUND"),
    ),
    Operation(
        action="team_member.role_updated",
        operation="update",
        method="PUT",
        path=f"{_INSTANCE}/members/{{user_id}}",
        area=Area.TEAM,
        entity_type="user",
        prepare=_member_updated,
        not_found=(404, "MEMBERS_NOT_FOUND"),
    ),
    Operation(
        action="team_member.removed",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{_INSTANCE}/members/{{user_id}}",
        area=Area.TEAM,
        entity_type="user",
        prepare=_member_removed,
        not_found=(404, "MEMBERS_NOT_FOUND"),
    ),
    Operation(
        action="api_key.deleted",
        operation="delete",
        method="PUT",
        path=f"{_INSTANCE}/members/{{user_id}}",
        area=Area.TEAM,
        entity_type="api_key",
        prepare=_key_of_demoted,
        not_found=(404, "MEMBERS_NOT_FOUND"),
    ),
    Operation(
        action="api_key.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{_INSTANCE}/members/{{user_id}}",
        area=Area.TEAM,
        entity_type="api_key",
        prepare=_key_of_removed,
        not_found=(404, "MEMBERS_NOT_FOUND"),
    ),
    Operation(
        action="invite.created",
        operation="create",
        method="POST",
        path=f"{_INSTANCE}/invites",
        area=Area.TEAM,
        entity_type="invite",
        prepare=_invite_created,
    ),
    Operation(
        action="invite.accepted",
        operation="update",
        method="POST",
        path="/v1/invites/{invite_id}/accept",
        area=None,
        entity_type="invite",
        prepare=_invite_accepted,
        has_body=False,
        role=Role.CHECKER,
        not_found=(404, "INVITES_NOT_FOUND"),
    ),
    Operation(
        action="invite.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{_INSTANCE}/invites/{{invite_id}}",
        area=Area.TEAM,
        entity_type="invite",
        prepare=_invite_deleted,
        not_found=(404, "INVITES_NOT_FOUND"),
    ),
    Operation(
        action="instance.created",
        operation="create",
        method="POST",
        path="/v1/instances",
        area=None,
        entity_type="instance",
        prepare=_instance_created,
        role=Role.OWNER,
    ),
    Operation(
        action="instance.updated",
        operation="update",
        method="PUT",
        path=_INSTANCE,
        area=Area.SETTINGS,
        entity_type="instance",
        prepare=_instance_updated,
    ),
    Operation(
        action="instance.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=_INSTANCE,
        area=Area.OWNERSHIP,
        entity_type="instance",
        prepare=_instance_deleted,
        uproots=True,
    ),
    Operation(
        action="instance.ownership_transferred",
        operation="update",
        method="POST",
        path=f"{_INSTANCE}/ownership",
        area=Area.OWNERSHIP,
        entity_type="instance",
        prepare=_ownership_transferred,
        uproots=True,
    ),
)

# Actions of the catalogue that no route records, and who does.
NOT_BY_A_ROUTE: Mapping[str, str] = {
    "api_key.refused": "any route, when a key is revoked or blocked by its address",
    "audit_log.seeded": "the command `deedbook seed`",
}


def _a_customer(world: World, team: Team) -> Mapping[str, str]:
    return {"customer_id": new_customer(world, team)}


def _a_key(world: World, team: Team) -> Mapping[str, str]:
    return {"api_key_id": world.key(team, Role.DEVELOPER).id}


def _a_member(_world: World, team: Team) -> Mapping[str, str]:
    return {"user_id": team.members[Role.DEVELOPER].id}


def _an_entry(world: World, team: Team) -> Mapping[str, str]:
    return {"id": world.entry(team.instance_id)["id"]}


READS: tuple[Read, ...] = (
    Read(path=f"{_INSTANCE}/customers", area=Area.CUSTOMERS),
    Read(
        path=f"{_INSTANCE}/customers/{{customer_id}}",
        area=Area.CUSTOMERS,
        prepare=_a_customer,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Read(
        path=f"{_INSTANCE}/limits/customers/{{customer_id}}",
        area=Area.CUSTOMERS,
        prepare=_a_customer,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Read(path=f"{_INSTANCE}/api-keys", area=Area.INTEGRATION),
    Read(
        path=f"{_INSTANCE}/api-keys/{{api_key_id}}",
        area=Area.INTEGRATION,
        prepare=_a_key,
        not_found=(404, "API_KEYS_NOT_FOUND"),
    ),
    Read(path=f"{_INSTANCE}/members", area=Area.TEAM),
    Read(
        path=f"{_INSTANCE}/members/{{user_id}}/api-keys",
        area=Area.INTEGRATION,
        prepare=_a_member,
        not_found=(404, "MEMBERS_NOT_FOUND"),
    ),
    Read(path=f"{_INSTANCE}/invites", area=Area.TEAM),
    Read(path=_INSTANCE, area=Area.SETTINGS),
    Read(path=f"{_INSTANCE}/audit-log-readings", area=Area.AUDIT_LOGS),
    Read(path=f"{_INSTANCE}/audit-logs", area=Area.AUDIT_LOGS),
    Read(path=f"{_INSTANCE}/audit-logs/histogram", area=Area.AUDIT_LOGS),
    Read(path=f"{_INSTANCE}/audit-logs/facets", area=Area.AUDIT_LOGS),
    Read(
        path=f"{_INSTANCE}/audit-logs/{{id}}",
        area=Area.AUDIT_LOGS,
        prepare=_an_entry,
        not_found=(404, "AUDIT_LOGS_NOT_FOUND"),
    ),
)
