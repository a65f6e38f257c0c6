"""/v1/instances/{instance_id}/audit-logs/…: how the log stands, and who outside remembers it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine.integrity.checkpoint import read_checkpoint
from deedbook.engine.integrity.note import read_note
from deedbook.engine.sealing import SignedCheckpoint
from deedbook.platform.audit_log_memory import audit, models, schemas, service
from deedbook.platform.health import BEHIND_SECONDS, seconds_since
from deedbook.recording import open_proofs
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}/audit-logs", tag="Audit logs")


@router.get("/status")
@needs(Member(Area.AUDIT_LOGS, Access.READ))
def get_audit_log_status(session: Reading, instance_id: str) -> schemas.StatusOut:
    """Give what is sealed and signed, and who outside remembers it."""
    proofs, moment = open_proofs(session, instance_id), now()
    waiting = seconds_since(proofs.waits_since_ms(), moment)
    return schemas.StatusOut(
        size=proofs.size(),
        checkpoint=_newest(proofs.checkpoint(), moment),
        unsealed_seconds=waiting,
        sealer="behind" if waiting is not None and waiting > BEHIND_SECONDS else "working",
        witnesses=[_witness(row) for row in service.witnesses_of(session, instance_id)],
        mailing=_mailing(session, service.mailing_of(session, instance_id)),
    )


@router.get("/witnesses")
@needs(Member(Area.AUDIT_LOGS, Access.READ))
def list_audit_log_witnesses(session: Reading, instance_id: str) -> schemas.WitnessesOut:
    """Give who remembers the log, and how old that memory is."""
    return schemas.WitnessesOut(
        data=[_witness(row) for row in service.witnesses_of(session, instance_id)]
    )


@router.post("/witnesses")
@needs(Member(Area.AUDIT_LOGS, Access.READ))
@records(audit.WITNESS_ADDED, unless="the witness is on the list already")
def post_audit_log_witness(work: Work, body: schemas.WitnessIn) -> schemas.WitnessOut:
    """Say that you remember the log at a size; whoever may read the log may remember it."""
    return _witness(service.hear_witness(work, name=body.name, size=body.size))


@router.delete("/witnesses/{witness_id}")
@needs(Member(Area.OWNERSHIP, Access.WRITE))
@records(audit.WITNESS_REMOVED)
def delete_audit_log_witness(work: Work, witness_id: str) -> Success:
    """Take a witness off the list. One that goes on comes back."""
    service.remove_witness(work, witness_id)
    return Success()


@router.put("/mailing")
@needs(Member(Area.OWNERSHIP, Access.WRITE))
@records(audit.MAILING_CHANGED)
def put_audit_log_mailing(work: Work, body: schemas.MailingIn) -> schemas.MailingOut:
    """Say how often the newest checkpoint is mailed and to whom; the first goes at once."""
    mailing = service.set_mailing(work, every=body.every, addresses=body.addresses)
    return _mailing(work.session, mailing)


def _newest(
    signed: SignedCheckpoint | None, moment: datetime
) -> schemas.NewestCheckpointOut | None:
    if signed is None:
        return None
    time = read_checkpoint(read_note(signed.note).text).time
    age = None if time is None else max(int((moment - time).total_seconds()), 0)
    return schemas.NewestCheckpointOut(size=signed.size, signed_at=time, age_seconds=age)


def _witness(row: models.AuditLogWitness) -> schemas.WitnessOut:
    return schemas.WitnessOut.model_validate(row, from_attributes=True)


def _mailing(session: Session, row: models.CheckpointMailing) -> schemas.MailingOut:
    return schemas.MailingOut.model_validate(
        {
            "every": row.every,
            "addresses": row.addresses,
            "next_at": row.next_at,
            "mails": [
                schemas.MailOut.model_validate(mail, from_attributes=True)
                for mail in service.mails_of(session, row.instance_id)
            ],
        }
    )
