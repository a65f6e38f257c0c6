"""/v1/instances/{instance_id}/transfers: tokens from a managed wallet to any address."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.transfers import audit, service
from deedbook.platform.payments.transfers.models import Transfer
from deedbook.platform.payments.transfers.schemas import (
    PublicTransferOut,
    ShortTransferOut,
    TransferIn,
    TransferOut,
)
from deedbook.web.declarations import Anyone, Member, needs, records
from deedbook.web.paging import Paged, PageOf, page_of
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router

router = slice_router("/v1", tag="Transfers")


@router.get("/instances/{instance_id}/transfers")
@needs(Member(Area.PAYMENTS, Access.READ))
def list_transfers(session: Reading, instance_id: str, page: PageOf) -> Paged[TransferOut]:
    """Give a page of transfers, newest first."""
    found = page_of(session, service.transfers(instance_id), Transfer, page)
    return Paged(data=[TransferOut.of(row) for row in found.rows], pagination=found.pagination)


@router.post("/instances/{instance_id}/transfers")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@records(audit.CREATED)
def post_transfer(work: Work, outside: OutsideNow, body: TransferIn) -> ShortTransferOut:
    """Transfer tokens."""
    transfer = service.create_transfer(work, outside, body.transfer_quote_id)
    return ShortTransferOut.of(transfer)


@router.get("/instances/{instance_id}/transfers/{transfer_id}")
@needs(Member(Area.PAYMENTS, Access.READ))
def get_transfer(session: Reading, instance_id: str, transfer_id: str) -> TransferOut:
    """Give one transfer."""
    return TransferOut.of(service.transfer_of(session, instance_id, transfer_id))


@router.get("/e/transfers/{transfer_id}")
@needs(Anyone())
def get_public_transfer(session: Reading, transfer_id: str) -> PublicTransferOut:
    """Tell whoever has the id of a transfer how far it is."""
    return PublicTransferOut.of(service.public_transfer(session, transfer_id))
