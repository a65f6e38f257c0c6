"""What happens to billing when the outside world answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deedbook.platform.outside.steps import StepHandler
from deedbook.platform.settings.billing import service

STEPS: Final[Mapping[str, StepHandler]] = {
    service.PAYMENT_SETTLED: service.payment_settled,
    service.COLLECTION_SETTLED: service.collection_settled,
}
