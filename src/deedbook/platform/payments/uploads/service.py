"""Rules about uploads."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from deedbook.engine import DeedbookError
from deedbook.platform.payments.uploads.files import FileNotFound, keep_file, type_for
from deedbook.platform.payments.uploads.models import Upload
from deedbook.recording import UnitOfWork


class InstanceNeeded(DeedbookError):
    """instance_id: a file for anything but an avatar belongs to an instance."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


def upload(
    work: UnitOfWork, folder: Path, *, bucket: str, content: bytes, uploaded_by: str
) -> Upload:
    """Keep a file. Its bytes are on the disk before the row that makes them a file of ours."""
    if work.instance_id is None and bucket != "avatar":
        raise InstanceNeeded
    found = type_for(bucket, content)
    return work.add(
        Upload(
            name=keep_file(folder, found, content),
            instance_id=work.instance_id,
            uploaded_by=uploaded_by,
            bucket=bucket,
            media_type=found.media_type,
            size=len(content),
        )
    )


def upload_named(session: Session, folder: Path, name: str) -> tuple[Upload, Path]:
    """Give a file and where it lies. Raises `FileNotFound`.

    A name that no row has never reaches the file system.
    """
    # any instance: whoever knows the name may have the file, as fields that point to it promise
    found = session.get(Upload, name)
    if found is None or not (folder / found.name).is_file():
        raise FileNotFound
    return found, folder / found.name
