"""The jobs of this platform, for the server and for `deedbook worker`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from deedbook.database.connect import Database
from deedbook.platform.audit_log_memory.mailing import CheckpointMailer
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.sessions.mail import mailer_of
from deedbook.platform.outside.outside import Outside
from deedbook.platform.outside.simulated import SimulatedOutside
from deedbook.platform.outside.steps import StepRunner
from deedbook.platform.payments.uploads.sweep import UploadSweep
from deedbook.platform.sealing import SealingJob
from deedbook.platform.settings.webhook_endpoints.delivery import WebhookDeliverer
from deedbook.platform.settings.webhook_endpoints.fan_out import EventFanOut
from deedbook.platform.signing import SigningKeys
from deedbook.platform.steps import STEPS
from deedbook.settings import Settings
from deedbook.web.outbound import Outbound
from deedbook.worker import Job

_DELIVERERS: Final = 8


def outside_of(settings: Settings) -> Outside:
    """Give the outside world; a real one would be chosen here."""
    return SimulatedOutside(
        review_after=timedelta(seconds=settings.review_seconds),
        settle_after=timedelta(seconds=settings.settlement_seconds),
    )


def outbound_of(settings: Settings) -> Outbound:
    """Give what sends requests to the addresses that tenants name."""
    return Outbound(private_addresses=settings.webhooks_to_private_addresses)


def step_runner(database: Database, outside: Outside) -> StepRunner:
    """Give what takes the outside world's answers."""
    return StepRunner(database, CATALOGUE, outside, STEPS)


def jobs_of(
    settings: Settings,
    database: Database,
    outside: Outside,
    outbound: Outbound,
    keys: SigningKeys,
) -> Sequence[Job]:
    """Give everything that is done beside the requests."""
    deliverers = (
        WebhookDeliverer(database, outbound, settings.secret()) for _ in range(_DELIVERERS)
    )
    mailer = mailer_of(settings.smtp_url.get_secret_value(), settings.mail_from)
    return (
        step_runner(database, outside),
        SealingJob(database, keys),
        CheckpointMailer(database, mailer, settings.public_url),
        UploadSweep(database, settings.uploads()),
        EventFanOut(database),
        *deliverers,
    )
