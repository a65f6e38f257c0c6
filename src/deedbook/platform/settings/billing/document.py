"""An invoice as text for people."""

from __future__ import annotations

from collections.abc import Sequence

from deedbook.database.base import now
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.settings.billing.models import BillingDetails, Invoice


def lines_of(instance: Instance, details: BillingDetails | None, invoice: Invoice) -> Sequence[str]:
    """Give the lines of an invoice's document."""
    to_collect = invoice.status in ("claimable", "collected")
    head = [
        f"Invoice {invoice.reference}",
        f"{invoice.id}, {invoice.status_at(now())}",
        f"For {instance.name} ({instance.id})",
        *_addressee(details),
        "",
        f"Period: {invoice.period_start:%Y-%m-%d} to {invoice.period_end:%Y-%m-%d}",
    ]
    if to_collect:
        return [
            *head,
            _amount("Partner fees of payins", invoice.payin_partner_fees),
            _amount("Partner fees of payouts", invoice.payout_partner_fees),
            "",
            _amount("To collect", invoice.total_to_collect),
        ]
    return [
        *head,
        _amount(f"Plan {invoice.subscription_plan}", invoice.subscription_price),
        _amount("Virtual accounts", invoice.virtual_account_fees),
        _amount("Payins", invoice.payin_billing_fees),
        _amount("Payouts", invoice.payout_billing_fees),
        _amount("Missing to the monthly minimum", invoice.missing_to_minimum),
        "",
        _amount("To pay", invoice.total_to_pay),
        f"Due on {invoice.due_date:%Y-%m-%d}",
    ]


def _addressee(details: BillingDetails | None) -> Sequence[str]:
    if details is None:
        return []
    place = f"{details.postal_code} {details.city}, {details.country}"
    lines = (details.name, details.address_line_1, details.address_line_2, place, details.tax_id)
    return [line for line in lines if line.strip(" ,")]


def _amount(what: str, cents: int) -> str:
    return f"{what}: USD {cents // 100:,}.{cents % 100:02}"
