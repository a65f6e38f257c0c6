"""Work beside the requests: jobs, each in a thread of its own, in the server or as `deedbook worker`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Final, Protocol, runtime_checkable

_log = logging.getLogger("deedbook")
_AFTER_FAILURE_SECONDS: Final = 5.0


class Job(Protocol):
    """Something that is done again and again, a bounded piece at a time."""

    @property
    def name(self) -> str:
        """What its thread and its failures are called."""

    @property
    def pause_seconds(self) -> float:
        """How long it rests when there was nothing to do."""

    def run_once(self) -> bool:
        """Do one piece, in a transaction of its own; tell whether there may be more at once."""


@runtime_checkable
class HoldingJob(Job, Protocol):
    """A job that holds something between its pieces."""

    def close(self) -> None:
        """Let go of it, when the worker stops."""


class Worker:
    """Runs jobs side by side until it is stopped; one that is slow or fails holds up no other."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the jobs."""
        self._stopped.clear()
        self._threads = [
            threading.Thread(
                target=self._run, args=(job, number / len(self._jobs)), name=job.name, daemon=True
            )
            for number, job in enumerate(self._jobs)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let every job end the piece it is at."""
        self._stopped.set()
        self.wait()

    def wait(self) -> None:
        """Wait until all jobs have ended."""
        for thread in self._threads:
            thread.join()

    def _run(self, job: Job, share: float) -> None:
        # Jobs of one sort take turns at looking: each begins at another part of its pause.
        self._stopped.wait(job.pause_seconds * share)
        while not self._stopped.is_set():
            try:
                pause = 0.0 if job.run_once() else job.pause_seconds
            except Exception:  # noqa: BLE001 (whatever it is, it is tried again)
                _log.exception("%s failed; it is tried again", job.name)
                pause = _AFTER_FAILURE_SECONDS
            self._stopped.wait(pause)
        if isinstance(job, HoldingJob):
            self._close(job)

    def _close(self, job: HoldingJob) -> None:
        try:
            job.close()
        except Exception:  # noqa: BLE001 (what is held is found free in time)
            _log.exception("%s could not let go", job.name)
