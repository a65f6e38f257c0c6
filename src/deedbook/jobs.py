"""The jobs of this platform, for the server and for `deedbook worker`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from deedbook.database.connect import Database
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.outside.outside import Outside
from deedbook.platform.outside.simulated import SimulatedOutside
from deedbook.platform.outside.steps import StepRunner
from deedbook.platform.sealing import SealingJob
from deedbook.platform.signing import SigningKeys
from deedbook.platform.steps import STEPS
from deedbook.settings import Settings
from deedbook.worker import Job


def outside_of(settings: Settings) -> Outside:
    """Give the outside world; a real one would be chosen here."""
    return SimulatedOutside(
        review_after=timedelta(seconds=settings.review_seconds),
        settle_after=timedelta(seconds=settings.settlement_seconds),
    )


def step_runner(database: Database, outside: Outside) -> StepRunner:
    """Give what takes the outside world's answers."""
    return StepRunner(database, CATALOGUE, outside, STEPS)


def jobs_of(database: Database, outside: Outside, keys: SigningKeys) -> Sequence[Job]:
    """Give everything that is done beside the requests."""
    return (step_runner(database, outside), SealingJob(database, keys))
