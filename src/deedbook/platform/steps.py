"""Everything that happens when the outside world answers, assembled from the slices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deedbook.platform.outside.steps import StepHandler
from deedbook.platform.payments.bank_accounts import steps as bank_accounts
from deedbook.platform.payments.customers import steps as customers
from deedbook.platform.payments.limit_increases import steps as limit_increases
from deedbook.platform.payments.payins import steps as payins
from deedbook.platform.payments.payouts import steps as payouts
from deedbook.platform.payments.requests_for_information import steps as requests_for_information
from deedbook.platform.payments.transfers import steps as transfers
from deedbook.platform.payments.virtual_accounts import steps as virtual_accounts
from deedbook.platform.settings.billing import steps as billing
from deedbook.platform.settings.onboarding import steps as onboarding

STEPS: Final[Mapping[str, StepHandler]] = {
    **bank_accounts.STEPS,
    **customers.STEPS,
    **limit_increases.STEPS,
    **payins.STEPS,
    **payouts.STEPS,
    **requests_for_information.STEPS,
    **transfers.STEPS,
    **virtual_accounts.STEPS,
    **billing.STEPS,
    **onboarding.STEPS,
}
