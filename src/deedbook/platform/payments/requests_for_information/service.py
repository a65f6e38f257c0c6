"""Rules about requests for information."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.platform.payments.requests_for_information.models import RequestForInformation


def newest_request(
    session: Session, instance_id: str, customer_id: str | None, *, lock: bool = False
) -> RequestForInformation | None:
    """Give what was last asked of a customer, or (None) of the instance itself."""
    rows = (
        select(RequestForInformation)
        .where(
            RequestForInformation.instance_id == instance_id,
            RequestForInformation.customer_id == customer_id,
        )
        .order_by(RequestForInformation.created_at.desc(), RequestForInformation.id.desc())
        .limit(1)
    )
    return session.scalar(rows.with_for_update() if lock else rows)
