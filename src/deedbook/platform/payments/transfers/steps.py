"""What happens to transfers when the outside world answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deedbook.platform.outside.steps import StepHandler
from deedbook.platform.payments.transfers import service

STEPS: Final[Mapping[str, StepHandler]] = {service.SETTLE: service.take_settlement}
