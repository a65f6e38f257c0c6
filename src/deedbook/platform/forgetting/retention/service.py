"""Rules about retention: off unless chosen, a year at the least, and announced a month ahead."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from deedbook.database.base import now, shown
from deedbook.engine import Catalogue, Expiry, effect_of
from deedbook.platform.forgetting.retention import audit
from deedbook.platform.forgetting.retention.models import AuditLogRetention
from deedbook.platform.identity.instances.models import Instance
from deedbook.recording import UnitOfWork, open_log

LEAST_MONTHS: Final = 12
MOST_MONTHS: Final = 1200
ANNOUNCED_AHEAD: Final = timedelta(days=30)
_FOR_EVER: Final = {"months": None, "next_months": None, "next_from": None}


def retention_of(session: Session, instance_id: str) -> AuditLogRetention:
    """Give what an instance chose; one that chose nothing keeps its log for ever."""
    found = session.get(AuditLogRetention, instance_id)
    return found or AuditLogRetention(instance_id=instance_id, **_FOR_EVER)


def change_retention(work: UnitOfWork, months: int | None) -> AuditLogRetention:
    """Choose for how many months entries are kept, None for ever.

    To keep less takes effect in thirty days; to keep more destroys nothing, and holds at once.
    """
    # Two changes at the same time take turns, the first one of an instance included.
    work.session.get_one(Instance, work.instance_id, with_for_update=True)
    moment = now()
    retention = work.session.get(AuditLogRetention, work.instance_id)
    if retention is None:
        retention = work.add(AuditLogRetention(instance_id=work.instance_id, **_FOR_EVER))
    until_now = retention.months_at(moment)
    keeps_less = months is not None and (until_now is None or months < until_now)
    effective_at = moment + ANNOUNCED_AHEAD if keeps_less else moment
    retention.months = until_now if keeps_less else months
    retention.next_months = months if keeps_less else None
    retention.next_from = effective_at if keeps_less else None
    metadata = audit.RetentionMetadata(
        kept="for ever" if months is None else f"for {months} months",
        months=months,
        effective_at=shown(effective_at),
    )
    work.record(audit.RETENTION_CHANGED, retention, metadata, entity_id=retention.instance_id)
    return retention


def apply_retention(work: UnitOfWork, retention: AuditLogRetention, moment: datetime) -> None:
    """Decree that entries expire which have become too old, if there are any."""
    retention.applied_at = moment
    months = retention.months_at(moment)
    if months is None:
        return
    older_than = months_before(moment, months)
    log = open_log(work.session, retention.instance_id, work.catalogue)
    before = log.decrees.horizon()
    horizon = log.decrees.horizon_at(int(older_than.timestamp() * 1000), log.proofs.size())
    if horizon > before:
        work.record(
            audit.ENTRIES_EXPIRED,
            retention,
            audit.ExpiredMetadata(months, horizon - before, shown(older_than)),
            entity_id=retention.instance_id,
            instance_id=retention.instance_id,
            effect=effect_of(Expiry(horizon)),
        )


def expired_below(session: Session, instance_id: str, catalogue: Catalogue) -> int:
    """Give the position below which entries have expired, or are about to."""
    return open_log(session, instance_id, catalogue).decrees.horizon()


def months_before(moment: datetime, months: int) -> datetime:
    """Give the same day and time so many months earlier, or the last day of a shorter month."""
    count = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(count, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
