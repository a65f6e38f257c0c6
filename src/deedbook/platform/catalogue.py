"""Everything that this platform records, assembled from its slices."""

from __future__ import annotations

from typing import Final

from deedbook.engine import Catalogue
from deedbook.platform import audit
from deedbook.platform.identity.api_keys import audit as api_keys
from deedbook.platform.identity.instances import audit as instances
from deedbook.platform.identity.invites import audit as invites
from deedbook.platform.identity.members import audit as members
from deedbook.platform.payments.customers import audit as customers

CATALOGUE: Final = Catalogue(
    (
        *customers.ACTIONS,
        *api_keys.ACTIONS,
        *members.ACTIONS,
        *invites.ACTIONS,
        *instances.ACTIONS,
        *audit.ACTIONS,
    )
)
