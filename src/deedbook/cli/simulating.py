"""What the outside world does, said by the operator: the simulation's own commands."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.cli.context import (
    AsJson,
    InstanceId,
    load_settings,
    open_database,
    operator_alone,
    show,
    unit_of_work,
)
from deedbook.database.ids import random_text
from deedbook.engine import DeedbookError
from deedbook.jobs import outside_of, step_runner
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.identity.instances.service import living_instance
from deedbook.platform.payments.chains import DEVELOPMENT_TOKEN
from deedbook.platform.payments.offramp_wallets.models import OfframpWallet
from deedbook.platform.payments.payins import deposits as payins
from deedbook.platform.payments.payouts import deposits as payouts
from deedbook.platform.payments.requests_for_information.schemas import RfiField, RfiSection
from deedbook.platform.payments.requests_for_information.service import open_request
from deedbook.platform.payments.wallets.models import Wallet
from deedbook.recording import UnitOfWork

simulate = typer.Typer(
    help="Let the simulated outside world act: banks, chains and reviews.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class NothingThere(DeedbookError):
    """This instance has no off-ramp wallet and no managed wallet at this address."""

    code = "WALLETS_NOT_FOUND"


class WhereTo(DeedbookError):
    """Say where the money arrives: either --address or --virtual-account."""

    code = "VALIDATION_FAILED"


@simulate.callback()
def simulate_commands() -> None:
    """Let the simulated outside world act: banks, chains and reviews."""


@simulate.command("approve")
def approve(instance: InstanceId, *, as_json: AsJson = False) -> None:
    """Let go of everything that waits: reviews are decided, payments settle."""
    with open_database() as database:
        with database.read() as session:
            living_instance(session, instance)
        steps = step_runner(database, outside_of(load_settings())).release(instance)
    if as_json:
        show({"steps": steps})
    else:
        typer.echo(f"{steps} steps were taken.")


@simulate.command("deposit")
def deposit(
    instance: InstanceId,
    amount: Annotated[int, typer.Option(min=1, help="How much arrives, in cents.")],
    address: Annotated[
        str | None, typer.Option(help="The address of an off-ramp wallet or a managed wallet.")
    ] = None,
    virtual_account: Annotated[
        str | None, typer.Option(help="The id of a virtual account (va_…).")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Let money arrive: an off-ramp wallet pays it out, a virtual account turns it into tokens."""
    if (address is None) is (virtual_account is None):
        raise WhereTo
    outside = outside_of(load_settings())
    with (
        open_database() as database,
        unit_of_work(database, actor=operator_alone(), instance_id=instance) as work,
    ):
        found = living_instance(work.session, instance)
        if virtual_account is not None:
            arrived = payins.Deposit(amount=amount, reference=random_text(16))
            payin = payins.deposit_arrived(work, outside, virtual_account, arrived)
            made: dict[str, str | None] = {"payin_id": payin.id}
        else:
            made = {"payout_id": _arrive(work, found, address or "", amount)}
    if as_json:
        show(made)
    else:
        typer.echo("\n".join(each or "It is there; nothing is paid out." for each in made.values()))


@simulate.command("request-information")
def request_information(
    instance: InstanceId,
    customer: Annotated[
        str | None, typer.Option(help="The customer it is about (re_…), or else the instance.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Let compliance ask for a bank statement, and how the money was come by."""
    fields = [
        RfiField(key="source_of_funds", label="Where does the money come from?", required=True),
        RfiField(key="bank_statement", label="A bank statement of the last month", required=False),
    ]
    section = RfiSection(
        title="Source of funds", description="We need to know more.", fields=fields
    )
    with (
        open_database() as database,
        unit_of_work(database, actor=operator_alone(), instance_id=instance) as work,
    ):
        living_instance(work.session, instance)
        made = {"request_id": open_request(work, customer, [section]).id}
    if as_json:
        show(made)
    else:
        typer.echo(f"The request {made['request_id']} waits for its answer.")


def _arrive(work: UnitOfWork, instance: Instance, address: str, cents: int) -> str | None:
    """Let tokens arrive at an address, and give the payout that comes of it, if one does."""
    outside = outside_of(load_settings())
    network = _network_of(work.session, instance.id, address)
    arrived = payouts.Deposit(
        network=network,
        address=address,
        token="USDC" if instance.is_production else DEVELOPMENT_TOKEN,
        amount=Decimal(cents) / 100,
        transaction_hash=outside.new_transaction(network),
    )
    payout = payouts.deposit_arrived(work, outside, arrived)
    return payout.id if payout is not None else None


def _network_of(session: Session, instance_id: str, address: str) -> str:
    for wallet in (OfframpWallet, Wallet):
        rows = select(wallet.network).where(
            wallet.instance_id == instance_id, wallet.address == address
        )
        if (network := session.scalar(rows.limit(1))) is not None:
            return network
    raise NothingThere
