"""What an operator does in someone's name: it is recorded as theirs, by the operator."""

from __future__ import annotations

from typing import Annotated

import typer
from email_validator import EmailNotValidError, validate_email

from deedbook.cli.context import (
    OPERATOR,
    AsJson,
    InstanceId,
    open_database,
    operator_acts_as,
    show,
    unit_of_work,
)
from deedbook.engine import DeedbookError
from deedbook.platform.identity.api_keys.service import create_key
from deedbook.platform.identity.instances.models import Membership
from deedbook.platform.identity.instances.schemas import InstanceIn
from deedbook.platform.identity.instances.service import create_instance, living_instance
from deedbook.platform.identity.sessions.service import SignedIn, open_session
from deedbook.platform.identity.users.service import user_by_email, user_for_email
from deedbook.web.roles import Access, Area, Role, may

instances = typer.Typer(
    help="Instances, the tenants of the platform.", no_args_is_help=True, rich_markup_mode=None
)
sessions = typer.Typer(help="Sessions of people.", no_args_is_help=True, rich_markup_mode=None)
api_keys = typer.Typer(help="API keys of an instance.", no_args_is_help=True, rich_markup_mode=None)

Email = Annotated[str, typer.Option("--email", help="The person's address; a new one signs up.")]


class NotAnAddress(DeedbookError):
    """This is no e-mail address."""

    code = "VALIDATION_FAILED"


class MayNotMakeKeys(DeedbookError):
    """This person may not make API keys in this instance."""

    code = "AUTH_FORBIDDEN"


class InvalidInstance(DeedbookError):
    """An instance cannot be made like this."""

    code = "VALIDATION_FAILED"


@instances.command("create")
def create_instance_command(
    name: Annotated[str, typer.Option(help="What people call it: 3 to 100 characters.")],
    owner_email: Annotated[str, typer.Option(help="Its owner; a new address signs up.")],
    type: Annotated[str, typer.Option(help="development or production.")] = "development",  # noqa: A002
    *,
    as_json: AsJson = False,
) -> None:
    """Found an instance."""
    wanted = _instance(name, type)
    with open_database() as database, unit_of_work(database) as work:
        owner = user_for_email(work, _address(owner_email))
        work.session.flush()
        work.actor = operator_acts_as(owner, Role.OWNER)
        instance = create_instance(work, owner, name=wanted.name, type=wanted.type)
        made = {"instance_id": instance.id, "user_id": owner.id}
    if as_json:
        show(made)
    else:
        typer.echo(f"Instance {instance.id}, owned by {owner.email} ({owner.id}).")


@sessions.command("create")
def create_session_command(email: Email, *, as_json: AsJson = False) -> None:
    """Open a session for a person, and print its token; entries of it say `operator`."""
    with open_database() as database, unit_of_work(database) as work:
        user = user_for_email(work, _address(email))
        work.session.flush()
        token = open_session(work, SignedIn(user, OPERATOR)).token
    if as_json:
        show({"token": token})
    else:
        typer.echo(f"Send this as a Bearer token; it is not shown again:\n{token}")


@api_keys.command("create")
def create_api_key_command(
    instance: InstanceId,
    name: Annotated[str, typer.Option(help="What the key is for.")],
    by: Annotated[str, typer.Option(help="The member whose role the key gets, by address.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Make an API key in a member's name, and print its token."""
    with (
        open_database() as database,
        unit_of_work(database, instance_id=instance) as work,
    ):
        living_instance(work.session, instance)
        user = user_by_email(work.session, _address(by))
        membership = None if user is None else work.session.get(Membership, (instance, user.id))
        if user is None or membership is None:
            raise MayNotMakeKeys(f"{by} is no member of {instance}.")
        role = Role(membership.role)
        if not may(role, Area.INTEGRATION, Access.WRITE):
            raise MayNotMakeKeys(f"{by} is {role} in {instance}, which may not make API keys.")
        work.actor = operator_acts_as(user, role)
        api_key, token = create_key(work, name=name, ip_whitelist=[], role=role)
        made = {"id": api_key.id, "token": token}
    if as_json:
        show(made)
    else:
        typer.echo(f"API key {api_key.id}; its token is not shown again:\n{token}")


def _address(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise NotAnAddress(f"{text!r} is no e-mail address: {error}") from None


def _instance(name: str, type: str) -> InstanceIn:  # noqa: A002
    try:
        return InstanceIn.model_validate({"name": name, "type": type})
    except ValueError:
        raise InvalidInstance(
            "--name has 3 to 100 characters, --type is development or production."
        ) from None
