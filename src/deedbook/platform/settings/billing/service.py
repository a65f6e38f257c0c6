"""Rules about billing, which exists on production instances alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from deedbook.database.base import now, shown
from deedbook.database.ids import new_id
from deedbook.engine import DeedbookError, NoMetadata
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.payments.chains import require_address
from deedbook.platform.settings.billing import audit
from deedbook.platform.settings.billing.models import BillingDetails, Invoice
from deedbook.platform.settings.billing.usage import PLAN, Usage, due_date, usage_of
from deedbook.recording import UnitOfWork

CURRENCY: Final = "USD"
PAYMENT_SETTLED: Final = "billing.payment_settled"
COLLECTION_SETTLED: Final = "billing.collection_settled"


class BillingNotAvailable(DeedbookError):
    """Billing is for production instances."""

    code = "BILLING_NOT_AVAILABLE"
    status = 403


class InvoiceNotFound(DeedbookError):
    """This instance has no such invoice."""

    code = "BILLING_INVOICE_NOT_FOUND"
    status = 404


class InvoiceNotPayable(DeedbookError):
    """Only an invoice that is owing can be paid, and only a claimable one collected, once."""

    code = "BILLING_INVOICE_NOT_PAYABLE"
    status = 409


class Period(NamedTuple):
    """From when to when something is billed."""

    start: datetime
    end: datetime


def billed_instance(session: Session, instance_id: str | None, *, lock: bool = False) -> Instance:
    """Give an instance that is billed. Raises `BillingNotAvailable` for a development one."""
    instance = session.get_one(Instance, instance_id, with_for_update=lock or None)
    if not instance.is_production:
        raise BillingNotAvailable
    return instance


def details_of(session: Session, instance_id: str) -> BillingDetails | None:
    """Give to whom invoices go, or None while nobody has said."""
    instance = billed_instance(session, instance_id)
    return session.get(BillingDetails, instance.id)


def update_details(work: UnitOfWork, fields: dict[str, Any]) -> BillingDetails:
    """Say to whom invoices go."""
    instance = billed_instance(work.session, work.instance_id, lock=True)
    details = work.session.get(BillingDetails, instance.id)
    if details is None:
        details = work.add(BillingDetails(instance_id=instance.id, **fields))
    for name, value in fields.items():
        setattr(details, name, value)
    metadata = audit.BillingDetailsMetadata(details.country, details.name, details.email)
    work.record(
        audit.DETAILS_UPDATED, details, metadata, entity_id=instance.id, label=instance.name
    )
    return details


def open_portal(work: UnitOfWork, outside: Outside) -> str:
    """Give the page on which payment is managed."""
    instance = billed_instance(work.session, work.instance_id)
    work.record(
        audit.PORTAL_SESSION_CREATED,
        None,
        NoMetadata(),
        entity_id=instance.id,
        label=instance.name,
    )
    return outside.portal_url(instance.id)


def invoices_of(session: Session, instance_id: str) -> list[Invoice]:
    """Give the invoices of an instance, newest first."""
    instance = billed_instance(session, instance_id)
    newest = (Invoice.created_at.desc(), Invoice.reference.desc())
    return list(session.scalars(_invoices(instance.id).order_by(*newest)))


def invoice_of(
    session: Session, instance_id: str | None, invoice_id: str, *, lock: bool = False
) -> Invoice:
    """Give one invoice of an instance. Raises `InvoiceNotFound`."""
    instance = billed_instance(session, instance_id)
    rows = _invoices(instance.id).where(Invoice.id == invoice_id)
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise InvoiceNotFound
    return found


def invoice_with_addressee(
    session: Session, invoice_id: str
) -> tuple[Instance, BillingDetails | None, Invoice]:
    """Give an invoice, whose it is and to whom it goes. Raises `InvoiceNotFound`."""
    # any instance: a link to an invoice was made for it alone
    invoice = session.get(Invoice, invoice_id)
    if invoice is None:
        raise InvoiceNotFound
    instance = session.get_one(Instance, invoice.instance_id)
    return instance, session.get(BillingDetails, instance.id), invoice


def current_usage(session: Session, instance_id: str) -> tuple[Period, Usage]:
    """Give the period that is under way, to the end of its month, and what was used in it so far."""
    instance = billed_instance(session, instance_id)
    start, moment = _period_start(session, instance), now()
    next_month = (moment.replace(day=1) + timedelta(days=32)).replace(day=1)
    end = next_month.replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(start, end), usage_of(session, instance.id, start, moment)


def close_period(work: UnitOfWork) -> tuple[Invoice, Invoice]:
    """Issue what an instance owes since its last invoice, and with it what it may collect."""
    instance = billed_instance(work.session, work.instance_id, lock=True)
    period = Period(_period_start(work.session, instance), now())
    usage = usage_of(work.session, instance.id, *period)
    owing = _issue(work, instance, period, usage, "owing")
    claimable = _issue(work, instance, period, usage, "claimable")
    return owing, claimable


def pay_invoice(work: UnitOfWork, outside: Outside, invoice_id: str) -> Invoice:
    """Give the wallets to which an invoice is paid; while a payment is awaited, the same again."""
    invoice = invoice_of(work.session, work.instance_id, invoice_id, lock=True)
    if invoice.status != "owing":
        raise InvoiceNotPayable
    if invoice.payment_id is None or invoice.movement_status == "failed":
        invoice.payment_id, invoice.movement_status = new_id("ip"), "pending"
        invoice.tron_wallet = outside.new_address("tron")
        invoice.solana_wallet = outside.new_address("solana")
        outside.settle(work, _matter(invoice, PAYMENT_SETTLED, invoice.total_to_pay))
    metadata = audit.InvoicePaidMetadata(
        reference=invoice.reference,
        amount=invoice.total_to_pay,
        currency=CURRENCY,
        payment_id=invoice.payment_id,
    )
    work.record(audit.INVOICE_PAID, invoice, metadata, label=invoice.reference)
    return invoice


def collect_fees(
    work: UnitOfWork,
    outside: Outside,
    invoice_id: str,
    *,
    network: str,
    token: str,
    wallet_address: str,
) -> Invoice:
    """Have partner fees sent to a wallet, once."""
    invoice = invoice_of(work.session, work.instance_id, invoice_id, lock=True)
    if invoice.status != "claimable" or invoice.movement_status in ("pending", "completed"):
        raise InvoiceNotPayable
    require_address(network, wallet_address)
    invoice.collection_id, invoice.movement_status = new_id("ic"), "pending"
    invoice.collection_network, invoice.collection_token = network, token
    invoice.collection_address = wallet_address
    outside.settle(work, _matter(invoice, COLLECTION_SETTLED, invoice.total_to_collect))
    metadata = audit.FeesCollectedMetadata(
        reference=invoice.reference,
        amount=invoice.total_to_collect,
        currency=CURRENCY,
        collection_id=invoice.collection_id,
        network=network,
        token=token,
        wallet_address=wallet_address,
    )
    work.record(audit.FEES_COLLECTED, invoice, metadata, label=invoice.reference)
    return invoice


def payment_settled(work: UnitOfWork, _: Outside, step: Step) -> None:
    """Take the outcome of a payment; one that failed leaves the invoice owing."""
    _settled(work, step, "paid")


def collection_settled(work: UnitOfWork, _: Outside, step: Step) -> None:
    """Take the outcome of a collection; one that failed leaves the fees claimable."""
    _settled(work, step, "collected")


def _settled(work: UnitOfWork, step: Step, status: str) -> None:
    invoice = invoice_of(work.session, step.instance_id, step.subject_id, lock=True)
    if step.outcome == Outcome.COMPLETED:
        invoice.status, invoice.movement_status = status, "completed"
    else:
        invoice.movement_status = "failed"


def _issue(
    work: UnitOfWork, instance: Instance, period: Period, usage: Usage, kind: str
) -> Invoice:
    owing = kind == "owing"
    number = work.session.scalar(_invoice_count(instance.id)) or 0
    invoice = work.add(
        Invoice(
            instance_id=instance.id,
            reference=f"{period.end:%Y}-{number + 1:04}",
            status=kind,
            period_start=period.start,
            period_end=period.end,
            due_date=due_date(period.end) if owing else None,
            subscription_plan=PLAN.name,
            subscription_price=PLAN.price,
            minimum_per_month=PLAN.minimum,
            virtual_account_fees=usage.virtual_account_fees,
            payin_billing_fees=usage.payins.billing,
            payin_partner_fees=usage.payins.partner,
            payout_billing_fees=usage.payouts.billing,
            payout_partner_fees=usage.payouts.partner,
            total_to_pay=usage.total_to_pay if owing else 0,
            total_to_collect=0 if owing else usage.total_to_collect,
            has_partner_fee_invoice=owing,
        )
    )
    metadata = audit.InvoiceIssuedMetadata(
        kind=kind,
        reference=invoice.reference,
        amount=invoice.total_to_pay if owing else invoice.total_to_collect,
        currency=CURRENCY,
        period_start=shown(period.start),
        period_end=shown(period.end),
    )
    work.record(audit.INVOICE_ISSUED, invoice, metadata, label=invoice.reference)
    return invoice


def _matter(invoice: Invoice, step: str, amount: int) -> Matter:
    return Matter(
        instance_id=invoice.instance_id,
        production=True,
        step=step,
        subject_id=invoice.id,
        amount=amount,
    )


def _period_start(session: Session, instance: Instance) -> datetime:
    last = select(func.max(Invoice.period_end)).where(Invoice.instance_id == instance.id)
    return session.scalar(last) or instance.created_at


def _invoices(instance_id: str) -> Select[Invoice]:
    return select(Invoice).where(Invoice.instance_id == instance_id)


def _invoice_count(instance_id: str) -> Select[int]:
    return select(func.count()).where(Invoice.instance_id == instance_id)
