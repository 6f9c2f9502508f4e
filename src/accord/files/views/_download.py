"""Handing a file out: first whether the reader may have it, then an address that is good for minutes."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from accord.files import queries
from accord.files.enums import MEDIA_TYPES, FileType
from accord.kernel.access import Request, open_to_all, signed_in
from accord.kernel.store import StoreError


@require_GET
@signed_in
def download(request: Request, pk: int) -> HttpResponse:
    """Send a reader who may have the file to an address that hands it out."""
    held, _shown = queries.readable_file(request.actor, pk)
    return redirect(queries.download_address(held, store=settings.FILE_STORE))


@require_GET
@open_to_all
def get(request: Request, token: str) -> HttpResponseBase:
    """Hand a file out to whoever holds a fresh address; always as a download, never to be run or shown here."""
    del request
    held = queries.file_of_address(token)
    if not settings.FILE_STORE.has(held.blob.digest):
        raise StoreError(f"the bytes of {held.blob.digest} are missing from the storage")
    return StreamingHttpResponse(
        settings.FILE_STORE.chunks(held.blob.digest),
        content_type=MEDIA_TYPES[FileType(held.blob.kind)],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(held.name)}",
            "Content-Length": str(held.blob.size),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "ETag": f'"{held.blob.digest}"',
        },
    )
