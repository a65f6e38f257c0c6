"""Rules about erasures: one asks, another confirms, and neither for acts of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import (
    Catalogue,
    Decree,
    DeedbookError,
    EntryStore,
    Erasure,
    Filters,
    Selector,
    effect_of,
    ids,
    read_filters,
)
from deedbook.log_api.errors import missing
from deedbook.platform.forgetting.erasures import audit
from deedbook.platform.forgetting.erasures.models import AuditLogErasure, ErasureStatus
from deedbook.platform.forgetting.holds.service import standing_holds
from deedbook.platform.forgetting.subjects import (
    concerned,
    require_known_type,
    require_not_concerned,
    subject_of,
)
from deedbook.platform.identity.instances.models import Membership
from deedbook.recording import UnitOfWork, open_log
from deedbook.web.problems import InvalidRequest
from deedbook.web.roles import Role

ALONE_AFTER: Final = timedelta(days=30)


class ErasureNotFound(DeedbookError):
    """This instance has no such request for erasure."""

    code = "AUDIT_LOG_ERASURES_NOT_FOUND"
    status = 404


class AlreadyDecided(DeedbookError):
    """This request for erasure is decided already."""

    code = "AUDIT_LOG_ERASURE_DECIDED"
    status = 409


class SecondPersonNeeded(DeedbookError):
    """Who asked for an erasure cannot confirm it: another owner or admin has to."""

    code = "AUDIT_LOG_SECOND_PERSON_NEEDED"
    status = 403
    is_denial = True


class Held(DeedbookError):
    """A legal hold covers some of these entries: lift it first."""

    code = "AUDIT_LOG_HELD"
    status = 409


def erasures(instance_id: str) -> Select[AuditLogErasure]:
    """Give the query for the requests for erasure of an instance."""
    return select(AuditLogErasure).where(AuditLogErasure.instance_id == instance_id)


def request_erasure(
    work: UnitOfWork, subject: Selector, reason: str, user_id: str
) -> AuditLogErasure:
    """Ask to have personal details erased; another owner or admin has to confirm it.

    Raises `ConcernsYou`, and what says that there are no such entries.
    """
    instance_id = work.instance_id or ""
    require_known_type(subject, work.catalogue)
    log = open_log(work.session, instance_id, work.catalogue)
    entries, approximate = _count(log, subject)
    require_not_concerned(work.session, instance_id, work.catalogue, subject, user_id)
    erasure = work.add(
        AuditLogErasure(
            instance_id=instance_id,
            subject=subject.facts(),
            reason=reason,
            entries=entries,
            entries_approximate=approximate,
            requested_by=user_id,
        )
    )
    work.session.flush()
    work.record(audit.ERASURE_REQUESTED, erasure, _metadata(erasure))
    return erasure


def confirm_erasure(work: UnitOfWork, erasure_id: str, user_id: str) -> AuditLogErasure:
    """Decree an erasure that somebody else asked for; a job carries it out.

    Raises `ErasureNotFound`, `AlreadyDecided`, `SecondPersonNeeded`, `ConcernsYou` and `Held`.
    """
    erasure = _open_erasure(work, erasure_id)
    if erasure.requested_by == user_id:
        raise SecondPersonNeeded
    require_not_concerned(
        work.session, erasure.instance_id, work.catalogue, erasure.selector, user_id
    )
    if is_held(work.session, erasure, work.catalogue):
        raise Held
    decree(work, erasure, user_id)
    return erasure


def decline_erasure(
    work: UnitOfWork, erasure_id: str, reason: str, user_id: str
) -> AuditLogErasure:
    """Have nothing erased after all. Raises `ErasureNotFound` and `AlreadyDecided`."""
    erasure = _open_erasure(work, erasure_id)
    withdrawn = erasure.requested_by == user_id
    _decide(erasure, ErasureStatus.WITHDRAWN if withdrawn else ErasureStatus.DECLINED, user_id)
    subject = subject_of(erasure.selector)
    metadata = audit.DeclinedMetadata(
        subject.type, subject.id, reason, erasure.requested_by, withdrawn
    )
    work.record(audit.ERASURE_DECLINED, erasure, metadata)
    return erasure


def decree(work: UnitOfWork, erasure: AuditLogErasure, user_id: str | None) -> None:
    """Decide on an erasure, in the name of a second person or, where there is none, of nobody."""
    _decide(erasure, ErasureStatus.CONFIRMED, user_id)
    effect = effect_of(Erasure(erasure.selector))
    work.record(audit.PERSONAL_ERASED, erasure, _metadata(erasure), effect=effect)


def is_held(session: Session, erasure: AuditLogErasure, catalogue: Catalogue) -> bool:
    """Tell whether a legal hold covers an entry that an erasure would reach."""
    log = open_log(session, erasure.instance_id, catalogue)
    holds = standing_holds(session, erasure.instance_id)
    return any(log.decrees.touches(erasure.selector, hold) for hold in holds)


def has_second_person(session: Session, erasure: AuditLogErasure, catalogue: Catalogue) -> bool:
    """Tell whether there is an owner or admin who could confirm an erasure."""
    barred = concerned(session, erasure.instance_id, catalogue, erasure.selector)
    others = select(Membership.user_id).where(
        Membership.instance_id == erasure.instance_id,
        Membership.role.in_((Role.OWNER, Role.ADMIN)),
        Membership.user_id.not_in(barred | {erasure.requested_by}),
    )
    return session.scalar(others.limit(1)) is not None


def by_itself_at(
    session: Session, erasure: AuditLogErasure, catalogue: Catalogue
) -> datetime | None:
    """Give when a request is confirmed without a second person; None while there is one."""
    is_open = erasure.status == ErasureStatus.REQUESTED
    if is_open and not has_second_person(session, erasure, catalogue):
        return erasure.created_at + ALONE_AFTER
    return None


def undone(session: Session, instance_id: str, catalogue: Catalogue) -> list[Decree]:
    """Give what the log of an instance decreed and is not carried out yet."""
    return open_log(session, instance_id, catalogue).decrees.undone()


def _count(log: EntryStore, subject: Selector) -> tuple[int, bool]:
    """Count the entries of a subject, as far as counting goes. Raises when there are none."""
    if subject.entry_id is not None:
        entry_id = ids.read(subject.entry_id)
        if entry_id is None or log.get(entry_id) is None:
            raise missing(log, entry_id)
        return 1, False
    tally = log.count(_filters(subject, log.catalogue))
    entries = sum(tally.counts["action"].values())
    if not entries:
        raise InvalidRequest(["subject: the log has no such entries"])
    return entries, tally.approximate


def _filters(subject: Selector, catalogue: Catalogue) -> Filters:
    name, value = next((n, v) for n, v in subject.facts().items() if n != "entity_type")
    wanted = {"entity_id": "ref_id"}.get(name, name)
    return read_filters([(wanted, value)], catalogue, everything=True)


def _open_erasure(work: UnitOfWork, erasure_id: str) -> AuditLogErasure:
    rows = erasures(work.instance_id or "").where(AuditLogErasure.id == erasure_id)
    erasure = work.session.scalar(rows.with_for_update())
    if erasure is None:
        raise ErasureNotFound
    if erasure.status != ErasureStatus.REQUESTED:
        raise AlreadyDecided
    return erasure


def _decide(erasure: AuditLogErasure, status: ErasureStatus, user_id: str | None) -> None:
    erasure.status, erasure.decided_by, erasure.decided_at = status, user_id, now()


def _metadata(erasure: AuditLogErasure) -> audit.ErasureMetadata:
    subject = subject_of(erasure.selector)
    return audit.ErasureMetadata(
        subject_type=subject.type,
        subject_id=subject.id,
        entries=erasure.entries,
        reason=erasure.reason,
        requested_by=erasure.requested_by,
    )
