"""What is recorded of requests for information."""

from __future__ import annotations

from deedbook.engine import Action, Metadata

ACTIONS: tuple[Action[Metadata], ...] = ()
