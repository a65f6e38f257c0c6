"""What is forgotten by itself: lone erasures, retention, and what was decreed of either."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.database.connect import Database
from deedbook.engine import Catalogue
from deedbook.engine.forgetting.decrees import SETTLING_MS
from deedbook.platform.forgetting.erasures.letters import Letter, letters
from deedbook.platform.forgetting.erasures.models import AuditLogErasure, ErasureStatus
from deedbook.platform.forgetting.erasures.service import (
    ALONE_AFTER,
    decree,
    has_second_person,
    is_held,
)
from deedbook.platform.forgetting.holds.service import standing_holds
from deedbook.platform.forgetting.retention.models import AuditLogRetention
from deedbook.platform.forgetting.retention.service import apply_retention
from deedbook.platform.identity.sessions.mail import Mailer
from deedbook.platform.outside.steps import SYSTEM_ACTOR
from deedbook.recording import UnitOfWork, open_forgetter

_log = logging.getLogger("deedbook")
_DAY: Final = timedelta(days=1)


class LoneErasures:
    """Confirms what one person asked for where there is no other, when thirty days have passed."""

    name: Final = "lone erasures"
    pause_seconds: Final = 3600.0

    def __init__(
        self, database: Database, catalogue: Catalogue, mailer: Mailer, public_url: str
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._mailer = mailer
        self._public_url = public_url

    def run_once(self) -> bool:
        """Look through the requests."""
        self.confirm_due()
        return False

    def confirm_due(self) -> None:
        """Confirm what has waited long enough for somebody who is not there."""
        # any instance: time passes for all of them
        due = select(AuditLogErasure.id).where(
            AuditLogErasure.status == ErasureStatus.REQUESTED,
            AuditLogErasure.created_at <= now() - ALONE_AFTER,
        )
        with self._database.read() as session:
            waiting = session.scalars(due).all()
        for erasure_id in waiting:
            self._send(self._confirm(erasure_id))

    def _confirm(self, erasure_id: str) -> list[Letter]:
        with (
            self._database.write() as session,
            UnitOfWork(session, catalogue=self._catalogue, actor=SYSTEM_ACTOR) as work,
        ):
            # any instance: the id was found a moment ago
            erasure = session.get(AuditLogErasure, erasure_id, with_for_update=True)
            if erasure is None or not self._is_due(session, erasure):
                return []
            work.instance_id = erasure.instance_id
            decree(work, erasure, None)
            return list(letters(session, erasure, "is confirmed", self._public_url))

    def _is_due(self, session: Session, erasure: AuditLogErasure) -> bool:
        return (
            erasure.status == ErasureStatus.REQUESTED
            and not has_second_person(session, erasure, self._catalogue)
            and not is_held(session, erasure, self._catalogue)
        )

    def _send(self, letters: list[Letter]) -> None:
        for letter in letters:
            try:
                self._mailer.send(*letter)
            except OSError:
                _log.warning("could not tell of an erasure by mail", exc_info=True)


class Retention:
    """Decrees, once a day for each instance that chose to, that what is too old expires."""

    name: Final = "retention"
    pause_seconds: Final = 60.0

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self._database = database
        self._catalogue = catalogue

    def run_once(self) -> bool:
        """Apply one instance's retention, if it has not been applied for a day."""
        with self._database.read() as session:
            if _due_retention(session, lock=False) is None:
                return False
        with (
            self._database.write() as session,
            UnitOfWork(session, catalogue=self._catalogue, actor=SYSTEM_ACTOR) as work,
        ):
            retention = _due_retention(session, lock=True)
            if retention is not None:
                apply_retention(work, retention, now())
        return retention is not None


class Forgetting:
    """Carries out what logs decreed, a batch at a time."""

    name: Final = "forgetting"
    pause_seconds: Final = 5.0

    def __init__(
        self, database: Database, catalogue: Catalogue, *, settling_ms: int = SETTLING_MS
    ) -> None:
        self._database = database
        self._forgetter = open_forgetter(
            database.writer,
            catalogue,
            standing_holds,
            reader=database.reader,
            settling_ms=settling_ms,
        )
        self._leaves_traces = False

    def run_once(self) -> bool:
        """Carry one decree on by a batch; tell whether there was one."""
        if self._forgetter.run_once():
            self._leaves_traces = self._database.has_one_writer
            return True
        if self._leaves_traces:
            self._leaves_traces = not self._empty_write_ahead_log()
        return False

    def _empty_write_ahead_log(self) -> bool:
        """Have SQLite take over and cut off its write-ahead log, where the old pages still are."""
        connection = self._database.writer.raw_connection()
        try:
            busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
        return not busy


def _due_retention(session: Session, *, lock: bool) -> AuditLogRetention | None:
    # any instance: time passes for all of them
    applied = AuditLogRetention.applied_at
    rows = (
        select(AuditLogRetention)
        .where(applied.is_(None) | (applied <= now() - _DAY))
        .order_by(AuditLogRetention.instance_id)
        .limit(1)
    )
    return session.scalar(rows.with_for_update(skip_locked=True) if lock else rows)
