"""Finds files by their name and note, among those at records that the actor may see."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.files.models import Attachment
from accord.kernel.access import Actor
from accord.kernel.finding import Found
from accord.kernel.records import RecordKind, record_kinds
from accord.kernel.words import likest


def find_files(actor: Actor, said: str, limit: int) -> Sequence[Found]:
    """Return the files whose name or note holds the words, at records that the actor may see; one query.

    Files at kinds of record that cannot say at once who may see them are found on the record's own page alone.
    """
    standing = Attachment.objects.filter(removed_at=None, blob__swept_at=None).select_related("blob")
    held = standing.filter(reduce(or_, (_at(one, actor) for one in record_kinds), Q(pk__in=())))
    return [
        Found(
            _("File"),
            one.name,
            reverse("files:file", args=[one.pk]),
            one.note or one.blob.get_kind_display(),
            one.likeness,
        )
        for one in likest(held, said, (), "name", "note")[:limit]
    ]


def _at(kind: RecordKind, actor: Actor) -> Q:
    """Hold for files at those records of a kind that the actor may see; for none where the kind cannot say."""
    if kind.visible is None:
        return Q(pk__in=())
    named = Concat(Value(f"{kind.kind}:"), Cast("pk", TextField()), output_field=TextField())
    return Q(record__in=kind.visible(actor).order_by().values_list(named, flat=True))
