"""Handing a file out: first whether the reader may have it, then an address that is good for minutes."""

from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.files import queries
from accord.files.enums import MEDIA_TYPES, FileType
from accord.kernel.access import Request, open_to_all, signed_in
from accord.kernel.refused import NotThere
from accord.kernel.store import StoreError

SECONDS = 300
"""How long a download's address is good for."""

SIGNER = signing.TimestampSigner(salt="accord.files.download")


@require_GET
@signed_in
def download(request: Request, pk: int) -> HttpResponse:
    """Send a reader who may have the file to an address that hands it out."""
    held, _shown = queries.readable_file(request.actor, pk)
    return redirect(download_address(held))


def download_address(held: queries.Attachment) -> str:
    """Return an address that hands the file out for five minutes to whoever has it; the caller asked who may."""
    at_storage: str = settings.FILE_STORE.address(
        held.blob.digest, name=held.name, media_type=MEDIA_TYPES[FileType(held.blob.kind)], seconds=SECONDS
    )
    return at_storage or f"/files/get/{SIGNER.sign(str(held.pk))}/"


@require_GET
@open_to_all
def get(request: Request, token: str) -> HttpResponseBase:
    """Hand a file out to whoever holds a fresh address; always as a download, never to be run or shown here."""
    del request
    try:
        pk = int(SIGNER.unsign(token, max_age=SECONDS))
    except signing.SignatureExpired as error:
        raise NotThere(_("This address was good for five minutes. Open the file again from its record.")) from error
    except (signing.BadSignature, ValueError) as error:
        raise NotThere(_("This file is not here, or no longer.")) from error
    held = queries.find_file(pk)
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
