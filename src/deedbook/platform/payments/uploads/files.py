"""Files that were uploaded: what they are, and how they are kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from deedbook.database.tokens import new_token
from deedbook.engine import DeedbookError
from deedbook.on_disk import sync, sync_folder

# Of a file that is not whole yet; nobody asks for such a name.
UNFINISHED: Final = ".part"


class FileType(NamedTuple):
    """What a file is, by its own first bytes."""

    media_type: str
    suffix: str


PNG: Final = FileType("image/png", ".png")
JPEG: Final = FileType("image/jpeg", ".jpg")
WEBP: Final = FileType("image/webp", ".webp")
HEIC: Final = FileType("image/heic", ".heic")
PDF: Final = FileType("application/pdf", ".pdf")
# Nothing here runs in a browser: no SVG, no HTML.
_ALLOWED: Final[Mapping[str, tuple[FileType, ...]]] = {
    "avatar": (PNG, JPEG, WEBP),
    "onboarding": (PNG, JPEG, WEBP, HEIC, PDF),
    "limit_increase": (PNG, JPEG, WEBP, HEIC, PDF),
}
_HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_BEFORE_PDF: Final = 1024
MAX_FILE_BYTES: Final = 10 * 1024 * 1024


class FileEmpty(DeedbookError):
    """file: has no bytes."""

    code = "FILES_EMPTY"
    status = 400


class FileTooLarge(DeedbookError):
    """file: has at most 10 MiB."""

    code = "FILES_TOO_LARGE"
    status = 400


class FileTypeNotAllowed(DeedbookError):
    """file: is no PNG, JPEG, WebP or HEIC image and no PDF; an avatar is a PNG, JPEG or WebP image."""

    code = "FILES_TYPE_NOT_ALLOWED"
    status = 400


class FileUnreadable(DeedbookError):
    """file: is cut off; it says that it is longer than what has arrived."""

    code = "FILES_UNREADABLE"
    status = 400


class FileNotFound(DeedbookError):
    """There is no such file."""

    code = "FILES_NOT_FOUND"
    status = 404


def type_for(bucket: str, content: bytes) -> FileType:
    """Give what a file is, by its content alone: a name or a header can say anything."""
    if not content:
        raise FileEmpty
    if len(content) > MAX_FILE_BYTES:
        raise FileTooLarge
    found = _type_of(content)
    if found not in _ALLOWED[bucket]:
        raise FileTypeNotAllowed
    if _is_cut_off(found, content):
        raise FileUnreadable
    return found


def _type_of(content: bytes) -> FileType | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    # Readers look for it near the beginning (ISO 32000-1, Annex H).
    if b"%PDF-" in content[:_BEFORE_PDF]:
        return PDF
    return None


def _is_cut_off(found: FileType, content: bytes) -> bool:
    """Tell whether a file ends before the length that its own first bytes announce."""
    if found is WEBP:
        return int.from_bytes(content[4:8], "little") + 8 > len(content)
    if found is HEIC:
        return int.from_bytes(content[:4], "big") >= len(content)
    return False


def keep_file(folder: Path, found: FileType, content: bytes) -> str:
    """Write a file whole or not at all, and give the name that nobody guesses (256 bits).

    It is on the disk when this returns. When the disk is full nothing is left of it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = new_token() + found.suffix
    part = folder / (name + UNFINISHED)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            sync(file)
        part.rename(folder / name)
        sync_folder(folder)
    except BaseException:
        part.unlink(missing_ok=True)
        (folder / name).unlink(missing_ok=True)
        raise
    return name
