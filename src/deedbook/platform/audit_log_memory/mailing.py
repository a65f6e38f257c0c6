"""Mailing checkpoints: when a mailing is due each address has a mail to come, and those are sent.

A mail is claimed in one transaction, sent outside of any, and what came of it written in another. Who is
killed in between has claimed it only for a while: then it is sent again. At least once, and twice only
then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.database.connect import Database
from deedbook.platform.audit_log_memory.letter import letter
from deedbook.platform.audit_log_memory.models import CheckpointMail, CheckpointMailing
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.identity.sessions.mail import Mailer
from deedbook.recording import open_proofs

# How long after an attempt that failed the next one follows; after the last, the next mailing.
RETRY_AFTER: Final = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=10),
)
# Longer than a mail server can take, so that who still holds a claim is gone.
CLAIMED_FOR: Final = timedelta(minutes=10)
_UNTIL_SIGNED: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A mail that is to be sent now, for the `number`th time."""

    mail_id: str
    number: int
    address: str
    instance_id: str
    every: str
    size: int
    note: str


class CheckpointMailer:
    """Plans and sends what is due, one address at a time. Several share the work."""

    name: Final = "checkpoint mails"
    pause_seconds: Final = 5.0

    def __init__(self, database: Database, mailer: Mailer, public_url: str) -> None:
        self._database = database
        self._mailer = mailer
        self._public_url = public_url.rstrip("/")

    def run_once(self) -> bool:
        """Plan a mailing or send a mail; tell whether there was one."""
        with self._database.read() as session:
            plans = session.scalar(_due_mailings(now())) is not None
            sends = session.execute(_due_mails(now())).first() is not None
        if plans:
            with self._database.write() as session:
                _plan(session, now())
                session.commit()
        elif sends:
            self._send_one()
        return plans or sends

    def _send_one(self) -> None:
        with self._database.write() as session:
            attempt = _claim(session, now())
            session.commit()
        if attempt is None:
            return
        subject, text = letter(
            attempt.instance_id, attempt.size, attempt.note, attempt.every, self._public_url
        )
        try:
            self._mailer.send(attempt.address, subject, text)
        except OSError:
            sent = False
        else:
            sent = True
        with self._database.write() as session:
            _note(session, attempt, sent=sent)
            session.commit()


def next_mailing(every: str, after: datetime) -> datetime:
    """Give when the next mailing is due, in UTC: at midnight, or on the first of the month."""
    midnight = after.replace(hour=0, minute=0, second=0, microsecond=0)
    if every == "monthly":
        # The 28th and four days lie in the next month, whichever this one is.
        return (midnight.replace(day=28) + timedelta(days=4)).replace(day=1)
    return midnight + timedelta(days=1)


def _due_mailings(moment: datetime) -> Select[CheckpointMailing]:
    # any instance: time passes for all of them
    return (
        select(CheckpointMailing)
        .join(Instance, Instance.id == CheckpointMailing.instance_id)
        .where(CheckpointMailing.next_at <= moment, Instance.deleted_at.is_(None))
        .order_by(CheckpointMailing.next_at)
        .limit(1)
    )


def _plan(session: Session, moment: datetime) -> None:
    """Have a mail to come for each address of the mailing that has been due the longest."""
    locked = _due_mailings(moment).with_for_update(skip_locked=True, of=CheckpointMailing)
    if (mailing := session.scalar(locked)) is None:
        return
    mailing.planned_at, mailing.next_at = moment, next_mailing(mailing.every, moment)
    rows = select(CheckpointMail).where(CheckpointMail.instance_id == mailing.instance_id)
    known = {mail.address: mail for mail in session.scalars(rows.with_for_update())}
    for address in mailing.addresses:
        mail = known.get(address)
        if mail is None:
            mail = CheckpointMail(instance_id=mailing.instance_id, address=address)
            session.add(mail)
        mail.attempts, mail.next_attempt_at = 0, moment


def _due_mails(moment: datetime) -> Select[CheckpointMail, str]:
    """Give the query for a mail that is due, and how often its mailing is."""
    # any instance: time passes for all of them
    return (
        select(CheckpointMail, CheckpointMailing.every)
        .join(CheckpointMailing, CheckpointMailing.instance_id == CheckpointMail.instance_id)
        .join(Instance, Instance.id == CheckpointMail.instance_id)
        .where(CheckpointMail.next_attempt_at <= moment, Instance.deleted_at.is_(None))
        .order_by(CheckpointMail.next_attempt_at, CheckpointMail.id)
        .limit(1)
    )


def _claim(session: Session, moment: datetime) -> Attempt | None:
    """Take the mail that has been due the longest, for a while, with the newest checkpoint."""
    locked = _due_mails(moment).with_for_update(skip_locked=True, of=CheckpointMail)
    if (found := session.execute(locked).first()) is None:
        return None
    mail, every = found
    newest = open_proofs(session, mail.instance_id).checkpoint()
    if newest is None:
        mail.next_attempt_at = moment + _UNTIL_SIGNED
        return None
    mail.attempts += 1
    mail.next_attempt_at = moment + CLAIMED_FOR
    return Attempt(
        mail_id=mail.id,
        number=mail.attempts,
        address=mail.address,
        instance_id=mail.instance_id,
        every=every,
        size=newest.size,
        note=newest.note,
    )


def _note(session: Session, attempt: Attempt, *, sent: bool) -> None:
    """Write down what came of an attempt, unless the address is gone or another attempt began."""
    # any instance: the row was claimed a moment ago
    mail = session.get(CheckpointMail, attempt.mail_id, with_for_update=True)
    if mail is None or mail.attempts != attempt.number:
        return
    mail.has_failed = not sent
    if sent:
        mail.size, mail.sent_at, mail.next_attempt_at = attempt.size, now(), None
    elif attempt.number > len(RETRY_AFTER):
        mail.next_attempt_at = None
    else:
        mail.next_attempt_at = now() + RETRY_AFTER[attempt.number - 1]
