"""Taking steps: what happens when the outside world's answer arrives."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.database.connect import Database
from deedbook.engine import SYSTEM, Actor, Catalogue
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Outside
from deedbook.recording import UnitOfWork

_log = logging.getLogger("deedbook")
_RETRY_AFTER: Final = timedelta(seconds=10)

StepHandler: TypeAlias = Callable[[UnitOfWork, Outside, Step], None]
# Whoever moves things along by itself; a change of the system's own columns needs no entry.
SYSTEM_ACTOR: Final = Actor(type=SYSTEM, id=None, role="system", auth_method="system")


class StepRunner:
    """Takes the steps that are due, one at a time, each in a transaction of its own.

    Several runners share the work: a step is locked while it is taken, and gone once it is.
    """

    name: Final = "outside steps"
    pause_seconds: Final = 0.25

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        outside: Outside,
        handlers: Mapping[str, StepHandler],
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._outside = outside
        self._handlers = handlers

    def run_once(self) -> bool:
        """Take the step that has been due the longest; tell whether there was one."""
        moment = now()
        with self._database.read() as session:
            if _due(session, moment, lock=False) is None:
                return False
        with self._database.write() as session:
            step = _due(session, moment, lock=True)
            if step is None:
                return False
            step_id, about = step.id, f"{step.name} of {step.subject_id}"
            try:
                self._take(session, step)
            except Exception:  # noqa: BLE001 (whatever it is, the other steps go on)
                _log.exception("the step %s failed; it is taken again later", about)
                self._put_off(step_id)
        return True

    def release(self, instance_id: str) -> int:
        """Take every step of an instance that waits, and what follows from them; tell how many."""
        taken = 0
        while self._make_due(instance_id):
            while self.run_once():
                taken += 1
        return taken

    def _take(self, session: Session, step: Step) -> None:
        with UnitOfWork(
            session,
            catalogue=self._catalogue,
            actor=SYSTEM_ACTOR,
            instance_id=step.instance_id,
        ) as work:
            self._handlers[step.name](work, self._outside, step)
            work.delete(step)

    def _put_off(self, step_id: str) -> None:
        # any instance: the step was found a moment ago
        with self._database.write() as session:
            step = session.get(Step, step_id)
            if step is not None:
                step.attempts += 1
                step.due_at = now() + _RETRY_AFTER * step.attempts
            session.commit()

    def _make_due(self, instance_id: str) -> bool:
        with self._database.write() as session:
            waiting = session.scalars(
                select(Step).where(Step.instance_id == instance_id, Step.due_at.is_(None))
            ).all()
            for step in waiting:
                step.due_at = now()
            session.commit()
        return bool(waiting)


def _due(session: Session, moment: datetime, *, lock: bool) -> Step | None:
    # any instance: time passes for all of them
    rows = select(Step).where(Step.due_at <= moment).order_by(Step.due_at, Step.id).limit(1)
    return session.scalar(rows.with_for_update(skip_locked=True) if lock else rows)
