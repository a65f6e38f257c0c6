"""Every router of the platform."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter

from deedbook.platform.audit_log_exports.routes import router as audit_log_exports
from deedbook.platform.audit_log_memory.routes import router as audit_log_memory
from deedbook.platform.audit_log_readings.routes import router as audit_log_readings
from deedbook.platform.audit_log_views.routes import router as audit_log_views
from deedbook.platform.forgetting.erasures.routes import router as audit_log_erasures
from deedbook.platform.forgetting.holds.routes import router as audit_log_holds
from deedbook.platform.forgetting.retention.routes import router as audit_log_retention
from deedbook.platform.identity.account_events.routes import router as account_events
from deedbook.platform.identity.api_keys.routes import router as api_keys
from deedbook.platform.identity.instances.routes import router as instances
from deedbook.platform.identity.invites.routes import router as invites
from deedbook.platform.identity.members.routes import router as members
from deedbook.platform.identity.passkeys.routes import router as passkeys
from deedbook.platform.identity.sessions.routes import router as sessions
from deedbook.platform.identity.users.routes import router as users
from deedbook.platform.payments.bank_accounts.routes import router as bank_accounts
from deedbook.platform.payments.blockchain_operations.routes import router as blockchain_operations
from deedbook.platform.payments.blockchain_wallets.routes import router as blockchain_wallets
from deedbook.platform.payments.customers.routes import router as customers
from deedbook.platform.payments.limit_increases.routes import router as limit_increases
from deedbook.platform.payments.offramp_wallets.routes import router as offramp_wallets
from deedbook.platform.payments.partner_fees.routes import router as partner_fees
from deedbook.platform.payments.payin_quotes.routes import router as payin_quotes
from deedbook.platform.payments.payins.routes import router as payins
from deedbook.platform.payments.payout_quotes.routes import router as payout_quotes
from deedbook.platform.payments.payouts.routes import router as payouts
from deedbook.platform.payments.reference.routes import router as reference
from deedbook.platform.payments.requests_for_information.routes import (
    router as requests_for_information,
)
from deedbook.platform.payments.terms_of_service.routes import router as terms_of_service
from deedbook.platform.payments.transfer_quotes.routes import router as transfer_quotes
from deedbook.platform.payments.transfers.routes import router as transfers
from deedbook.platform.payments.uploads.routes import router as uploads
from deedbook.platform.payments.virtual_accounts.routes import router as virtual_accounts
from deedbook.platform.payments.wallets.routes import router as wallets
from deedbook.platform.settings.billing.routes import router as billing
from deedbook.platform.settings.onboarding.routes import router as onboarding
from deedbook.platform.settings.webhook_endpoints.routes import router as webhook_endpoints

# What else there is of a log: asked before the log's own routes, whose `{id}` would take their paths.
LOG_ROUTERS: Final[Sequence[APIRouter]] = (
    audit_log_readings,
    audit_log_exports,
    audit_log_memory,
    audit_log_views,
    audit_log_erasures,
    audit_log_retention,
    audit_log_holds,
)
OTHER_ROUTERS: Final[Sequence[APIRouter]] = (
    sessions,
    users,
    passkeys,
    account_events,
    instances,
    members,
    invites,
    api_keys,
    reference,
    uploads,
    terms_of_service,
    customers,
    requests_for_information,
    limit_increases,
    bank_accounts,
    offramp_wallets,
    blockchain_wallets,
    wallets,
    virtual_accounts,
    partner_fees,
    payout_quotes,
    payouts,
    payin_quotes,
    payins,
    transfer_quotes,
    transfers,
    blockchain_operations,
    webhook_endpoints,
    billing,
    onboarding,
)
ROUTERS: Final[Sequence[APIRouter]] = (*LOG_ROUTERS, *OTHER_ROUTERS)
