"""Hosts, places, limits and exceptions of a call, as the office and the hosts read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.finding import Waiting
from accord.kernel.links import FoundLink
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.programmes.enums import OfferState
from accord.programmes.models import (
    Application,
    Bar,
    Call,
    FixedPlace,
    Host,
    HostRank,
    Limit,
    MatchRun,
    Offer,
    Place,
    Seat,
    Wish,
)
from accord.programmes.queries._visible import hosts_of, places_visible_to
from accord.programmes.rules import may_keep_places, may_run

LIVE = ("screening", "question", "review", "decision", "offer", "placement", "done")
"""Phases of applications that a host may rank: submitted, and neither declined nor withdrawn."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody who wants a place, as its host ranks them; `rank` is empty where the host has not yet."""

    application: Application
    name: str
    rank: int | None
    is_unwanted: bool
    reason: str


def places_of_call(call: Call) -> QuerySet[Any, Any]:
    """Return the places of a call with who wants them, who ranked first, seats held and offers open; one query."""
    wishes = Wish.objects.filter(place=OuterRef("pk"), application__phase__in=LIVE).order_by()
    return (
        Place.objects.filter(call=call)
        .select_related("host__institution", "limit", "call__programme")
        .annotate(
            wanted=_counted(wishes.values("place")),
            first=_counted(wishes.filter(rank=1).values("place")),
            ranked=_counted(HostRank.objects.filter(place=OuterRef("pk")).order_by().values("place")),
            held=_counted(Seat.objects.filter(place=OuterRef("pk"), given_up_at=None).order_by().values("place")),
            offered=_counted(
                Offer.objects.filter(place=OuterRef("pk"), state=OfferState.OPEN).order_by().values("place")
            ),
        )
        .order_by("code")
    )


