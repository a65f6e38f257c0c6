"""What is recorded of limit increases."""

from __future__ import annotations

from deedbook.engine import Action, Metadata

ACTIONS: tuple[Action[Metadata], ...] = ()
