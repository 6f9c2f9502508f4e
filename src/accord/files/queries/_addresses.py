"""Addresses that hand a file out for some minutes to whoever has them."""

from django.core import signing
from django.utils.translation import gettext_lazy as _

from accord.files.enums import MEDIA_TYPES, FileType
from accord.files.models import Attachment
from accord.files.queries._lists import find_file
from accord.kernel.refused import NotThere
from accord.kernel.store import Store

SECONDS = 300
"""How long an address is good for."""

SIGNER = signing.TimestampSigner(salt="accord.files.download")


def download_address(held: Attachment, *, store: Store) -> str:
    """Return an address that hands the file out for five minutes to whoever has it; the caller asked who may."""
    at_storage: str = store.address(
        held.blob.digest, name=held.name, media_type=MEDIA_TYPES[FileType(held.blob.kind)], seconds=SECONDS
    )
    return at_storage or f"/files/get/{SIGNER.sign(str(held.pk))}/"


def file_of_address(token: str) -> Attachment:
    """Return the file that a fresh address hands out. Raises `NotThere` for an old one, and for one never given."""
    try:
        pk = int(SIGNER.unsign(token, max_age=SECONDS))
    except signing.SignatureExpired as error:
        raise NotThere(_("This address was good for five minutes. Open the file again from its record.")) from error
    except (signing.BadSignature, ValueError) as error:
        raise NotThere(_("This file is not here, or no longer.")) from error
    return find_file(pk)
