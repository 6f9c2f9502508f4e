"""The files of a record, and one of them as a reader may have it."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accord.files.models import Attachment
from accord.files.rules import may_read
from accord.kernel.access import Actor
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere


def files_at(record: str) -> QuerySet[Attachment]:
    """Return the files that stand at a record, with their content's facts and who attached them; latest first."""
    held = Attachment.objects.filter(record=record, removed_at=None)
    return held.select_related("blob", "attached_by").order_by("-attached_at", "-pk")


def find_file(pk: int) -> Attachment:
    """Return an attachment that stands. Raises `NotThere` for others; whose it is, is for the caller to ask."""
    held = (
        Attachment.objects.filter(pk=pk, removed_at=None, blob__swept_at=None)
        .select_related("blob", "attached_by")
        .first()
    )
    if held is None:
        raise NotThere(_("This file is not here, or no longer."))
    return held


def readable_file(actor: Actor, pk: int) -> tuple[Attachment, Shown]:
    """Return an attachment and its record as the actor may see them. Raises `NotThere` otherwise."""
    held = find_file(pk)
    return held, may_read(actor, held.record)
