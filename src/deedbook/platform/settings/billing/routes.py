"""/v1/instances/{instance_id}/billing: what an instance owes, pays and collects."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import Response

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.settings.billing import audit, schemas, service
from deedbook.platform.settings.billing.document import lines_of
from deedbook.platform.settings.billing.fees import FEES
from deedbook.platform.settings.billing.links import check_link, document_link
from deedbook.platform.settings.billing.pdf import one_page
from deedbook.web.declarations import Anyone, Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import PublicUrl, Reading, ServerSecret, Work, slice_router

router = slice_router("/v1", tag="Billing")
_BILLING = "/instances/{instance_id}/billing"


@router.get(f"{_BILLING}/details")
@needs(Member(Area.FEES, Access.READ))
def get_billing_details(session: Reading, instance_id: str) -> schemas.BillingDetails:
    """Give to whom invoices go."""
    return schemas.BillingDetails.of(service.details_of(session, instance_id))


@router.put(f"{_BILLING}/details")
@needs(Member(Area.FEES, Access.WRITE))
@records(audit.DETAILS_UPDATED)
def put_billing_details(work: Work, body: schemas.BillingDetails) -> schemas.BillingDetails:
    """Say to whom invoices go."""
    return schemas.BillingDetails.of(service.update_details(work, body.model_dump()))


@router.get(f"{_BILLING}/invoices")
@needs(Member(Area.FEES, Access.READ))
def list_invoices(
    session: Reading, public_url: PublicUrl, secret: ServerSecret, instance_id: str
) -> schemas.InvoicesOut:
    """Give the invoices, newest first, and what the period under way comes to so far."""
    period, usage = service.current_usage(session, instance_id)
    return schemas.InvoicesOut(
        current=schemas.CurrentUsageOut.of(instance_id, period, usage),
        invoices=[
            schemas.InvoiceOut.of(row, document_link(public_url, secret, row.id))
            for row in service.invoices_of(session, instance_id)
        ],
    )


@router.get(f"{_BILLING}/invoices/{{invoice_id}}")
@needs(Member(Area.FEES, Access.READ))
def get_invoice(
    session: Reading, public_url: PublicUrl, secret: ServerSecret, instance_id: str, invoice_id: str
) -> schemas.InvoiceOut:
    """Give one invoice."""
    invoice = service.invoice_of(session, instance_id, invoice_id)
    return schemas.InvoiceOut.of(invoice, document_link(public_url, secret, invoice.id))


@router.get(f"{_BILLING}/invoices/{{invoice_id}}/pdf")
@needs(Member(Area.FEES, Access.READ))
def get_invoice_pdf(
    session: Reading, public_url: PublicUrl, secret: ServerSecret, instance_id: str, invoice_id: str
) -> schemas.InvoicePdfOut:
    """Give a link to an invoice as a document, good for a quarter of an hour."""
    invoice = service.invoice_of(session, instance_id, invoice_id)
    return schemas.InvoicePdfOut(url=document_link(public_url, secret, invoice.id))


@router.get("/e/invoices/{invoice_id}/pdf", response_class=Response)
@needs(Anyone())
def get_invoice_document(
    session: Reading, secret: ServerSecret, invoice_id: str, expires: int, signature: str
) -> Response:
    """Give an invoice as a document to whoever holds a link to it."""
    check_link(secret, invoice_id, expires, signature)
    lines = lines_of(*service.invoice_with_addressee(session, invoice_id))
    return Response(one_page(lines), media_type="application/pdf")


@router.post(f"{_BILLING}/invoices/{{invoice_id}}/pay")
@needs(Member(Area.FEES, Access.WRITE))
@records(audit.INVOICE_PAID)
def post_pay(work: Work, outside: OutsideNow, invoice_id: str) -> schemas.PayInvoiceOut:
    """Pay an invoice, to one of these wallets."""
    invoice = service.pay_invoice(work, outside, invoice_id)
    assert invoice.tron_wallet is not None
    assert invoice.solana_wallet is not None
    return schemas.PayInvoiceOut(
        amount=invoice.total_to_pay,
        tron_wallet=invoice.tron_wallet,
        solana_wallet=invoice.solana_wallet,
    )


@router.post(f"{_BILLING}/invoices/{{invoice_id}}/collect")
@needs(Member(Area.FEES, Access.WRITE))
@records(audit.FEES_COLLECTED)
def post_collect(
    work: Work, outside: OutsideNow, invoice_id: str, body: schemas.CollectInvoiceIn
) -> schemas.CollectInvoiceOut:
    """Have partner fees sent to a wallet."""
    invoice = service.collect_fees(work, outside, invoice_id, **body.model_dump())
    assert invoice.collection_id is not None
    return schemas.CollectInvoiceOut(
        collection_id=invoice.collection_id,
        status="pending",
        amount=invoice.total_to_collect,
        **body.model_dump(),
    )


@router.get(f"{_BILLING}/subscription")
@needs(Member(Area.FEES, Access.READ))
def get_subscription(session: Reading, instance_id: str) -> schemas.SubscriptionOut:
    """Give the plan of the instance."""
    instance = service.billed_instance(session, instance_id)
    return schemas.SubscriptionOut(started_at=instance.created_at)


@router.get(f"{_BILLING}/payment-method")
@needs(Member(Area.FEES, Access.READ))
def get_payment_method(session: Reading, instance_id: str) -> schemas.PaymentMethodOut:
    """Give how the instance pays by itself."""
    service.billed_instance(session, instance_id)
    return schemas.PaymentMethodOut()


@router.get(f"{_BILLING}/fees")
@needs(Member(Area.FEES, Access.READ))
def get_fees(session: Reading, instance_id: str) -> schemas.FeesOut:
    """Give what the platform charges for a payment."""
    instance = service.billed_instance(session, instance_id)
    return schemas.FeesOut.model_validate(
        {
            **{name: asdict(options) for name, options in FEES.items()},
            "id": f"fe_{instance.id[3:]}",
            "instance_id": instance.id,
            "created_at": instance.created_at,
            "updated_at": instance.created_at,
        }
    )


@router.post(f"{_BILLING}/portal-session")
@needs(Member(Area.FEES, Access.WRITE))
@records(audit.PORTAL_SESSION_CREATED)
def post_portal_session(work: Work, outside: OutsideNow) -> schemas.PortalSessionOut:
    """Open the page on which payment is managed."""
    return schemas.PortalSessionOut(url=service.open_portal(work, outside))
