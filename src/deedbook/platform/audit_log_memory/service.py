"""Rules about who remembers the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError
from deedbook.platform.audit_log_memory import audit
from deedbook.platform.audit_log_memory.models import (
    AuditLogWitness,
    CheckpointMail,
    CheckpointMailing,
)
from deedbook.platform.identity.instances.models import Instance
from deedbook.recording import UnitOfWork, open_proofs

MAX_WITNESSES: Final = 20
# Whoever changes the setting has a mail at once, but not as many as they can send requests.
PLANNED_APART: Final = timedelta(minutes=10)


class SizeUnreached(DeedbookError):
    """size: the log has not reached it."""

    code = "AUDIT_LOGS_SIZE_UNREACHED"
    status = 400


class WitnessNotFound(DeedbookError):
    """This instance has no such witness."""

    code = "AUDIT_LOGS_WITNESS_NOT_FOUND"
    status = 404


class TooManyWitnesses(DeedbookError):
    """A log has at most 20 witnesses; take one off the list first."""

    code = "AUDIT_LOGS_WITNESSES_LIMIT_REACHED"
    status = 400


def witnesses_of(session: Session, instance_id: str) -> list[AuditLogWitness]:
    """Give the witnesses of a log, who said something last the first."""
    newest = (AuditLogWitness.remembered_at.desc(), AuditLogWitness.id)
    return list(session.scalars(_witnesses(instance_id).order_by(*newest)))


def hear_witness(work: UnitOfWork, *, name: str, size: int) -> AuditLogWitness:
    """Note that a witness remembers the log at a size; that it appeared is recorded, once.

    Raises `SizeUnreached` and `TooManyWitnesses`.
    """
    instance_id = work.instance_id or ""
    if size > open_proofs(work.session, instance_id).size():
        raise SizeUnreached
    named = _witnesses(instance_id).where(AuditLogWitness.name == name).with_for_update()
    witness = work.session.scalar(named)
    if witness is None:
        # Two that appear at the same time take turns.
        work.session.get_one(Instance, instance_id, with_for_update=True)
        witness = work.session.scalar(named) or _add_witness(work, name)
    witness.size, witness.remembered_at = size, now()
    work.session.flush()
    return witness


def _add_witness(work: UnitOfWork, name: str) -> AuditLogWitness:
    instance_id = work.instance_id or ""
    count = select(func.count()).where(AuditLogWitness.instance_id == instance_id)
    if (work.session.scalar(count) or 0) >= MAX_WITNESSES:
        raise TooManyWitnesses
    witness = work.add(AuditLogWitness(instance_id=instance_id, name=name, size=0))
    work.record(audit.WITNESS_ADDED, witness, audit.WitnessMetadata(name), label=name)
    return witness


def remove_witness(work: UnitOfWork, witness_id: str) -> None:
    """Take a witness off the list; it comes back if it goes on. Raises `WitnessNotFound`."""
    rows = _witnesses(work.instance_id or "").where(AuditLogWitness.id == witness_id)
    witness = work.session.scalar(rows.with_for_update())
    if witness is None:
        raise WitnessNotFound
    work.delete(witness)
    metadata = audit.WitnessMetadata(witness.name)
    work.record(audit.WITNESS_REMOVED, witness, metadata, label=witness.name)


def mailing_of(session: Session, instance_id: str) -> CheckpointMailing:
    """Give how often checkpoints are mailed and to whom; never, where nobody said."""
    found = session.get(CheckpointMailing, instance_id)
    return found or CheckpointMailing(instance_id=instance_id, every="never", addresses=[])


def mails_of(session: Session, instance_id: str) -> list[CheckpointMail]:
    """Give what each address has, or is to get."""
    rows = select(CheckpointMail).where(CheckpointMail.instance_id == instance_id)
    return list(session.scalars(rows.order_by(CheckpointMail.address)))


def set_mailing(work: UnitOfWork, *, every: str, addresses: Sequence[str]) -> CheckpointMailing:
    """Say how often checkpoints are mailed and to whom; the first goes at once.

    Addresses that differ in case alone are one.
    """
    instance_id = work.instance_id or ""
    work.session.get_one(Instance, instance_id, with_for_update=True)
    mailing = work.session.get(CheckpointMailing, instance_id)
    if mailing is None:
        mailing = work.add(CheckpointMailing(instance_id=instance_id))
    wanted = list({each.lower(): each for each in reversed(addresses)}.values())[::-1]
    if (mailing.every, mailing.addresses) != (every, wanted):
        mailing.every, mailing.addresses = every, wanted
        soonest = now() if mailing.planned_at is None else mailing.planned_at + PLANNED_APART
        mailing.next_at = None if every == "never" else max(now(), soonest)
        _forget_mails(work.session, instance_id, [] if every == "never" else wanted)
    metadata = audit.MailingMetadata(every=every, recipients=len(wanted))
    work.record(audit.MAILING_CHANGED, mailing, metadata, entity_id=instance_id)
    return mailing


def _forget_mails(session: Session, instance_id: str, kept: Sequence[str]) -> None:
    """Send nothing more to addresses that are not named any longer."""
    gone = delete(CheckpointMail).where(
        CheckpointMail.instance_id == instance_id, CheckpointMail.address.not_in(kept)
    )
    session.execute(gone.execution_options(synchronize_session=False))


def _witnesses(instance_id: str) -> Select[AuditLogWitness]:
    return select(AuditLogWitness).where(AuditLogWitness.instance_id == instance_id)
