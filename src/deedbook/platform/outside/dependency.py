"""The outside world, for routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from deedbook.platform.outside.outside import Outside


async def _outside(request: Request) -> Outside:
    outside: Outside = request.app.state.outside
    return outside


OutsideNow = Annotated[Outside, Depends(_outside)]