def _counted(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def hosts_in(call: Call) -> QuerySet[Any, Any]:
    """Return the hosts of a call with how many places they opened and how many people want these; one query."""
    places = Place.objects.filter(host=OuterRef("pk"), closed_at=None).order_by().values("host")
    wishes = Wish.objects.filter(place__host=OuterRef("pk"), application__phase__in=LIVE).order_by()
    return (
        Host.objects.filter(call=call)
        .select_related("institution", "contact", "call__programme")
        .annotate(
            places_open=_counted(places),
            wanted=_counted(wishes.values("place__host")),
        )
        .order_by("institution", "pk")
    )


def find_host(actor: Actor, pk: int) -> Host:
    """Return a host whose places the actor may keep: of their own house, or as the office. Raises `NotThere`."""
    host = Host.objects.filter(pk=pk).select_related("call__programme__owner", "institution", "contact").first()
    if host is None or not may_keep_places(
        actor, host.call.programme.owner_id, host=host.institution_id, contacts=[host.contact_id]
    ):
        raise NotThere(_("There is no invitation of this number among yours."))
    return host


def host_of_link(link: FoundLink) -> Host:
    """Return the host that a link was made for."""
    pk = int(link.record.partition(":")[2])
    return Host.objects.select_related("call__programme__owner", "institution", "contact").get(pk=pk)


def places_of_host(host: Host) -> list[Any]:
    """Return the places of a host in their order, with who wants them and how many it has ranked; one query."""
    return list(places_of_call(host.call).filter(host=host))


def find_place(call: Call, code: str) -> Place:
    """Return a place of a call by its code. Raises `NotThere`."""
    place = (
        Place.objects.filter(call=call, code=code)
        .select_related("host__institution", "host__contact", "call__programme__owner", "limit", "supervisor")
        .first()
    )
    if place is None:
        raise NotThere(_("There is no place of this code in this call."))
    return place


def who_wants(place: Place) -> list[Ranked]:
    """Return who wants a place, in the host's order: the ranked ones, those not yet, those unwanted; two queries."""
    ranks = {one.application_id: one for one in HostRank.objects.filter(place=place)}
    wishes = Wish.objects.filter(place=place, application__phase__in=LIVE).select_related("application__applicant")
    rows = [_ranked(one.application, ranks.get(one.application_id)) for one in wishes]
    return sorted(rows, key=lambda one: (one.is_unwanted, one.rank is None, one.rank or 0, one.application.reference))


def _ranked(application: Application, rank: HostRank | None) -> Ranked:
    return Ranked(
        application=application,
        name=str(application.applicant.name),
        rank=rank.rank if rank else None,
        is_unwanted=bool(rank and rank.is_unwanted),
        reason=rank.reason if rank else "",
    )


def limits_of(call: Call) -> list[Any]:
    """Return the limits of a call with how many places lie under each directly; one query."""
    rows = Limit.objects.filter(call=call).select_related("under")
    return list(rows.annotate(places_under=Count("places", distinct=True)).order_by("kind", "key"))


def find_limit(call: Call, key: str) -> Limit:
    """Return a limit of a call by its short name. Raises `NotThere`."""
    limit = Limit.objects.filter(call=call, key=key).select_related("under").first()
    if limit is None:
        raise NotThere(_("There is no limit of this name in this call."))
    return limit


def bars_of(call: Call) -> list[Bar]:
    """Return who may not have which place, and why; one query."""
    rows = Bar.objects.filter(place__call=call).select_related("application__applicant", "place", "barred_by")
    return list(rows.order_by("application__reference", "place__code"))


def fixed_of(call: Call) -> list[FixedPlace]:
    """Return who has a place by decision; one query."""
    rows = FixedPlace.objects.filter(place__call=call).select_related("application__applicant", "place", "fixed_by")
    return list(rows.order_by("application__reference"))


def open_places(call: Call) -> QuerySet[Place]:
    """Return the places of a call that can be wished for, by code."""
    return Place.objects.filter(call=call, closed_at=None).select_related("host__institution").order_by("code")


def wishes_of(application: Application) -> list[Wish]:
    """Return which places an application wants, the first choice first; one query."""
    return list(application.wishes.select_related("place__host__institution").order_by("rank"))


def application_in(call: Call, reference: str) -> Application:
    """Return a submitted application of a call by its reference. Raises `NotThere`."""
    found = Application.objects.filter(call=call, reference=reference.strip(), submitted_at__isnull=False).first()
    if found is None:
        raise NotThere(_("There is no submitted application of this reference in this call."))
    return found


def may_keep_this(actor: Actor, host: Host) -> bool:
    """Say whether the actor may keep the places of a host."""
    return may_keep_places(actor, host.call.programme.owner_id, host=host.institution_id, contacts=[host.contact_id])


def is_published(call: Call) -> bool:
    """Say whether a result of the call is published and holds."""
    return MatchRun.objects.filter(call=call, published_at__isnull=False, replaced_at=None).exists()


def show_place(actor: Actor, pk: int) -> Shown:
    """Return a place as a reference leads to it; raises `NotThere`."""
    place = places_visible_to(actor).filter(pk=pk).first()
    if place is None:
        raise NotThere(f"no place {pk}")
    programme = place.call.programme
    if may_run(actor, programme.owner_id):
        url = reverse("programmes:place", args=[programme.key, place.call.key, place.code])
    elif may_keep_this(actor, place.host):
        url = reverse("programmes:host-places", args=[place.host_id])
    else:
        url = reverse("programmes:call", args=[programme.key, place.call.key])
    return Shown(place.name, url, may_change=may_run(actor, programme.owner_id))


def rankings_due(actor: Actor, most: int) -> Sequence[Waiting]:
    """Return the calls in which people wait to be ranked by the actor's house; one query."""
    return [
        Waiting(
            title=one.call.name,
            url=reverse("programmes:host-places", args=[one.pk]),
            act=_("Rank who wants your places"),
            context=one.institution.name,
            since=one.call.closes_at,
        )
        for one in _not_ranked(actor)[:most]
    ]


def count_rankings_due(actor: Actor) -> QuerySet[Any, Any]:
    """Return for each call in which people wait to be ranked by the actor's house a one."""
    return _not_ranked(actor).values(n=Count("pk"))


def _not_ranked(actor: Actor) -> QuerySet[Host]:
    waiting = Wish.objects.filter(place__host=OuterRef("pk"), application__phase__in=LIVE, place__closed_at=None)
    return (
        hosts_of(actor)
        .filter(
            Exists(waiting),
            Q(call__host_score="host"),
            ranked_at=None,
            call__finished_at=None,
            call__cancelled_at=None,
        )
        .exclude(call__runs__published_at__isnull=False)
        .order_by("call__closes_at", "pk")
    )
