"""What references to mentors, their hours and events lead to, and which hours wait to be settled."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.finding import Waiting
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.workspace.enums import SessionState
from accord.workspace.models import Event, Mentor, MentorSession
from accord.workspace.queries._today import day_in, present_day
from accord.workspace.queries._visible import sites_visible_to
from accord.workspace.rules import KEEPING, may_keep_teams


def mentors_visible_to(actor: Actor) -> QuerySet[Mentor]:
    """Return the mentors of the sites that the actor may know of."""
    seen = sites_visible_to(actor).order_by().values("pk")
    return Mentor.objects.filter(site__in=seen).select_related("site", "person").order_by("site", "pk")


def hours_visible_to(actor: Actor) -> QuerySet[MentorSession]:
    """Return the hours of mentors at the sites that the actor may know of."""
    seen = sites_visible_to(actor).order_by().values("pk")
    return (
        MentorSession.objects.filter(mentor__site__in=seen)
        .select_related("mentor__site", "mentor__person")
        .order_by("starts_at", "pk")
    )


def occasions_visible_to(actor: Actor) -> QuerySet[Event]:
    """Return the events of the sites that the actor may know of."""
    seen = sites_visible_to(actor).order_by().values("pk")
    return Event.objects.filter(site__in=seen).select_related("site").order_by("starts_at", "pk")


def show_mentor(actor: Actor, pk: int) -> Shown:
    """Return a mentor as the actor may see it. Raises `NotThere`."""
    one = _found(mentors_visible_to(actor), pk)
    url = reverse("workspace:mentor", args=[one.site.key, pk])
    return Shown(one.person.name, url, may_keep_teams(actor, one.site.operator_id))


def show_hour(actor: Actor, pk: int) -> Shown:
    """Return an hour of a mentor as the actor may see it. Raises `NotThere`."""
    one = _found(hours_visible_to(actor), pk)
    name = one.mentor.person.name
    words = Bilingual(f"An hour with {name.en or name}", f"与{name.zh_hans or name.en}的预约时段")
    url = reverse("workspace:mentor-session", args=[one.mentor.site.key, pk])
    return Shown(words, url, may_keep_teams(actor, one.mentor.site.operator_id))


def show_occasion(actor: Actor, pk: int) -> Shown:
    """Return an event as the actor may see it. Raises `NotThere`."""
    one = _found(occasions_visible_to(actor), pk)
    url = reverse("workspace:event", args=[one.site.key, pk])
    return Shown(one.title, url, may_keep_teams(actor, one.site.operator_id))


def _found(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is nothing of this number among the work spaces that you may see."))
    return found


def hours_to_settle(actor: Actor, most: int) -> Sequence[Waiting]:
    """Return the hours that are over and of which nobody said whether they were held, the oldest first; one query.

    They wait for the mentor, and for those who keep the teams of the house.
    """
    rows = _to_settle(actor).select_related("mentor__site", "mentor__person", "team").order_by("starts_at", "pk")
    return [
        Waiting(
            title=one.mentor.person.name,
            url=reverse("workspace:mentor-session", args=[one.mentor.site.key, one.pk]),
            act=_("Say whether the hour was held"),
            context=one.team.name if one.team else "",
            since=one.starts_at,
        )
        for one in rows[:most]
    ]


def count_hours_to_settle(actor: Actor) -> QuerySet[Any, Any]:
    """Return how many such hours wait for the actor, as a queryset of one number."""
    return _to_settle(actor).order_by().values(none=Value(1)).annotate(n=Count("pk")).values("n")


def _to_settle(actor: Actor) -> QuerySet[MentorSession]:
    """Return what waits: to mentors only at sites that they may open."""
    seen = sites_visible_to(actor).order_by().values("pk")
    mine = Q(mentor__person__in=actor.persons, mentor__site__in=seen)
    kept = Q(mentor__site__operator__in=actor.institutions(*KEEPING))
    zone = "mentor__site__time_zone"
    booked = MentorSession.objects.filter(mine | kept, state=SessionState.BOOKED)
    return booked.alias(held_on=day_in(zone, F("starts_at"))).filter(held_on__lt=present_day(zone))
