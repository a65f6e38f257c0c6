"""/v1/upload takes a file, /files/{name} gives it to whoever knows the name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from fastapi import Depends, File, Form, Query, Request, UploadFile
from starlette.responses import FileResponse

from deedbook.platform.payments.uploads import service
from deedbook.platform.payments.uploads.files import MAX_FILE_BYTES, FileTooLarge
from deedbook.platform.payments.uploads.schemas import Bucket, UploadOut
from deedbook.web.body import BodyLimit
from deedbook.web.declarations import Anyone, MemberOrPerson, needs, silent, takes
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, RequestNow, Work, slice_router

router = slice_router("", tag="Uploads")

# A file, and what a form puts around it.
_LIMIT: Final = BodyLimit(MAX_FILE_BYTES + 16 * 1024, FileTooLarge)
# Nothing in the file runs, whatever a browser takes it for.
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=86400",
}


async def _folder(request: Request) -> Path:
    folder: Path = request.app.state.uploads
    return folder


async def _public_url(request: Request) -> str:
    public_url: str = request.app.state.public_url
    return public_url


Folder = Annotated[Path, Depends(_folder)]


@router.post("/v1/upload")
@needs(MemberOrPerson(Area.DOCUMENTS, Access.WRITE))
@silent("a file means nothing until a field of a resource points to it, and that is recorded")
@takes(_LIMIT)
def post_upload(
    work: Work,
    now: RequestNow,
    folder: Folder,
    public_url: Annotated[str, Depends(_public_url)],
    file: Annotated[UploadFile, File()],
    bucket: Annotated[Bucket, Form()],
    instance_id: Annotated[str | None, Query()] = None,  # noqa: ARG001 (read as the caller's role is)
) -> UploadOut:
    """Keep a file, and give the address that fields such as `supporting_document_file` take."""
    assert now.caller is not None
    kept = service.upload(
        work, folder, bucket=bucket, content=file.file.read(), uploaded_by=now.caller.id
    )
    return UploadOut(file_url=f"{public_url}/files/{kept.name}")


@router.get("/files/{name}", response_class=FileResponse, include_in_schema=False)
@needs(Anyone())
def get_file(session: Reading, folder: Folder, name: str) -> FileResponse:
    """Give a file to whoever knows its name, as a download."""
    found, path = service.upload_named(session, folder, name)
    return FileResponse(
        path,
        media_type=found.media_type,
        filename=found.name,
        content_disposition_type="attachment",
        headers=_HEADERS,
    )
