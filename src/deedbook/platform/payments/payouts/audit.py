"""What is recorded of payouts."""

from __future__ import annotations

from deedbook.engine import Action, Metadata

ACTIONS: tuple[Action[Metadata], ...] = ()
