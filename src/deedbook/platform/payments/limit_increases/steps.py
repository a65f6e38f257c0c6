"""What happens to limit increases when the outside world answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deedbook.platform.outside.steps import StepHandler
from deedbook.platform.payments.limit_increases import service

STEPS: Final[Mapping[str, StepHandler]] = {service.DECIDE: service.decide}
