"""Legal holds on the wire."""

from __future__ import annotations

from pydantic import BaseModel

from deedbook.platform.forgetting.subjects import PersonOut, Reason, SelectorIn, SelectorOut
from deedbook.web.schemas import Body, Moment


class HoldIn(Body):
    """What to hold, and why. The reason stays in the log for ever: no names of people."""

    subject: SelectorIn
    reason: Reason


class LiftIn(Body):
    """Why the hold is lifted. The reason stays in the log for ever: no names of people."""

    reason: Reason


class HoldOut(BaseModel):
    """A legal hold; a lifted one says when it was and by whom."""

    id: str
    instance_id: str
    subject: SelectorOut
    reason: str
    placed_by: PersonOut
    lifted_at: Moment | None
    lifted_by: PersonOut | None
    created_at: Moment
