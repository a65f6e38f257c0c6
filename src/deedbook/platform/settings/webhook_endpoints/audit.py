"""What is recorded of webhook endpoints."""

from __future__ import annotations

from deedbook.engine import Action, Metadata

ACTIONS: tuple[Action[Metadata], ...] = ()
