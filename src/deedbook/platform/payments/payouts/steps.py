"""What happens to payouts when the outside world answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deedbook.platform.outside.steps import StepHandler
from deedbook.platform.payments.payouts import deposits, service

STEPS: Final[Mapping[str, StepHandler]] = {
    service.SETTLE: service.take_settlement,
    service.REVIEW: service.take_review,
    deposits.DEPOSIT: deposits.take_deposit,
}
