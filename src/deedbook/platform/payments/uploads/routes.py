"""Routes of uploads."""

from __future__ import annotations

from deedbook.platform.payments.uploads import models  # noqa: F401
from deedbook.web.routing import slice_router

router = slice_router("", tag="Uploads")
