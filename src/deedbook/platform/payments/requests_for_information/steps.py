"""What happens to requests for information when the outside world answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deedbook.platform.outside.steps import StepHandler
from deedbook.platform.payments.requests_for_information import service

STEPS: Final[Mapping[str, StepHandler]] = {service.DECIDE: service.decide}
