"""What is recorded of bank accounts."""

from __future__ import annotations

from deedbook.engine import Action, Metadata

ACTIONS: tuple[Action[Metadata], ...] = ()
