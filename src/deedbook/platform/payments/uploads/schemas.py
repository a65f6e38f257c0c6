"""Uploads on the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

Bucket = Literal["avatar", "onboarding", "limit_increase"]


class UploadOut(BaseModel):
    """Where an uploaded file is: an address that fields of other resources take."""

    file_url: str
