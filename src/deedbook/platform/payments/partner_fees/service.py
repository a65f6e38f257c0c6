"""Rules about partner fees."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.engine import Action, DeedbookError
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.payments.partner_fees import audit
from deedbook.platform.payments.partner_fees.models import PartnerFee
from deedbook.recording import UnitOfWork


class FeeNotFound(DeedbookError):
    """This instance has no such partner fee."""

    # The wire contract has 400 here, not 404.
    code = "FEES_NOT_FOUND"
    status = 400


class UnknownFee(FeeNotFound):
    """partner_fee_id: this instance has no such partner fee."""

    status = 404


class AlreadySet(DeedbookError):
    """virtual_account_set: another partner fee is set for virtual accounts; delete it first."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


def fees(session: Session, instance_id: str) -> list[PartnerFee]:
    """Give the fees of an instance, newest first."""
    rows = select(PartnerFee).where(PartnerFee.instance_id == instance_id)
    return list(session.scalars(rows.order_by(PartnerFee.created_at.desc(), PartnerFee.id)))


def fee_of(session: Session, instance_id: str, fee_id: str, *, lock: bool = False) -> PartnerFee:
    """Give one fee. Raises `FeeNotFound`."""
    rows = select(PartnerFee).where(PartnerFee.instance_id == instance_id, PartnerFee.id == fee_id)
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise FeeNotFound
    return found


def chosen_fee(session: Session, instance_id: str, fee_id: str | None) -> PartnerFee | None:
    """Give the fee that a quote is asked for with, if any. Raises `UnknownFee`."""
    if fee_id is None:
        return None
    try:
        return fee_of(session, instance_id, fee_id)
    except FeeNotFound:
        raise UnknownFee from None


def virtual_account_fee(session: Session, instance_id: str) -> PartnerFee | None:
    """Give the fee on what arrives in virtual accounts; an instance has one at most."""
    return session.scalar(
        select(PartnerFee).where(
            PartnerFee.instance_id == instance_id, PartnerFee.virtual_account_set
        )
    )


def create_fee(work: UnitOfWork, fields: dict[str, Any]) -> PartnerFee:
    """Create a fee."""
    instance_id = work.instance_id or ""
    if fields["virtual_account_set"]:
        # Two requests at once take turns: there is one at most.
        work.session.get_one(Instance, instance_id, with_for_update=True)
        if virtual_account_fee(work.session, instance_id) is not None:
            raise AlreadySet
    fee = work.add(PartnerFee(instance_id=instance_id, **fields))
    _record(work, audit.CREATED, fee)
    return fee


def delete_fee(work: UnitOfWork, fee_id: str) -> None:
    """Delete a fee; what was quoted with it stays as it was quoted."""
    fee = fee_of(work.session, work.instance_id or "", fee_id, lock=True)
    work.delete(fee)
    _record(work, audit.DELETED, fee)


def _record(work: UnitOfWork, action: Action[audit.PartnerFeeMetadata], fee: PartnerFee) -> None:
    metadata = audit.PartnerFeeMetadata(
        name=fee.name,
        payout_percentage_fee=fee.payout_percentage_fee,
        payout_flat_fee=fee.payout_flat_fee,
        payin_percentage_fee=fee.payin_percentage_fee,
        payin_flat_fee=fee.payin_flat_fee,
        virtual_account_set=fee.virtual_account_set,
    )
    work.record(action, fee, metadata, label=fee.name)
