"""What happens to payouts when the outside world answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deedbook.platform.outside.steps import StepHandler

STEPS: Final[Mapping[str, StepHandler]] = {}
