"""What happens to onboarding when the outside world answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deedbook.platform.outside.steps import StepHandler
from deedbook.platform.settings.onboarding import service

STEPS: Final[Mapping[str, StepHandler]] = {
    service.DECIDE_KYC: service.decide_kyc,
    service.DECIDE_KYB: service.decide_kyb,
}
