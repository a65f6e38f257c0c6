"""What the billing provider does by itself, done by the operator in its place."""

from __future__ import annotations

import typer

from deedbook.cli.context import (
    AsJson,
    InstanceId,
    open_database,
    operator_alone,
    show,
    unit_of_work,
)
from deedbook.platform.identity.instances.service import living_instance
from deedbook.platform.settings.billing.service import close_period

billing = typer.Typer(
    help="Billing of production instances.", no_args_is_help=True, rich_markup_mode=None
)


@billing.callback()
def billing_commands() -> None:
    """Billing of production instances."""


@billing.command("close-period")
def close_period_command(instance: InstanceId, *, as_json: AsJson = False) -> None:
    """Issue what an instance owes since its last invoice, and what it may collect."""
    with (
        open_database() as database,
        unit_of_work(database, actor=operator_alone(), instance_id=instance) as work,
    ):
        living_instance(work.session, instance)
        issued = [
            {
                "id": invoice.id,
                "reference": invoice.reference,
                "status": invoice.status,
                "amount": invoice.total_to_pay or invoice.total_to_collect,
            }
            for invoice in close_period(work)
        ]
    if as_json:
        show({"invoices": issued})
        return
    for invoice in issued:
        typer.echo(
            f"{invoice['id']}  {invoice['reference']}  {invoice['status']}  {invoice['amount']} cents"
        )
