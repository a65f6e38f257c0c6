"""What happens to virtual accounts when the outside world answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deedbook.platform.outside.steps import StepHandler
from deedbook.platform.payments.virtual_accounts import service

STEPS: Final[Mapping[str, StepHandler]] = {service.DECIDE: service.decide}
