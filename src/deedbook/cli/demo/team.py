"""The instance itself, its team, its keys and where it sends events."""

from __future__ import annotations

from deedbook.cli.context import operator_acts_as
from deedbook.cli.demo.people import (
    ANA,
    BACKEND,
    BACKEND_NETWORK,
    BEN,
    CHI,
    DANA,
    ELSEWHERE,
    EMRE,
    FATOU,
    REPORTING,
    TEAM,
    Person,
)
from deedbook.cli.demo.stage import Key, Stage
from deedbook.database.ids import new_id
from deedbook.engine import USER, Actor
from deedbook.platform.audit import SEEDED, SeededMetadata
from deedbook.platform.identity.instances.service import create_instance
from deedbook.platform.identity.users.models import User
from deedbook.web.roles import Role


def found(stage: Stage, name: str, type_: str) -> str:
    """Have Ana found an instance, and give its path; its first entry says that it is made up."""
    instance_id = new_id("in")
    owner_id = stage.members[ANA].id
    with stage.work(instance_id=instance_id, place=ANA.place) as work:
        owner = work.session.get_one(User, owner_id)
        person = Actor(
            type=USER,
            id=owner.id,
            name=owner.name,
            email=owner.email,
            role=Role.OWNER,
            auth_method="code_session",
        )
        work.actor = operator_acts_as(owner, Role.OWNER)
        made_up = SeededMetadata(entries=None, purpose="demo")
        work.record(SEEDED, None, made_up, entity_id=instance_id)
        work.actor = person
        create_instance(work, owner, name=name, type=type_, instance_id=instance_id)
    return f"/v1/instances/{instance_id}"


def gather(stage: Stage, path: str) -> None:
    """Have everybody join; of Dana more is made, and somebody is invited by mistake."""
    for person in TEAM[1:]:
        inviter = ANA if person in (BEN, CHI) else BEN
        join(stage, path, inviter, person)
    stage.act(
        ANA, "PUT", f"{path}/members/{stage.members[DANA].id}", {"user_role": Role.OPERATIONS}
    )
    mistaken = {"email": "contractor@elsewhere.example", "user_role": Role.FINANCE}
    invite = stage.act(BEN, "POST", f"{path}/invites", mistaken, passkey=True)
    stage.act(ANA, "DELETE", f"{path}/invites/{invite['id']}")


def join(stage: Stage, path: str, inviter: Person, person: Person) -> None:
    """Have somebody invited, and join."""
    body = {"email": person.email, "user_role": person.role}
    invite = stage.act(inviter, "POST", f"{path}/invites", body, passkey=inviter.has_passkey)
    stage.act(person, "POST", f"/v1/invites/{invite['id']}/accept")


def configure(stage: Stage, path: str) -> None:
    """Have the settings changed."""
    instance = stage.act(ANA, "GET", path)
    body = {"name": instance["name"], "compliance_emails": ["risk@demo.example"]}
    stage.act(ANA, "PUT", path, body)


def make_keys(stage: Stage, path: str) -> tuple[Key, Key, Key]:
    """Give the keys that stay, of the backend and of reports, and one that was for trying out."""
    trial = stage.act(CHI, "POST", f"{path}/api-keys", _key("Trial"))
    backend = stage.act(
        BEN, "POST", f"{path}/api-keys", _key("Backend", BACKEND_NETWORK), passkey=True
    )
    reports = stage.act(CHI, "POST", f"{path}/api-keys", _key("Staging"))
    return (
        Key(backend["id"], backend["token"], BACKEND),
        Key(reports["id"], reports["token"], REPORTING),
        Key(trial["id"], trial["token"], ELSEWHERE),
    )


def _key(name: str, *ip_whitelist: str) -> dict[str, object]:
    return {"name": name, "permission": "full_access", "ip_whitelist": list(ip_whitelist)}


def revoke(stage: Stage, path: str, trial: Key, backend: Key) -> None:
    """Have a key revoked; it is tried once more, and the backend's from where it does not belong."""
    stage.act(CHI, "DELETE", f"{path}/api-keys/{trial.id}")
    stage.refused(trial, "GET", f"{path}/customers")
    stage.refused(Key(backend.id, backend.token, ELSEWHERE), "GET", f"{path}/payouts")


def listen(stage: Stage, path: str) -> None:
    """Have events sent somewhere, and then elsewhere; one looks up the secret of the latter."""
    endpoints = f"{path}/webhook-endpoints"
    # Of what these are for nothing happens here, so that nothing is sent to made-up addresses.
    staging = {"url": "https://staging.acme.example/hooks", "events": ["virtualAccount.complete"]}
    first = stage.act(CHI, "POST", endpoints, staging)
    kept = {"url": "https://api.acme.example/hooks/deedbook", "events": ["payin.partnerFee"]}
    second = stage.act(BEN, "POST", endpoints, kept, passkey=True)
    stage.act(CHI, "GET", f"{endpoints}/{second['id']}/secret")
    stage.act(BEN, "DELETE", f"{endpoints}/{first['id']}", passkey=True)


def try_what_is_not_theirs(stage: Stage, path: str, account_id: str) -> None:
    """Have a viewer try to pay, and somebody of operations to make a key."""
    stage.refused(EMRE, "POST", f"{path}/payouts/evm", {"quote_id": account_id})
    stage.refused(DANA, "POST", f"{path}/api-keys", _key("Spreadsheet"))


def change(stage: Stage, path: str) -> None:
    """Have the team change: Chi becomes an admin, and Emre goes."""
    members = stage.members
    stage.act(ANA, "PUT", f"{path}/members/{members[CHI].id}", {"user_role": Role.ADMIN})
    stage.act(BEN, "DELETE", f"{path}/members/{members[EMRE].id}", passkey=True)
    stage.act(
        BEN,
        "PUT",
        f"{path}/members/{members[FATOU].id}",
        {"user_role": Role.CHECKER},
        passkey=True,
    )
    stage.act(ANA, "PUT", f"{path}/members/{members[FATOU].id}", {"user_role": Role.FINANCE})
