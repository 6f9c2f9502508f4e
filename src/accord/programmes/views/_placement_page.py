"""What the page of a placement shows, and to whom."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes import queries
from accord.programmes.enums import Side
from accord.programmes.forms import placement_chip
from accord.programmes.queries import Placement, PlacementPage
from accord.programmes.views._placement_acts import ACTS, Coming, open_acts
from accord.ui import say
from accord.ui.parts import Description, Item, Link

BY_SIDE = frozenset({"evaluate-mid", "evaluate-end"})
"""What is done for one side at a time."""


def page_context(placement: Placement, coming: Coming | None = None) -> dict[str, Any]:
    """Return what the page shows; without a coming, what everybody who knows of the placement may read."""
    context = {
        "placement": placement,
        "chip": placement_chip(queries.placement_state(placement)),
        "facts": facts_of(placement, named=coming is not None),
    }
    if coming is None:
        return context
    page = queries.placement_page(placement)
    waiting = queries.open_agreement(placement)
    to_sign = queries.sides_to_sign(waiting) if waiting else ()
    return context | {
        "page": page,
        "coming": coming,
        "acts": acts_of(coming),
        "agreements": agreements_of(placement, page),
        "may_sign": [one for one in to_sign if one in coming.sides],
        "sees_diary": bool(page.diary) and bool(set(coming.sides) - {Side.PERSON}),
        "has_unseen": any(one.seen_at is None for one in page.diary),
        "questions": {one.key: one.text for one in queries.traits_of(placement).questions},
        "evaluations": evaluations_of(coming, page),
        "stipends": [
            {"row": one, "amount": f"{one.currency} {say.count(one.amount_minor / 100)}"} for one in page.stipends
        ],
    }


def acts_of(coming: Coming) -> list[Link]:
    """Return what the reader can do now, the most wanted first."""
    links = []
    for key in open_acts(coming):
        url = reverse("programmes:placement-act", args=[coming.placement.reference, key])
        if key in BY_SIDE and len(coming.sides) > 1:
            links += [Link(_for_side(ACTS[key].heading, side), f"{url}?side={side}") for side in coming.sides]
        else:
            links.append(Link(ACTS[key].heading, url))
    return links


def facts_of(placement: Placement, *, named: bool) -> Description:
    """Return what is known of a placement; money and who it is only where names may be read."""
    items = [
        Item(_("Programme"), placement.programme.name),
        Item(pgettext_lazy("a side", "Host"), placement.host.name),
        Item(pgettext_lazy("a side", "Home institution"), placement.home.name if placement.home else _("None")),
        Item(_("Comes as"), placement.get_level_display()),
        Item(_("Agreed days"), _span(placement)),
        Item(
            pgettext_lazy("a placement", "Arrived"),
            say.day(placement.arrived_on) if placement.arrived_on else _("not yet confirmed"),
        ),
    ]
    if placement.left_on:
        items.append(Item(_("Last day there"), say.day(placement.left_on)))
    if placement.degree_on:
        items.append(Item(_("Degree conferred"), say.day(placement.degree_on)))
    return Description((*items, *(_private(placement) if named else [])))


def _private(placement: Placement) -> list[Item]:
    """Return what only those who look after a placement read."""
    items = []
    if placement.percent != 100:  # noqa: PLR2004 (a full-time post)
        items.append(Item(_("Part of a full-time post"), f"{placement.percent} %"))
    if placement.stipend_minor is not None:
        items.append(Item(_("Stipend a month"), f"{placement.currency} {say.count(placement.stipend_minor / 100)}"))
    if placement.end_reason:
        words = " · ".join(one for one in (str(placement.get_end_reason_display()), placement.end_note) if one)
        items.append(Item(_("Ended early because"), words))
    if placement.cancelled_at:
        items.append(Item(_("Called off because"), placement.cancel_reason))
    return items


def agreements_of(placement: Placement, page: PlacementPage) -> list[dict[str, Any]]:
    """Return the learning agreements with who signed each side, the latest first; dropped ones are left out."""
    sides = queries.placement_sides(placement)
    found = []
    for one in page.agreements:
        signed = {row.side: row for row in one.signatures.all()}
        if one.dropped_at is None:
            found.append({"row": one, "sides": [{"side": side.label, "signature": signed.get(side)} for side in sides]})
    return found


def evaluations_of(coming: Coming, page: PlacementPage) -> list[dict[str, Any]]:
    """Return the evaluations; what was written for the office stands there for the office and its writer."""
    words = {one.key: one.text for one in queries.traits_of(coming.placement).questions}
    return [
        {
            "row": one,
            "answers": [(words[key], value) for key, value in one.answers.items() if key in words],
            "advice": one.advice if coming.is_office or one.side in coming.sides else "",
        }
        for one in page.evaluations
    ]


def _span(placement: Placement) -> str:
    return f"{say.day(placement.starts_on)} – {say.day(placement.ends_on)}"


def _for_side(heading: str | Promise, side: Side) -> str:
    return _("%(what)s (%(side)s)") % {"what": heading, "side": side.label}
