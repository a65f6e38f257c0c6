"""Everything that this platform records, assembled from its slices."""

from __future__ import annotations

from typing import Final

from deedbook.engine import Catalogue
from deedbook.platform import audit
from deedbook.platform.audit_log_exports import audit as audit_log_exports
from deedbook.platform.audit_log_memory import audit as audit_log_memory
from deedbook.platform.identity.api_keys import audit as api_keys
from deedbook.platform.identity.instances import audit as instances
from deedbook.platform.identity.invites import audit as invites
from deedbook.platform.identity.members import audit as members
from deedbook.platform.payments.bank_accounts import audit as bank_accounts
from deedbook.platform.payments.blockchain_operations import audit as blockchain_operations
from deedbook.platform.payments.blockchain_wallets import audit as blockchain_wallets
from deedbook.platform.payments.customers import audit as customers
from deedbook.platform.payments.limit_increases import audit as limit_increases
from deedbook.platform.payments.offramp_wallets import audit as offramp_wallets
from deedbook.platform.payments.partner_fees import audit as partner_fees
from deedbook.platform.payments.payins import audit as payins
from deedbook.platform.payments.payouts import audit as payouts
from deedbook.platform.payments.requests_for_information import audit as requests_for_information
from deedbook.platform.payments.transfers import audit as transfers
from deedbook.platform.payments.virtual_accounts import audit as virtual_accounts
from deedbook.platform.payments.wallets import audit as wallets
from deedbook.platform.settings.billing import audit as billing
from deedbook.platform.settings.onboarding import audit as onboarding
from deedbook.platform.settings.webhook_endpoints import audit as webhook_endpoints

CATALOGUE: Final = Catalogue(
    (
        *customers.ACTIONS,
        *bank_accounts.ACTIONS,
        *blockchain_wallets.ACTIONS,
        *blockchain_operations.ACTIONS,
        *offramp_wallets.ACTIONS,
        *virtual_accounts.ACTIONS,
        *wallets.ACTIONS,
        *payins.ACTIONS,
        *payouts.ACTIONS,
        *transfers.ACTIONS,
        *limit_increases.ACTIONS,
        *api_keys.ACTIONS,
        *members.ACTIONS,
        *invites.ACTIONS,
        *partner_fees.ACTIONS,
        *billing.ACTIONS,
        *onboarding.ACTIONS,
        *webhook_endpoints.ACTIONS,
        *requests_for_information.ACTIONS,
        *instances.ACTIONS,
        *audit.ACTIONS,
        *audit_log_exports.ACTIONS,
        *audit_log_memory.ACTIONS,
    )
)
