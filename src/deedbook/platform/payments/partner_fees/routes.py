"""/v1/instances/{instance_id}/partner-fees: what an instance adds to payments for itself."""

from __future__ import annotations

from deedbook.platform.payments.partner_fees import audit, service
from deedbook.platform.payments.partner_fees.schemas import PartnerFeeIn, PartnerFeeOut
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}", tag="Partner fees")


@router.get("/partner-fees")
@needs(Member(Area.FEES, Access.READ))
def list_partner_fees(session: Reading, instance_id: str) -> list[PartnerFeeOut]:
    """Give the partner fees, newest first."""
    return [PartnerFeeOut.of(fee) for fee in service.fees(session, instance_id)]


@router.post("/partner-fees")
@needs(Member(Area.FEES, Access.WRITE))
@records(audit.CREATED)
def post_partner_fee(work: Work, body: PartnerFeeIn) -> PartnerFeeOut:
    """Create a partner fee."""
    return PartnerFeeOut.of(service.create_fee(work, body.model_dump()))


@router.get("/partner-fees/{fee_id}")
@needs(Member(Area.FEES, Access.READ))
def get_partner_fee(session: Reading, instance_id: str, fee_id: str) -> PartnerFeeOut:
    """Give one partner fee."""
    return PartnerFeeOut.of(service.fee_of(session, instance_id, fee_id))


@router.delete("/partner-fees/{fee_id}")
@needs(Member(Area.FEES, Access.WRITE))
@records(audit.DELETED)
def delete_partner_fee(work: Work, fee_id: str) -> Success:
    """Delete a partner fee."""
    service.delete_fee(work, fee_id)
    return Success()
