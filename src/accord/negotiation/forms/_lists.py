"""How lists of the negotiation context are asked for, by page and by program."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.negotiation.enums import NegotiationKind, NegotiationState, RequestState
from accord.negotiation.queries import ChangeRequest, chip
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

NEGOTIATIONS = Table(
    name="negotiations",
    columns=(
        Column("title", _("Negotiation"), url=lambda row: reverse("negotiation:negotiation", args=[row.key])),
        Column("kind", _("What comes of it"), sort="kind", value="get_kind_display"),
        Column("parties", _("Parties"), value=lambda row: "; ".join(str(one.name) for one in row.present)),
        Column("state", _("State"), value=chip),
        Column("moved_at", pgettext_lazy("column", "Last change"), kind="day", sort="moved_at"),
        Column("started_at", pgettext_lazy("column", "Begun"), kind="day", sort="started_at", hidden=True),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple((one.value, one.label) for one in NegotiationState)),
        Filter("kind", _("What comes of it"), choices=tuple((one.value, one.label) for one in NegotiationKind)),
        Filter("since", _("Changed since"), kind="day", lookup="moved_at__date__gte"),
    ),
    search=("title__en", "title__zh-hans", "key"),
    default_sort="-moved_at",
    empty=Empty(
        _("No negotiations yet"),
        _("What your institution negotiates with others stands here, from the first draft to the last signature."),
    ),
)

REQUEST_TONES = {
    RequestState.OPEN: Tone.WARY,
    RequestState.ACCEPTED: Tone.DONE,
    RequestState.DECLINED: Tone.BAD,
    RequestState.WITHDRAWN: Tone.MUTE,
}


def request_chip(row: ChangeRequest) -> State:
    """Return the chip of a requested change."""
    state = RequestState(row.state)
    return State(REQUEST_TONES[state], state.label)


def _url(row: ChangeRequest) -> str:
    return reverse("negotiation:request", args=[row.text.negotiation.key, row.pk])


def _where(row: Any) -> Any:
    """Return the name of the place, or its key where only the signed agreement names it."""
    return row.place_title or (_("The agreement as a whole") if row.place == "head" else row.place.partition(":")[2])


REQUESTS = Table(
    name="requests",
    columns=(
        Column("asked", _("What should change"), url=_url),
        Column("place", _("Where"), sort="place", value=_where),
        Column("party", _("Asked by"), sort="party__position", value="party.name"),
        Column("text", _("Version"), kind="number", sort="text__number", value="text.number"),
        Column("state", _("State"), value=request_chip),
        Column("replies", _("Replies"), kind="number", sort="reply_count", value="reply_count"),
        Column("asked_at", _("Asked"), kind="day", sort="asked_at"),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple((one.value, one.label) for one in RequestState)),
        Filter("since", _("Since"), kind="day", lookup="asked_at__date__gte"),
    ),
    search=("asked", "why"),
    default_sort="-asked_at",
    empty=Empty(
        pgettext_lazy("negotiation", "No requested changes"),
        _("Parties ask for a change at a clause or promise of the text in review. What they ask stands here."),
    ),
)
