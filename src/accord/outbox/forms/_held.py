"""How held letters are filtered, searched and sorted; pages and API take it from here."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.outbox.forms._chips import delivery_chip
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Table


def batch_chip(batch: Any) -> State:
    """Return the chip of a batch."""
    if batch.released_at:
        return State(Tone.DONE, pgettext_lazy("letters", "Released"))
    if batch.cancelled_at:
        return State(Tone.MUTE, pgettext_lazy("letters", "Called off"))
    return State(Tone.WARY, pgettext_lazy("letters", "Waiting"))


BATCHES = Table(
    name="held",
    columns=(
        Column("title", _("Letters"), url=lambda batch: reverse("outbox:batch", args=[batch.pk])),
        Column("institution", _("Institution"), sort="institution__key", value="institution.name"),
        Column("count", _("Number"), kind="number", sort="letters", value="letters"),
        Column("held_at", _("Held since"), kind="moment", sort="held_at"),
        Column("held_by", _("Held by"), value="held_by.name"),
        Column("state", _("State"), value=batch_chip),
    ),
    search=("title__en", "title__zh-hans"),
    default_sort="-held_at",
    empty=Empty(_("Nothing is held back"), _("Letters that somebody must read before they go stand here.")),
)
LETTERS = Table(
    name="held-letters",
    columns=(
        Column("person", _("Reader"), sort="person__sort_key", value="person.name"),
        Column("address", pgettext_lazy("mail", "Address"), sort="address"),
        Column("subject", _("Subject"), value="message.subject"),
        Column("body", _("Words"), value="message.body"),
        Column("state", _("State"), value=delivery_chip),
    ),
    search=("address", "message__subject__en", "message__subject__zh-hans"),
    default_sort="person",
    empty=Empty(_("No letters in this batch"), _("Its readers want no mail; they find the notice in their inbox.")),
)
