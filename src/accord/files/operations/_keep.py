"""Takes a file in, lets it go, and sweeps what nothing points at."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import IO

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accord.files.enums import EVERY_TYPE, FileType
from accord.files.models import Attachment, Blob
from accord.files.operations._content import CHUNK, kind_of
from accord.files.operations._names import safe_name
from accord.kernel.refused import Refused
from accord.kernel.store import Store
from accord.people.queries import Person

MEGABYTE = 1024 * 1024
KEPT_AFTER_REMOVAL = timedelta(days=30)


class FileTooLarge(Refused):
    """The file has more bytes than may be kept."""

    code = "file-too-large"
    status = 413


class FileEmpty(Refused):
    """The file has no bytes."""

    code = "file-empty"


class FileTypeRefused(Refused):
    """The content is none of the types that are taken here."""

    code = "file-type"
    status = 415


def keep_file(
    *,
    store: Store,
    content: IO[bytes],
    name: str,
    record: str,
    by: Person,
    at: datetime,
    at_most: int,
    allowed: Collection[FileType] = EVERY_TYPE,
    note: str = "",
    is_simulated: bool = False,
) -> Attachment:
    """Attach a file to a record; the same bytes under the same name twice are one attachment.

    `at_most` is in bytes. The type is judged by the content, and the name gets the ending that belongs to it.
    Raises `FileEmpty`, `FileTooLarge` and `FileTypeRefused`; nothing is kept then.
    """
    digest, size = _measured(content, at_most)
    kind = kind_of(content, name)
    if kind is None or kind not in allowed:
        raise FileTypeRefused(
            _("By its content this file is none of these: %(types)s. Save it as one of them and send it again.")
            % {"types": ", ".join(str(one.label) for one in FileType if one in allowed)},
            field="file",
        )
    store.keep(digest, content)
    with transaction.atomic():
        blob, _made = Blob.objects.get_or_create(digest=digest, defaults={"size": size, "kind": kind, "kept_at": at})
        blob = Blob.objects.select_for_update().get(pk=blob.pk)
        if blob.swept_at is not None:
            content.seek(0)
            store.keep(digest, content)
            blob.swept_at, blob.kept_at = None, at
            blob.save(update_fields=["swept_at", "kept_at"])
        attachment, _new = Attachment.objects.get_or_create(
            record=record,
            blob=blob,
            name=safe_name(name, kind),
            removed_at=None,
            defaults={"note": note, "is_simulated": is_simulated, "attached_at": at, "attached_by": by},
        )
    return attachment


def _measured(content: IO[bytes], at_most: int) -> tuple[str, int]:
    """Return the SHA-256 and the size of the bytes; leaves the file at its start."""
    content.seek(0)
    running, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        running.update(chunk)
        size += len(chunk)
        if size > at_most:
            raise FileTooLarge(
                _("The file is larger than %(most)s MB. Make it smaller, or send it in parts.")
                % {"most": at_most // MEGABYTE},
                field="file",
            )
    if not size:
        raise FileEmpty(_("The file is empty. Choose another one."), field="file")
    content.seek(0)
    return running.hexdigest(), size


@transaction.atomic
def remove_file(*, attachment: Attachment, by: Person, at: datetime) -> Attachment:
    """Take a file away from its record; the history keeps that it was there. Doing it twice changes nothing."""
    held = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if held.removed_at is None:
        held.removed_at, held.removed_by = at, by
        held.save(update_fields=["removed_at", "removed_by"])
    return held


def sweep_blobs(*, store: Store, at: datetime) -> int:
    """Delete the bytes that no attachment has needed for thirty days; return how many files went."""
    long_ago = at - KEPT_AFTER_REMOVAL
    needed = Attachment.objects.filter(blob=OuterRef("pk")).filter(Q(removed_at=None) | Q(removed_at__gt=long_ago))
    unneeded = Blob.objects.filter(~Exists(needed), swept_at=None, kept_at__lt=long_ago).values_list("pk", flat=True)
    return sum(_swept(pk, store, at, long_ago) for pk in list(unneeded))


@transaction.atomic
def _swept(pk: int, store: Store, at: datetime, long_ago: datetime) -> bool:
    """Delete one blob's bytes unless somebody attached it again in the meantime."""
    blob = Blob.objects.select_for_update().get(pk=pk)
    again = Attachment.objects.filter(blob=blob).filter(Q(removed_at=None) | Q(removed_at__gt=long_ago)).exists()
    if again or blob.swept_at is not None:
        return False
    store.drop(blob.digest)
    blob.swept_at = at
    blob.save(update_fields=["swept_at"])
    return True
