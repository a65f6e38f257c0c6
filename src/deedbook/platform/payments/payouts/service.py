"""Rules about payouts that are there: finding them, their documents, and how they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.identity.instances.service import living_instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.payments.payouts import audit, tracking
from deedbook.platform.payments.payouts.models import Payout
from deedbook.platform.payments.payouts.schemas import ShortPayoutOut
from deedbook.recording import UnitOfWork

SETTLE: Final = "payout.settle"
REVIEW: Final = "payout.review"


class PayoutNotFound(DeedbookError):
    """This instance has no such payout."""

    code = "PAYOUTS_NOT_FOUND"
    status = 404


class DocumentsNotAccepted(DeedbookError):
    """This payout does not wait for documents."""

    code = "PAYOUTS_DOCUMENTS_NOT_ACCEPTED"
    status = 400


def payouts(
    instance_id: str, *, customer_name: str | None = None, **wanted: str | None
) -> Select[Payout]:
    """Give the query for payouts of an instance whose columns have what is wanted, if anything is."""
    rows = select(Payout).where(Payout.instance_id == instance_id)
    for column, value in wanted.items():
        if value is not None:
            rows = rows.where(getattr(Payout, column) == value)
    if customer_name:
        full_name = func.coalesce(Payout.first_name, "") + " " + func.coalesce(Payout.last_name, "")
        part = customer_name.lower()
        rows = rows.where(
            or_(
                func.lower(full_name).contains(part, autoescape=True),
                func.lower(Payout.legal_name).contains(part, autoescape=True),
            )
        )
    return rows


def payout_of(session: Session, instance_id: str, payout_id: str, *, lock: bool = False) -> Payout:
    """Give one payout. Raises `PayoutNotFound`."""
    rows = payouts(instance_id, id=payout_id)
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise PayoutNotFound
    return found


def public_payout(session: Session, payout_id: str) -> Payout:
    """Give a payout to whoever has its id. Raises `PayoutNotFound`."""
    # any instance: who follows a payout has its id alone
    found = session.get(Payout, payout_id)
    if found is None:
        raise PayoutNotFound
    living_instance(session, found.instance_id)
    return found


def submit_documents(
    work: UnitOfWork, outside: Outside, payout_id: str, fields: Mapping[str, Any]
) -> None:
    """Hand in what a payout waits for, and have it reviewed."""
    payout = payout_of(work.session, work.instance_id or "", payout_id, lock=True)
    if (payout.tracking_documents or {}).get("status") != tracking.WAITING:
        raise DocumentsNotAccepted
    payout.transaction_document_type = fields["transaction_document_type"]
    payout.transaction_document_id = fields["transaction_document_id"]
    payout.transaction_document_file = fields["transaction_document_file"]
    payout.transaction_document_description = fields["description"]
    tracking.review(payout)
    matter = _matter(work, payout, REVIEW, names=(payout.transaction_document_id,))
    outcome = outside.review(work, matter)
    if outcome is not None:
        _take_review(work, outside, payout, outcome)
    metadata = audit.DocumentsMetadata(
        transaction_document_type=fields["transaction_document_type"],
        transaction_document_id=fields["transaction_document_id"],
        receiver_amount=payout.receiver_amount,
        currency=payout.currency,
        rail=payout.rail,
        last_four=payout.last_four,
    )
    refs = [Ref("bank_account", payout.bank_account_id), Ref("customer", payout.customer_id)]
    work.record(audit.DOCUMENTS_SUBMITTED, payout, metadata, label=_label(payout), refs=refs)
    tell(work, payout.instance_id, "payout.update", ShortPayoutOut.of(payout))


def take_review(work: UnitOfWork, outside: Outside, step: Step) -> None:
    """Take the outcome of a review; of a payout that waits for none it is nothing."""
    payout = work.session.get(Payout, step.subject_id, with_for_update=True)
    if payout is None or (payout.tracking_documents or {}).get("status") != tracking.REVIEWING:
        return
    _take_review(work, outside, payout, Outcome(step.outcome))
    tell(work, payout.instance_id, "payout.update", ShortPayoutOut.of(payout))


def take_settlement(work: UnitOfWork, outside: Outside, step: Step) -> None:
    """Take how a payment ended; of a payout that is not under way it is nothing."""
    payout = work.session.get(Payout, step.subject_id, with_for_update=True)
    if payout is None or payout.status != "processing":
        return
    outcome = Outcome(step.outcome)
    refunded = outcome is Outcome.REFUNDED
    refund_hash = outside.new_transaction(payout.network) if refunded else None
    tracking.end(payout, outcome, now(), refund_hash=refund_hash)
    work.session.flush()
    told = ShortPayoutOut.of(payout)
    tell(work, payout.instance_id, "payout.update", told)
    tell(work, payout.instance_id, "payout.complete", told)
    if outcome is Outcome.COMPLETED and payout.partner_fee_amount:
        tell(work, payout.instance_id, "payout.partnerFee", told)


def _take_review(work: UnitOfWork, outside: Outside, payout: Payout, outcome: Outcome) -> None:
    tracking.reviewed(payout, outcome, now())
    if outcome is Outcome.APPROVED:
        settle(work, outside, payout)
    work.session.flush()


def settle(work: UnitOfWork, outside: Outside, payout: Payout) -> None:
    """Have the money moved; `take_settlement` takes how that ended."""
    outside.settle(work, _matter(work, payout, SETTLE))


def _matter(
    work: UnitOfWork, payout: Payout, step: str, names: Sequence[str | None] = ()
) -> Matter:
    instance = work.session.get_one(Instance, payout.instance_id)
    return Matter(
        instance_id=instance.id,
        production=instance.is_production,
        step=step,
        subject_id=payout.id,
        names=tuple(names),
        amount=payout.request_amount,
    )


def _label(payout: Payout) -> str:
    return f"{payout.bank_details['name']} •••• {payout.last_four}"
